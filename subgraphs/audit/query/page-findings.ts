import type { Page, PageArgs } from "../../kit/connection.js";
import { decodeCursor, encodeCursor, listKey } from "../../kit/cursor.js";
import { readSlice } from "../../kit/page-size.js";
import { Refusal } from "../../kit/refusal.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { AccessRecord } from "../entities/access-record.js";
import { readHead } from "../integrate/head.js";
import type { AuditFinding } from "../types/audit-finding.js";
import { type AuditCheck, auditChecks } from "./audit-checks.js";
import type { Scope } from "./scope.js";

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
  const { source, where, text } = auditChecks[check];
  const table = source === "entry" ? "audit.audit_entry as entry" : "audit.audit_system_entry as system";
  const { searchable } = await readHead(em);
  const conditions: [string, unknown][] = [
    [`${source}.index > ?`, after],
    [`${source}.index < ?`, searchable],
    ...(from === null ? [] : [[`${source}.recorded_at >= ?::timestamptz`, from.toISOString()] as [string, unknown]]),
    ...(to === null ? [] : [[`${source}.recorded_at < ?::timestamptz`, to.toISOString()] as [string, unknown]]),
    ...(source === "entry" ? inScope(scope) : []),
  ];
  const found = await em.execute<{ index: string | number; recorded_at: Date | string }[]>(
    `select ${source}.index, ${source}.recorded_at from ${table}
     where (${where}) and ${conditions.map(([sql]) => sql).join(" and ")} order by ${source}.index limit ${size + 1}`,
    conditions.map(([, value]) => value),
  );
  const rows = found
    .slice(0, size)
    .map(({ index, recorded_at }) => ({ index: Number(index), at: new Date(recorded_at) }));
  const records =
    source === "entry" ? await em.find(AccessRecord, { index: { $in: rows.map(({ index }) => index) } }) : [];
  const byIndex = new Map(records.map((record) => [Number(record.index), record]));
  const edges = rows.map(({ index, at }) => ({
    cursor: encodeCursor(key, [index]),
    node: { check, index, at, text, record: byIndex.get(index) ?? null },
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

function inScope(scope: Scope): [string, unknown][] {
  return (["country", "platform"] as const).flatMap((column) =>
    scope[column] === null ? [] : [[`entry.${column} = ?`, scope[column]] as [string, unknown]],
  );
}
