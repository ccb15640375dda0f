import type { EntityClass } from "@mikro-orm/core";
import type { EntityManager } from "../kit/subgraph.js";

/** Rows for one statement. */
const batch = 5_000;

/** Inserts rows whose id is not there yet; those that are there stay as they are. */
export async function insertMissing<Row extends { id: string }>(
  em: EntityManager,
  entity: EntityClass<Row>,
  rows: readonly object[],
): Promise<void> {
  const { tableName, properties } = em.getMetadata(entity);
  const table = `"${em.config.get("schema")}"."${tableName}"`;
  const columnOf = new Map<string, string>(
    Object.entries<{ fieldNames: string[] }>(properties).map(([name, { fieldNames }]) => [name, fieldNames[0] ?? name]),
  );
  const records = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [columnOf.get(name), value])),
  );
  for (let start = 0; start < records.length; start += batch) {
    const some = JSON.stringify(records.slice(start, start + batch));
    await em.execute(
      `insert into ${table} select * from jsonb_populate_recordset(null::${table}, ?::jsonb) on conflict (id) do nothing`,
      [some],
    );
  }
}
