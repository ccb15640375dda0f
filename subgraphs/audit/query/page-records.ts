import type { Page, PageArgsBothWays } from "../../kit/connection.js";
import { decodeCursor, encodeCursor, listKey } from "../../kit/cursor.js";
import { Refusal } from "../../kit/refusal.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { AccessRecord } from "../entities/access-record.js";
import type { AccessLogFilter } from "../types/access-log-filter.js";
import { readConditions } from "./conditions.js";
import type { Scope } from "./scope.js";

export interface RecordList {
  /** Name of the list and its filter: a cursor belongs to both. */
  readonly list: string;
  readonly filter: AccessLogFilter | null;
  readonly scope: Scope;
  readonly paging: PageArgsBothWays;
}

/**
 * A page of records in ascending order of their index, as the log is; `last` and `before` read from its end. Keyset, never OFFSET. The first page of 20
 * where nothing is said. Throws Refusal PAGE_SIZE and CURSOR, and those of the filter.
 */
export async function pageRecords(
  em: EntityManager,
  { list, filter, scope, paging }: RecordList,
): Promise<Page<AccessRecord>> {
  const key = listKey(list, filter);
  const { size, fromEnd } = readSize(paging);
  const after = readPlace(key, paging.after);
  const before = readPlace(key, paging.before);
  const { entry, decided } = readConditions(filter, scope);
  const conditions = [
    ...entry.sql,
    ...(decided.sql.length > 0
      ? [
          `exists (select from audit.audit_entry_field as decided where decided.index = entry.index and ${decided.sql.join(" and ")})`,
        ]
      : []),
    ...(after === null ? [] : ["entry.index > ?"]),
    ...(before === null ? [] : ["entry.index < ?"]),
  ];
  const found = await em.execute<{ index: string | number }[]>(
    `select entry.index from audit.audit_entry as entry where ${["true", ...conditions].join(" and ")}
     order by entry.index ${fromEnd ? "desc" : "asc"} limit ${size + 1}`,
    [...entry.values, ...decided.values, ...[after, before].filter((place) => place !== null)],
  );
  const indexes = found.slice(0, size).map(({ index }) => Number(index));
  const rows =
    indexes.length === 0 ? [] : await em.find(AccessRecord, { index: { $in: indexes } }, { orderBy: { index: "asc" } });
  const edges = rows.map((node) => ({ cursor: encodeCursor(key, [node.index]), node }));
  const more = found.length > size;
  return {
    edges,
    nodes: rows,
    pageInfo: {
      hasNextPage: fromEnd ? before !== null : more,
      hasPreviousPage: fromEnd ? more : after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function readSize({ first, last }: PageArgsBothWays): { size: number; fromEnd: boolean } {
  if (first != null && last != null) throw new Refusal("PAGE_SIZE");
  const size = first ?? last ?? 20;
  if (!Number.isInteger(size) || size < 1 || size > 100) throw new Refusal("PAGE_SIZE");
  return { size, fromEnd: last != null };
}

function readPlace(key: string, cursor: string | null | undefined): number | null {
  if (cursor == null) return null;
  const [index] = decodeCursor(key, cursor);
  if (typeof index !== "number") throw new Refusal("CURSOR");
  return index;
}
