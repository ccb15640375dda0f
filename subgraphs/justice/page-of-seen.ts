import type { EntityClass, FilterQuery, QueryOrderMap } from "@mikro-orm/core";
import type { Page } from "../kit/connection.js";
import { type CursorValue, decodeCursor, encodeCursor } from "../kit/cursor.js";
import { cutPage } from "../kit/page-of.js";
import { type PageRequest, readSlice } from "../kit/page-size.js";
import type { EntityManager } from "../kit/subgraph.js";
import type { Sight } from "./sight.js";

/** By one time, ties by id; what has no such time comes last, whatever the direction. */
export interface TimeOrder<Row> {
  /** A number, never null, that counts before the time: the smallest first. */
  readonly rank?: keyof Row & string;
  readonly property: keyof Row & string;
  readonly direction: "asc" | "desc";
}

export interface SeenList<Row> {
  /** Names the list and its filter (`listKey`). */
  readonly key: string;
  readonly sight: Sight<Row>;
  /** The client's own conditions. */
  readonly where: FilterQuery<Row>;
  readonly order: TimeOrder<Row>;
}

/**
 * A page of what the caller sees. Where sight has to be asked for (`sight.choose`), rows are read until the page is full: its size, its cursors and
 * `hasNextPage` speak of rows that she sees, and of nothing between them. Throws Refusal PAGE_SIZE or CURSOR, and GraphUnavailable.
 */
export async function pageOfSeen<Row extends { readonly id: string }>(
  em: EntityManager,
  entity: EntityClass<Row>,
  { key, sight, where, order }: SeenList<Row>,
  request: PageRequest,
): Promise<Page<Row>> {
  const slice = readSlice(request);
  const wanted = slice.size + 1;
  const seen: Row[] = [];
  let place = slice.cursor === null ? null : decodeCursor(key, slice.cursor);
  for (;;) {
    const limit = sight.choose === null ? wanted : chunk;
    const rows = (await em.find(
      entity,
      { $and: [sight.where, where, ...(place === null ? [] : [beyond(order, place)])] } as unknown as FilterQuery<
        NoInfer<Row>
      >,
      {
        orderBy: [
          ...(order.rank === undefined ? [] : [{ [order.rank]: "asc" }]),
          { [order.property]: `${order.direction} nulls last` },
          { id: order.direction },
        ] as unknown as QueryOrderMap<Row>[],
        limit,
      },
    )) as Row[];
    seen.push(...(sight.choose === null ? rows : await sight.choose(rows)));
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit || seen.length >= wanted) break;
    place = placeOf(order, last);
  }
  return cutPage(seen.slice(0, wanted), slice, (row) => encodeCursor(key, placeOf(order, row)));
}

/** Rows read at once where it has to be asked which of them are seen. */
const chunk = 100;

/** Stands in a cursor for the time that a row does not have. */
const never = "never";

function placeOf<Row extends { readonly id: string }>({ rank, property }: TimeOrder<Row>, row: Row): CursorValue[] {
  return [...(rank === undefined ? [] : [row[rank] as number]), (row[property] as Date | null) ?? never, row.id];
}

function beyond<Row>({ rank, ...order }: TimeOrder<Row>, place: readonly CursorValue[]): object {
  if (rank === undefined) return later(order, place);
  const [at, ...rest] = place;
  return { $or: [{ [rank]: { $gt: at } }, { $and: [{ [rank]: at }, later(order, rest)] }] };
}

function later<Row>({ property, direction }: TimeOrder<Row>, [time, id]: readonly CursorValue[]): object {
  const past = direction === "asc" ? "$gt" : "$lt";
  if (time === never) return { [property]: null, id: { [past]: id } };
  return { $or: [{ [property]: { [past]: time } }, { [property]: time, id: { [past]: id } }, { [property]: null }] };
}
