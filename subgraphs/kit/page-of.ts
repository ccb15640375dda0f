import type { EntityClass, FilterQuery, QueryOrderMap } from "@mikro-orm/core";
import type { Page } from "./connection.js";
import { type CursorValue, decodeCursor, encodeCursor } from "./cursor.js";
import type { EntityManager } from "./definition.js";
import { type PageRequest, readSlice, type Slice } from "./page-size.js";

/** The order of a list: properties that are never null, together unique. */
export type Order<Row> = readonly (readonly [property: keyof Row & string, direction: "asc" | "desc"])[];

export interface List<Row> {
  /** Names the list and its filter (`listKey`): a cursor is good for this list alone. */
  readonly key: string;
  readonly where: FilterQuery<Row>;
  readonly order: Order<Row>;
  /** Rows where the client gives neither `first` nor `last`. */
  readonly fallback?: number;
}

/** One page of a list, by keyset and never by offset. Throws Refusal PAGE_SIZE or CURSOR. */
export async function pageOf<Row extends object>(
  em: EntityManager,
  entity: EntityClass<Row>,
  { key, where, order, fallback }: List<Row>,
  request: PageRequest,
): Promise<Page<Row>> {
  const slice = readSlice(request, fallback);
  const walked = slice.backward
    ? order.map(([property, direction]) => [property, opposite(direction)] as const)
    : order;
  const place = slice.cursor === null ? null : decodeCursor(key, slice.cursor);
  const beyond = place ? { $and: [where, beyondPlace(walked, place)] } : where;
  const rows = await em.find(entity, beyond as FilterQuery<NoInfer<Row>>, {
    orderBy: walked.map(([property, direction]) => ({ [property]: direction })) as QueryOrderMap<Row>[],
    limit: slice.size + 1,
  });
  return cutPage(rows as Row[], slice, (row) => encodeCursor(key, placeOf(row, order)));
}

/**
 * Makes a page of rows that were read in the direction of the slice, one more than its size where there are more.
 * Use it with `readSlice`, `decodeCursor` and `encodeCursor` where the rows come from SQL of your own.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  { size, backward, cursor }: Slice,
  cursorOf: (row: Row) => string,
): Page<Row> {
  const nodes = rows.slice(0, size);
  if (backward) nodes.reverse();
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  const hasMore = rows.length > size;
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: backward ? cursor !== null : hasMore,
      hasPreviousPage: backward ? hasMore : cursor !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** The values of a row by which its list is ordered. */
export function placeOf<Row>(row: Row, order: Order<Row>): CursorValue[] {
  return order.map(([property]) => row[property] as CursorValue);
}

/** a > x or (a = x and b > y) …, with the sign of each direction. */
function beyondPlace<Row>(order: Order<Row>, place: readonly CursorValue[]): object {
  const branches = order.map(([property, direction], index) => ({
    ...Object.fromEntries(order.slice(0, index).map(([before], at) => [before, place[at]])),
    [property]: direction === "asc" ? { $gt: place[index] } : { $lt: place[index] },
  }));
  return { $or: branches };
}

function opposite(direction: "asc" | "desc"): "asc" | "desc" {
  return direction === "asc" ? "desc" : "asc";
}
