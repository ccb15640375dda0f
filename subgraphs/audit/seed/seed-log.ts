import type { EntityManager } from "../../kit/subgraph.js";
import { checkAll } from "../check/check-step.js";
import { readHead } from "../integrate/head.js";
import { projectionTables } from "../integrate/project.js";
import { syntheticRows } from "./synthetic-rows.js";

/** A log that has leaves already is not filled. */
export class SeedFault extends Error {
  override readonly name = "SeedFault";
}

export interface SeedLogOptions {
  readonly entries: number;
  /** When the last of them was recorded; the first, two years before. */
  readonly at: Date;
  readonly progress: (done: number, all: number) => void;
}

/** Leaves whose rows are made by one statement. */
const chunk = 200_000;
const years = 2;
/** What the indexes and the findings take, in leaves, as progress counts. */
const afterwards = 0.5;

/**
 * Fills what is searched of an empty log with made-up entries, to measure questions: all or nothing. No writer signed them and no tree stands over them, so nothing can be
 * recorded in this log any more, exported or proven. Indexes are built afterwards. Throws SeedFault.
 */
export async function seedLog(em: EntityManager, { entries, at, progress }: SeedLogOptions): Promise<void> {
  const first = new Date(at);
  first.setUTCFullYear(at.getUTCFullYear() - years);
  const step = (at.getTime() - first.getTime()) / 1000 / entries;
  const all = Math.ceil(entries * (1 + afterwards));
  await em.transactional(async (inner) => {
    const transaction = inner as EntityManager;
    await transaction.execute("select 1 from audit.audit_head where id = 1 for update");
    const [{ batches } = { batches: 1 }] = await transaction.execute<{ batches: number }[]>(
      "select count(*)::int as batches from (select from audit.audit_batch limit 1) as one",
    );
    if (batches > 0 || (await readHead(transaction)).size > 0)
      throw new SeedFault("the log has leaves: expected an empty database");
    for (const setting of ["maintenance_work_mem = '1GB'", "work_mem = '256MB'"])
      await transaction.execute(`set local ${setting}`);
    const statements = syntheticRows(entries);
    const rebuild = await dropIndexes(transaction);
    for (let from = 0; from < entries; from += chunk) {
      const to = Math.min(entries, from + chunk);
      for (const rows of statements) await transaction.execute(rows, [from, to, first.toISOString(), step]);
      progress(to, all);
    }
    for (const [place, statement] of rebuild.entries()) {
      await transaction.execute(statement);
      progress(Math.floor(entries * (1 + (afterwards / 2) * ((place + 1) / rebuild.length))), all);
    }
    for (const table of projectionTables) await transaction.execute(`analyze audit.${table}`);
    await transaction.execute("update audit.audit_head set size = ?, searchable = ?, decided = ? where id = 1", [
      ...[entries, entries, entries],
    ]);
    await checkAll(transaction, entries);
    for (const table of ["audit_finding", "audit_volume", "audit_hour"])
      await transaction.execute(`analyze audit.${table}`);
  });
  progress(all, all);
}

/** Drops the indexes of the projection; resolves with the statements that make them again. */
async function dropIndexes(transaction: EntityManager): Promise<string[]> {
  const tables = projectionTables.filter((table) => table !== "audit_finding" && table !== "audit_volume");
  const found = await transaction.execute<{ dropped: string; made: string }[]>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as dropped,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as made
     from pg_constraint where contype in ('p', 'u') and conrelid::regclass::text in (?)
     union all
     select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
     from pg_index where indrelid::regclass::text in (?) and not exists (select from pg_constraint where conindid = indexrelid)`,
    [tables.map((table) => `audit.${table}`), tables.map((table) => `audit.${table}`)],
  );
  for (const { dropped } of found) await transaction.execute(dropped);
  return found.map(({ made }) => made);
}
