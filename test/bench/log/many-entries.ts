import type { EntityManager } from "../../../subgraphs/kit/subgraph.js";

/** The tables of the searchable projection. */
const tables = ["audit_entry", "audit_entry_field"];

/** What a copy has of its own; all other columns are those of the entry it is a copy of. `n` is the number of the copy, `span` how far apart copies stand. */
const own: Readonly<Record<string, string>> = {
  index: "source.index + n * span",
  leaf_hash: "md5(source.leaf_hash || n) || md5(n || source.leaf_hash)",
  operation_id: "source.operation_id || '-' || n",
  recorded_at: "source.recorded_at - make_interval(secs => n * 7)",
  subject_id: "'u' || ((n * 7919 + source.index) % 100000)",
  warrant_id: "'warrant-' || ((n * 104729 + source.index) % 50000)",
  case_id: "'case-' || ((n * 104729 + source.index) % 20000)",
  actor: "'judge-' || ((n * 31 + source.index) % 500)",
};

/**
 * Makes the searchable log as large as wanted, out of the entries that are there: copies with persons, warrants, cases, actors and times of their own, written past the tree, since it is searching that is
 * measured. Indexes are made afterwards, as they are.
 */
export async function multiply(em: EntityManager, entries: number): Promise<number> {
  const [row] = await em.execute<{ span: string; kept: string }[]>(
    "select coalesce(max(index) + 1, 0) as span, count(*) as kept from audit.audit_entry",
  );
  const [span, kept] = [Number(row?.span), Number(row?.kept)];
  const copies = Math.max(0, Math.ceil(entries / kept) - 1);
  for (const table of tables) {
    const indexes = await em.execute<{ name: string; definition: string }[]>(
      `select indexname as name, indexdef as definition from pg_indexes where schemaname = 'audit' and tablename = ?
         and indexname not in (select conname from pg_constraint)`,
      [table],
    );
    for (const { name } of indexes) await em.execute(`drop index audit.${name}`);
    const columns = (
      await em.execute<{ name: string }[]>(
        "select column_name as name from information_schema.columns where table_schema = 'audit' and table_name = ? order by ordinal_position",
        [table],
      )
    ).map(({ name }) => name);
    const values = columns.map((name) => own[name]?.replaceAll("span", String(span)) ?? `source."${name}"`);
    const source = `(select * from audit.${table} where index < ${span}) as source`;
    await em.execute(
      `insert into audit.${table} (${columns.map((name) => `"${name}"`).join(", ")})
       select ${values.join(", ")} from generate_series(1, ${copies}) as copy (n) cross join ${source}`,
    );
    for (const { definition } of indexes) await em.execute(definition);
    await em.execute(`analyze audit.${table}`);
  }
  const size = span * (copies + 1);
  await em.execute("update audit.audit_head set size = ?, searchable = ? where id = 1", [size, size]);
  return kept * (copies + 1);
}
