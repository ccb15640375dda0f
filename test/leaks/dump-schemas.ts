/** Runs a statement on whichever database it is. */
export type Query = (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** Every row of every table of these schemas, as one text each; bytes as they are, one character a byte. */
export async function dumpSchemas(query: Query, schemas: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const tables = await query(
    `select table_schema as schema, table_name as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema in (${schemas.map((name) => `'${name}'`).join(", ")})`,
  );
  const texts = new Map<string, string>();
  for (const { schema, name } of tables) {
    const rows = await query(`select * from "${schema}"."${name}"`);
    texts.set(`${schema}.${name}`, rows.map((row) => Object.values(row).map(textOf).join("\t")).join("\n"));
  }
  return texts;
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("latin1");
  return typeof value === "string" ? value : JSON.stringify(value);
}
