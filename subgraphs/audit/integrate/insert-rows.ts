import type { EntityManager } from "../../kit/subgraph.js";

/**
 * Inserts rows of an entity as one JSON text, which the database takes apart, and which goes there as bytes: MikroORM writes each value into the statement, and a text character by
 * character, which was most of what the projection cost. Rows carry all stored properties: nothing is filled in.
 */
export async function insertRows<Row extends object>(
  em: EntityManager,
  entity: new () => Row,
  rows: readonly Partial<Row>[],
): Promise<void> {
  if (rows.length === 0) return;
  const { tableName, properties } = em.getMetadata(entity);
  const columns = new Map(
    Object.entries<{ fieldNames?: string[] }>(properties).flatMap(([name, { fieldNames }]) =>
      fieldNames === undefined ? [] : [[name, fieldNames[0] ?? name] as const],
    ),
  );
  const records = rows.map((row) => {
    const record: Record<string, unknown> = {};
    for (const [name, column] of columns) record[column] = row[name as keyof Row];
    return record;
  });
  const names = [...columns.values()].map((column) => `"${column}"`).join(", ");
  await em.execute(
    `insert into audit."${tableName}" (${names})
     select ${names} from json_populate_recordset(null::audit."${tableName}", convert_from(?::bytea, 'UTF8')::json)`,
    [Buffer.from(JSON.stringify(records), "utf8")],
  );
}
