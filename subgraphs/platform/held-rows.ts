import type { DataCategory } from "../../schema/law/vocabulary.js";
import type { EntityManager } from "../kit/subgraph.js";
import type { PreservedData } from "./entities/preserved-data.js";

/** Where the rows of a category stand that have a time; what else is kept of an account stays as long as the account. */
export const rowsOf: { readonly [category in DataCategory]?: { readonly table: string; readonly at: string } } = {
  USER_IDENTIFICATION: { table: "ip_addresses", at: "seen_at" },
  TRAFFIC: { table: "sessions", at: "started_at" },
  CONTENT: { table: "messages", at: "sent_at" },
};

/** Whether the mark `m` keeps the row `r`: it was there when the mark was set, and lies in the period that the order names. */
export const keeps = (at: string): string =>
  `(m.user_id = r.user_id and r.${at} <= m.frozen_at and (m.period_from is null or r.${at} >= m.period_from) and (m.period_to is null or r.${at} < m.period_to))`;

/** Rows that stand under each of the marks, by item; 1 for the account itself where a category has no rows. */
export async function countRows(
  em: EntityManager,
  marks: readonly PreservedData[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>(marks.map(({ itemId }) => [itemId, 1]));
  for (const [category, of] of Object.entries(rowsOf)) {
    const ids = marks.filter((mark) => mark.category === category).map(({ itemId }) => itemId);
    if (ids.length === 0) continue;
    const rows: { item_id: string; rows: number }[] = await em.execute(
      `select m.item_id, (select count(*)::int from platform.${of.table} r where ${keeps(of.at)}) as rows
        from platform.preserved_data m where m.item_id in (${ids.map(() => "?").join(", ")})`,
      ids,
    );
    for (const row of rows) counts.set(row.item_id, row.rows);
  }
  return counts;
}
