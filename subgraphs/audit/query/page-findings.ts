import type { Page, PageArgs } from "../../kit/connection.js";
import { decodeCursor, encodeCursor, listKey } from "../../kit/cursor.js";
import { readSlice } from "../../kit/page-size.js";
import { Refusal } from "../../kit/refusal.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { AccessRecord } from "../entities/access-record.js";
import { WarrantRecord } from "../entities/warrant-record.js";
import { readHead } from "../integrate/head.js";
import type { AuditFinding } from "../types/audit-finding.js";
import { type AuditCheck, auditChecks, type CheckDefinition } from "./audit-checks.js";
import { actsOf, type Scope } from "./scope.js";

export interface FindingList {
  readonly check: AuditCheck;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly scope: Scope;
  readonly paging: PageArgs;
}

/** A page of findings, and the number of leaves that were looked at. */
export type FindingPage = Page<AuditFinding> & { readonly treeSize: number };

/**
 * What a check finds in the leaves that can be searched, oldest first. The page and the size are of one moment: none found among so many leaves is the evidence of none.
 * Throws Refusal PERIOD, PAGE_SIZE and CURSOR.
 */
export async function pageFindings(
  em: EntityManager,
  { check, from, to, scope, paging }: FindingList,
): Promise<FindingPage> {
  if (from !== null && to !== null && from >= to) throw new Refusal("PERIOD");
  const key = listKey("auditCheck", { check, from, to });
  const { size, cursor } = readSlice(paging);
  const [after = -1] = cursor === null ? [] : decodeCursor(key, cursor);
  const { source, where, text, obligation = "null" }: CheckDefinition = auditChecks[check];
  const { table, time } = sources[source];
  const { searchable } = await readHead(em);
  const conditions: [string, unknown][] = [
    [`${source}.index > ?`, after],
    [`${source}.index < ?`, searchable],
    ...(from === null ? [] : [[`${source}.${time} >= ?::timestamptz`, from.toISOString()] as [string, unknown]]),
    ...(to === null ? [] : [[`${source}.${time} < ?::timestamptz`, to.toISOString()] as [string, unknown]]),
    ...inScope(source, scope),
  ];
  const found = await em.execute<Row[]>(
    `select ${source}.index, ${source}.${time} as at, ${obligation} as obligation from ${table} as ${source}
     where (${where}) and ${conditions.map(([sql]) => sql).join(" and ")} order by ${source}.index limit ${size + 1}`,
    conditions.map(([, value]) => value),
  );
  const rows = found.slice(0, size).map((row) => ({ ...row, index: Number(row.index), at: new Date(row.at) }));
  const indexes = { index: { $in: rows.map(({ index }) => index) } };
  const records = source === "entry" ? await em.find(AccessRecord, indexes) : [];
  const acts = source === "act" ? await em.find(WarrantRecord, indexes) : [];
  const edges = rows.map(({ index, at, obligation: obligationId }) => ({
    cursor: encodeCursor(key, [index]),
    node: {
      ...{ check, index, at, text, obligationId },
      record: records.find((record) => Number(record.index) === index) ?? null,
      warrantRecord: acts.find((act) => Number(act.index) === index) ?? null,
    },
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    treeSize: searchable,
    pageInfo: {
      hasNextPage: found.length > size,
      hasPreviousPage: cursor !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

interface Row {
  readonly index: string | number;
  readonly at: Date | string;
  readonly obligation: string | null;
}

/** Where each source stands, and which of its times a period is about: when it happened. */
const sources = {
  entry: { table: "audit.audit_entry", time: "recorded_at" },
  act: { table: "audit.audit_warrant_entry", time: "done_at" },
  system: { table: "audit.audit_system_entry", time: "recorded_at" },
} as const satisfies Record<CheckDefinition["source"], unknown>;

function inScope(source: CheckDefinition["source"], scope: Scope): [string, unknown][] {
  if (source === "system") return [];
  if (source === "act") return Object.entries(actsOf(scope)).map(([column, value]) => [`act.${column} = ?`, value]);
  return (["country", "platform"] as const).flatMap((column) =>
    scope[column] === null ? [] : [[`entry.${column} = ?`, scope[column]] as [string, unknown]],
  );
}
