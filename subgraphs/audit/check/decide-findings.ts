import type { EntityManager } from "../../kit/subgraph.js";
import { type AuditCheck, auditChecks, type CheckDefinition } from "../query/audit-checks.js";

/** Sources whose findings are decided and kept, and what a finding has of its leaf: who may see it (null: nobody who is bound to one), and when it happened. */
const sources = {
  entry: { table: "audit.audit_entry", at: "recorded_at", country: "entry.country", platform: "entry.platform" },
  act: {
    table: "audit.audit_warrant_entry",
    at: "done_at",
    country: "act.country",
    platform: "case when act.issued then act.platform end",
  },
  system: { table: "audit.audit_system_entry", at: "recorded_at", country: "null", platform: "null" },
} as const;
type KeptSource = keyof typeof sources;

/** Which rows of a source: a condition with `?` for values, and these. */
export type Touched = readonly [condition: string, values: readonly unknown[]];

export const among = (source: KeptSource, indexes: readonly number[]): Touched => [
  `${source}.index in (select value::bigint from jsonb_array_elements_text(?::jsonb))`,
  [JSON.stringify(indexes)],
];

export const entryChecks = checksOf("entry");
export const actChecks = checksOf("act");
export const systemChecks = checksOf("system");
/** Those that later leaves under the warrant can decide otherwise. */
export const ofWarrant = (checks: readonly AuditCheck[]): AuditCheck[] =>
  checks.filter((check) => (auditChecks[check] as CheckDefinition).byWarrant);

function checksOf(source: KeptSource): AuditCheck[] {
  return (Object.keys(auditChecks) as AuditCheck[]).filter((check) => auditChecks[check].source === source);
}

/** Decides checks of one source for rows of which no finding is kept. */
export async function decide(
  transaction: EntityManager,
  checks: readonly AuditCheck[],
  [condition, values]: Touched,
): Promise<void> {
  const found = checks.map((check) => {
    const { source, where, obligation = "null::text" }: CheckDefinition = auditChecks[check];
    const { table, at, country, platform } = sources[source as KeptSource];
    return `select '${check}', ${source}.index, ${source}.${at}, ${obligation}, ${country}, ${platform}
      from ${table} as ${source} where ${condition} and (${where})`;
  });
  await transaction.execute(
    `insert into audit.audit_finding (check_name, index, at, obligation, country, platform) ${found.join(" union all ")}`,
    checks.flatMap(() => values),
  );
}

/** Decides them anew: a finding that does not hold any more is taken back. */
export async function decideAgain(
  transaction: EntityManager,
  checks: readonly AuditCheck[],
  touched: Touched,
): Promise<void> {
  const [condition, values] = touched;
  const source = auditChecks[checks[0] as AuditCheck].source as KeptSource;
  await transaction.execute(
    `delete from audit.audit_finding as finding using (select ${source}.index from ${sources[source].table} as ${source} where ${condition}) as touched
     where finding.index = touched.index and finding.check_name in (${checks.map((check) => `'${check}'`).join(", ")})`,
    [...values],
  );
  await decide(transaction, checks, touched);
}
