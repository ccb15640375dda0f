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
import { firstOf, lastOf } from "./conditions.js";
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
  const { source, where, text }: CheckDefinition = auditChecks[check];
  const { searchable } = await readHead(em);
  const conditions: [string, unknown][] = [
    ["finding.index > ?", after],
    ["finding.index < ?", searchable],
    ...(from === null ? [] : [["finding.at >= ?::timestamptz", from.toISOString()] as [string, unknown]]),
    ...(to === null ? [] : [["finding.at < ?::timestamptz", to.toISOString()] as [string, unknown]]),
    ...(from === null || source !== "entry"
      ? []
      : [[`finding.index >= ${firstOf}`, from.toISOString()] as [string, unknown]]),
    ...(to === null || source !== "entry"
      ? []
      : [[`finding.index <= ${lastOf}`, to.toISOString()] as [string, unknown]]),
    ...inScope(source, scope),
  ];
  const found = await em.execute<Row[]>(
    `select finding.index, finding.at, finding.obligation
     from (${source === "volume" ? volumesWhere(where) : findingsOf(check)}) as finding
     where ${conditions.map(([sql]) => sql).join(" and ")} order by finding.index limit ${size + 1}`,
    conditions.map(([, value]) => value),
  );
  const rows = found.slice(0, size).map((row) => ({ ...row, index: Number(row.index), at: new Date(row.at) }));
  const indexes = { index: { $in: rows.map(({ index }) => index) } };
  const records = source === "entry" || source === "volume" ? await em.find(AccessRecord, indexes) : [];
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

/** Findings that are kept since they were decided. */
const findingsOf = (check: AuditCheck): string =>
  `select index, at, obligation, country, platform from audit.audit_finding where check_name = '${check}'`;

/** Volumes are counted, and what is unusual among them moves with all of them. */
const volumesWhere = (where: string): string =>
  `select volume.index, entry.recorded_at as at, null as obligation, entry.country, entry.platform
   from audit.audit_volume as volume join audit.audit_entry as entry on entry.index = volume.index where ${where}`;

function inScope(source: CheckDefinition["source"], scope: Scope): [string, unknown][] {
  if (source === "system") return [];
  return (["country", "platform"] as const).flatMap((column) =>
    scope[column] === null ? [] : [[`finding.${column} = ?`, scope[column]] as [string, unknown]],
  );
}
