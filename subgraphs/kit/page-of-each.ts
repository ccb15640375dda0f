import type { EntityClass, EntityDictionary, EntityKey, FilterQuery } from "@mikro-orm/core";
import type { Page } from "./connection.js";
import { encodeCursor, listKey } from "./cursor.js";
import type { SubgraphContext } from "./definition.js";
import { loadBy } from "./load-by.js";
import { cutPage, type List, type Order, pageOf, placeOf } from "./page-of.js";
import { type PageRequest, readSlice } from "./page-size.js";

/** A list that hangs on a parent, such as the addresses of a user. */
export interface ListOfEach<Row> {
  /** Schema coordinate, for example "User.ipAddresses". */
  readonly name: string;
  readonly entity: EntityClass<Row>;
  /** The property that holds the parent's id. */
  readonly parent: keyof Row & string;
  readonly order: Order<Row>;
  /** Rows from `from` on and before `to`. */
  readonly within?: { readonly property: keyof Row & string; readonly from?: Date; readonly to?: Date };
}

/**
 * A page of one parent's list. The first pages of all parents that a request asks alike come from one query, each with its own limit;
 * a page after a cursor belongs to one parent and is read alone. Throws Refusal PAGE_SIZE or CURSOR.
 */
export function pageOfEach<Row extends object>(
  context: SubgraphContext,
  list: ListOfEach<Row>,
  parentId: string,
  request: PageRequest,
): Promise<Page<Row>> {
  const slice = readSlice(request);
  if (slice.cursor !== null || slice.backward)
    return pageOf(context.em, list.entity, listOfOne(list, parentId), request);
  const { from, to } = list.within ?? {};
  const batch = [list.name, slice.size, from?.getTime() ?? null, to?.getTime() ?? null].join(" ");
  const loader = loadBy<string, Row[]>(context, batch, (ids) => firstRowsOfEach(context, list, ids, slice.size + 1));
  return loader
    .load(parentId)
    .then((rows) =>
      cutPage(rows ?? [], slice, (row) => encodeCursor(keyOfOne(list, parentId), placeOf(row, list.order))),
    );
}

function keyOfOne<Row>({ name, within }: ListOfEach<Row>, parentId: string): string {
  return listKey(name, { parentId, from: within?.from?.toISOString(), to: within?.to?.toISOString() });
}

function listOfOne<Row>(list: ListOfEach<Row>, parentId: string): List<Row> {
  const { property, from, to } = list.within ?? {};
  const bounds = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
  const where = { [list.parent]: parentId, ...(property && (from || to) && { [property]: bounds }) };
  return { key: keyOfOne(list, parentId), where: where as FilterQuery<Row>, order: list.order };
}

/** One lateral join: the limit holds for each parent, and each reads its own stretch of the index. */
async function firstRowsOfEach<Row extends object>(
  { em }: SubgraphContext,
  { entity, parent, order, within }: ListOfEach<Row>,
  parentIds: readonly string[],
  limit: number,
): Promise<Map<string, Row[]>> {
  const metadata = em.getMetadata(entity);
  const column = (property: keyof Row & string): string => {
    const [name] = metadata.properties[property as EntityKey<Row>].fieldNames;
    if (name === undefined) throw new Error(`${metadata.className}.${property} has no column`);
    return `"${name}"`;
  };
  const ordered = order.map(([property, direction]) => `${column(property)} ${direction}`).join(", ");
  const bounds = [
    ...(within?.from ? [{ sql: ` and t.${column(within.property)} >= ?`, value: within.from }] : []),
    ...(within?.to ? [{ sql: ` and t.${column(within.property)} < ?`, value: within.to }] : []),
  ];
  const sql = `select r.* from jsonb_array_elements_text(?::jsonb) as p(wanted) cross join lateral (
    select t.* from "${metadata.schema ?? em.config.get("schema")}"."${metadata.tableName}" t
    where t.${column(parent)} = p.wanted${bounds.map((bound) => bound.sql).join("")}
    order by ${ordered} limit ${limit}) r order by ${ordered}`;
  const found: EntityDictionary<Row>[] = await em.execute(sql, [
    JSON.stringify(parentIds),
    ...bounds.map((bound) => bound.value),
  ]);
  const byParent = new Map<string, Row[]>();
  for (const raw of found) {
    const row = em.map(entity, raw);
    const id = String(row[parent]);
    const rows = byParent.get(id) ?? [];
    rows.push(row);
    byParent.set(id, rows);
  }
  return byParent;
}
