import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Access, accessDrafts } from "../../../gateway/record/access-draft.js";
import { type ActToRecord, actDrafts } from "../../../gateway/record/act-drafts.js";
import type { LeafDraft } from "../../../gateway/record/draft.js";
import { openRecorder } from "../../../gateway/record/open-recorder.js";
import { outcomeDrafts } from "../../../gateway/record/outcome-draft.js";
import { dataCategories, decisionCodes } from "../../../schema/law/vocabulary.js";
import { statedOutcomes } from "../../../schema/ledger/vocabulary.js";
import { checkAll } from "../../../subgraphs/audit/check/check-step.js";
import { forgetBelow } from "../../../subgraphs/audit/check/forget-below.js";
import { SeedFault, seedLog } from "../../../subgraphs/audit/index.js";
import { rebuildProjection } from "../../../subgraphs/audit/integrate/project.js";
import { type AuditCheck, auditChecks, type CheckDefinition } from "../../../subgraphs/audit/query/audit-checks.js";
import type { EntityManager } from "../../../subgraphs/kit/subgraph.js";
import { Random } from "../../fuzz/random.js";
import { oneDatabase } from "../../kit/databases.js";
import { issuing, now, quiet, reading } from "../../record/kit.js";
import { type AuditLog, ask, chiefAuditor, emptyLog, openAudit, settle } from "./kit.js";

const hour = 3_600_000;
const tables = { entry: "audit_entry", act: "audit_warrant_entry", system: "audit_system_entry" } as const;
const volumes = `select actor, date_trunc('hour', recorded_at, 'UTC') as hour, min(index) as index, count(distinct operation_id) as operations
  from audit.audit_entry where not of_log group by 1, 2`;

describe.each(oneDatabase)("findings on the %s database", (kind) => {
  let log: AuditLog;
  const em = (): EntityManager => log.running.em();
  const rows = (sql: string) => em().execute<Record<string, unknown>[]>(sql);
  beforeAll(async () => {
    log = await openAudit(kind);
  });
  beforeEach(() => emptyLog(log));
  afterAll(() => log.close());

  /** Records and makes searchable, in a step of its own. */
  async function append(drafts: readonly LeafDraft[], at = now): Promise<string[]> {
    const options = { clock: () => at, log: quiet, heartbeatMs: hour, timeoutMs: 5000 };
    const recorder = await openRecorder({ store: log.openStore(), ...options });
    const { leafHashes } = await recorder.append(drafts);
    await recorder.close();
    await settle(log);
    return [...leafHashes];
  }

  /** What is kept, in the order of the log. */
  const kept = () =>
    rows("select check_name, index::int, obligation from audit.audit_finding order by check_name, index");

  /** The definition of every check, held against all that can be searched. */
  async function expectDecided(): Promise<void> {
    const found = (Object.entries(auditChecks) as [AuditCheck, CheckDefinition][])
      .filter(([, { source }]) => source !== "volume")
      .map(
        ([check, { source, where, obligation = "null" }]) =>
          `select '${check}' as check_name, ${source}.index::int as index, ${obligation} as obligation
           from audit.${tables[source as keyof typeof tables]} as ${source} where ${where}`,
      );
    expect(await kept()).toEqual(await rows(`${found.join(" union all ")} order by check_name, index`));
    expect(await rows("select actor, hour, index::int, operations from audit.audit_volume order by 1, 2")).toEqual(
      await rows(`select actor, hour, index::int, operations::int from (${volumes}) as counted order by 1, 2`),
    );
    expect(
      await rows("select operations, hours::int from audit.audit_volume_spread where hours <> 0 order by 1"),
    ).toEqual(
      await rows(`select operations::int, count(*)::int as hours from (${volumes}) as counted group by 1 order by 1`),
    );
  }

  /** No access of an hour or a later one stands before its first leaf, none of it or an earlier one after its last. */
  async function expectHours(): Promise<void> {
    const hourly = "(select distinct date_trunc('hour', recorded_at, 'UTC') as hour from audit.audit_entry) as hourly";
    expect(await rows("select hour, first::int, last::int from audit.audit_hour order by hour")).toEqual(
      await rows(`select hour, (select min(index) from audit.audit_entry where recorded_at >= hour)::int as first,
        (select max(index) from audit.audit_entry where recorded_at < hour + interval '1 hour')::int as last from ${hourly} order by hour`),
    );
  }

  const warrantsOf = async (check: AuditCheck): Promise<string[]> =>
    (
      await ask(log, chiefAuditor, `{ auditCheck(check: ${check}) { nodes { warrant { id } } } }`)
    ).data.auditCheck.nodes.map(({ warrant }: { warrant: { id: string } }) => warrant.id);
  const act = (id: string, more: Partial<ActToRecord>): LeafDraft[] =>
    actDrafts({ ...issuing, categories: dataCategories, ...more, id }).map(({ draft }) => draft);
  const at = (hours: number): string => new Date(now.getTime() + hours * hour).toISOString();
  const ended = { what: "REVOKE", from: "ACCEPTED", to: "REVOKED" } as const;

  test("an act that reaches the log after the disclosure decides it as one that was there before", async () => {
    await append(accessDrafts(reading));
    expect(await warrantsOf("DISCLOSED_WITHOUT_USABLE_WARRANT")).toEqual([]);
    await append(act("after", { ...ended, doneAt: at(1) }));
    expect(await warrantsOf("DISCLOSED_WITHOUT_USABLE_WARRANT")).toEqual([]);
    await append(act("before", { ...ended, doneAt: at(-1) }));
    expect(await warrantsOf("DISCLOSED_WITHOUT_USABLE_WARRANT")).toEqual(["warrant-1"]);
    await expectDecided();
  });

  test("categories that the warrant turns out not to order are found, and a validation that turns out to have been given clears", async () => {
    const traffic: Access = {
      ...reading,
      fields: [{ ...(reading.fields[0] as Access["fields"][number]), category: "TRAFFIC" }],
    };
    await append(accessDrafts(traffic));
    await append(act("issue", { authorityKind: "PUBLIC_PROSECUTOR", categories: ["SUBSCRIBER"] }));
    expect(await warrantsOf("DISCLOSED_WITHOUT_USABLE_WARRANT")).toEqual(["warrant-1"]);
    expect(await warrantsOf("PROSECUTOR_ALONE")).toEqual(["warrant-1"]);
    const validated = { what: "VALIDATE", validatedBy: "JUDGE", authorityKind: "PUBLIC_PROSECUTOR" } as const;
    await append(act("validate", { ...validated, categories: ["SUBSCRIBER"], doneAt: at(-1) }));
    expect(await warrantsOf("PROSECUTOR_ALONE")).toEqual([]);
    await expectDecided();
  });

  test("a disclosure that turns out to have been withheld is taken back, and one delivered is not missing any more", async () => {
    await append(act("ended", { ...ended, doneAt: at(-1) }));
    const [leaf = ""] = await append(accessDrafts(reading));
    expect(await warrantsOf("DISCLOSED_WITHOUT_USABLE_WARRANT")).toEqual(["warrant-1"]);
    expect(await warrantsOf("RECORDED_NOT_DELIVERED")).toEqual(["warrant-1"]);
    await append(outcomeDrafts("op-1", [{ leaf, outcome: "WITHHELD", rows: [] }]));
    expect(await warrantsOf("DISCLOSED_WITHOUT_USABLE_WARRANT")).toEqual([]);
    await expectDecided();
  });

  test("that a person was not informed is found once a disclosure under the ended order is recorded, and not any more once it proves withheld", async () => {
    const duty = { id: "inform", kind: "INFORM_USER", owner: "ISSUING_AUTHORITY", state: "OPEN", dueAt: null } as const;
    await append([...act("issue", { duties: [duty] }), ...act("revoke", { ...ended, doneAt: at(1) })]);
    expect(await warrantsOf("USER_NOT_INFORMED")).toEqual([]);
    const [leaf = ""] = await append(accessDrafts(reading));
    expect(await warrantsOf("USER_NOT_INFORMED")).toEqual(["warrant-1"]);
    await append(outcomeDrafts("op-1", [{ leaf, outcome: "WITHHELD", rows: [] }]));
    expect(await warrantsOf("USER_NOT_INFORMED")).toEqual([]);
    await expectDecided();
  });

  /** A history that nobody would write, and any order of it. */
  async function happen(random: Random, leaves: string[]): Promise<void> {
    const time = new Date(now.getTime() + random.below(4) * hour - 2 * hour);
    const warrantId = `warrant-${random.below(3)}`;
    const category = random.pick(dataCategories);
    const drafts = Array.from({ length: 1 + random.below(4) }, (_, turn) => {
      const access: Access = {
        ...reading,
        operation: { ...reading.operation, id: `op-${random.below(12)}` },
        principal: { ...reading.principal, sub: `judge-${random.below(2)}` },
        warrant: { ...(reading.warrant as NonNullable<Access["warrant"]>), id: warrantId },
        subjectId: `u${turn}`,
        fields: [
          {
            ...(reading.fields[0] as Access["fields"][number]),
            category,
            code: random.pick(decisionCodes),
            permitted: random.below(4) > 0,
          },
        ],
      };
      return accessDrafts(access);
    }).flat();
    const duty = { id: `${warrantId}-inform`, kind: "INFORM_USER", owner: "ISSUING_AUTHORITY", dueAt: null } as const;
    const acts = act(`act-${leaves.length}-${random.below(1_000_000)}`, {
      warrantId,
      what: random.pick(["ISSUE", "VALIDATE", "FULFIL", "REVOKE", "EXPIRE", "FOLLOW", "MISS", "COMPLETE"]),
      kind: random.pick(["PRODUCTION", "PRESERVATION"]),
      from: "ACCEPTED",
      to: random.pick(["ISSUED", "ACCEPTED", "FULFILLED", "REVOKED", "EXPIRED"]),
      doneAt: new Date(time.getTime() - random.below(3) * hour + hour).toISOString(),
      categories: random.pick([dataCategories, ["SUBSCRIBER"], ["TRAFFIC", "CONTENT"]]),
      authorityKind: random.pick(["JUDGE", "PUBLIC_PROSECUTOR"]),
      validatedBy: random.pick([null, "JUDGE"]),
      signingKey: random.pick([null, "key-1", "key-2"]),
      deadlineState: random.pick(["RUNNING", "OVERDUE"]),
      duties: random.pick([[], [{ ...duty, state: random.pick(["OPEN", "DONE", "DEFERRED", "MISSED"]) }]]),
    });
    const stated = leaves.filter(() => random.below(3) === 0);
    const outcomes = stated.map((leaf) => ({ leaf, outcome: random.pick(statedOutcomes), rows: [] }));
    const turn = random.below(3);
    if (turn === 0) leaves.push(...(await append(drafts, time)));
    if (turn === 1) await append(acts, time);
    if (turn === 2)
      leaves.push(
        ...(await append([...acts, ...drafts, ...(outcomes.length > 0 ? outcomeDrafts("op-1", outcomes) : [])], time)),
      );
  }

  test.each([1, 2, 3])(
    "whatever comes after whatever, history %i: what is kept is what the definitions find, built again as well, and when old leaves go",
    async (seed) => {
      const random = new Random(seed);
      const leaves: string[] = [];
      for (let step = 0; step < 18; step++) {
        await happen(random, leaves);
        await expectDecided();
        await expectHours();
      }
      const before = await kept();
      expect(new Set(before.map(({ check_name }) => check_name)).size).toBeGreaterThan(5);
      await rebuildProjection(em());
      expect(await kept()).toEqual(before);
      await expectHours();
      for (const table of ["audit_finding", "audit_volume", "audit_hour"]) await rows(`delete from audit.${table}`);
      await em().transactional((transaction) => checkAll(transaction as EntityManager, 1_000_000));
      expect(await kept()).toEqual(before);
      await expectHours();
      await em().transactional((transaction) => forgetBelow(transaction as EntityManager, 40));
      await expectDecided();
      expect(await rows("select 1 from audit.audit_entry where index < 40")).toEqual([]);
    },
  );

  test("a made-up log is decided as a recorded one would be, is the same each time, and is made of none that has leaves", async () => {
    const seed = () => seedLog(em(), { entries: 2000, at: now, progress: () => undefined });
    await seed();
    await expectDecided();
    await expectHours();
    const found = await kept();
    expect(found.length).toBeGreaterThan(5);
    await expect(seed()).rejects.toThrow("the log has leaves: expected an empty database");
    await emptyLog(log);
    await seed();
    expect(await kept()).toEqual(found);
    await emptyLog(log);
    await append(accessDrafts(reading));
    await expect(seed()).rejects.toThrow(SeedFault);
  });

  test("a process that makes leaves searchable without deciding is refused", async () => {
    await append(accessDrafts(reading));
    await expect(em().execute("update audit.audit_head set searchable = searchable - 1")).rejects.toThrow(
      "audit_head_check",
    );
  });
});
