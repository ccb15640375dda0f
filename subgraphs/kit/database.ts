import "reflect-metadata";
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { MikroORM, type Options } from "@mikro-orm/core";
import { ReflectMetadataProvider } from "@mikro-orm/decorators/legacy";
import { Migrator } from "@mikro-orm/migrations";
import { PgliteDriver, PglitePlatform } from "@mikro-orm/pglite";
import { createPostgreSqlTypeParsers, SchemaGenerator, type SqlEntityManager } from "@mikro-orm/sql";
import type { SubgraphDefinition } from "./definition.js";
import { createIdempotencyKeys, idempotencyKeysTable } from "./idempotency-keys.js";
import { createUsedGrants, usedGrantsTable } from "./used-grants.js";

/**
 * One PostgreSQL for all, one schema for each subgraph. Embedded, all subgraphs share one PGlite, which is one session: its transactions
 * exclude each other. `contextName` keeps a transaction of one subgraph from swallowing the queries of another.
 */
export type Database =
  | { readonly kind: "server"; readonly url: string; readonly poolSize?: number }
  | { readonly kind: "embedded"; readonly pglite: PGlite };

/**
 * `PGlite.create({ ...pgliteOptions(), dataDir })`: without these parsers times and arrays do not arrive as MikroORM expects them. PGlite's own 128 MB of
 * shared buffers cost most of a second of every start, to be filled with zeros; a sixteenth serves as well here, and so do segments of its log of 1 MB in place
 * of 16, where a database is made: the first start copies them.
 */
export function pgliteOptions(): Pick<PGliteOptions, "parsers" | "startParams" | "initDbStartParams"> {
  const platform = new PglitePlatform();
  return {
    parsers: createPostgreSqlTypeParsers((text) => platform.unmarshallArray(text)),
    startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"],
    initDbStartParams: ["--wal-segsize=1"],
  };
}

export interface OpenDatabase {
  em(): SqlEntityManager;
  migrate(): Promise<void>;
  ready(): Promise<void>;
  drift(): Promise<string>;
  close(): Promise<void>;
}

/** Opens the subgraph's schema; connects on first use. */
export async function openDatabase(definition: SubgraphDefinition, database: Database): Promise<OpenDatabase> {
  const orm = await MikroORM.init(await databaseOptions(definition, database));
  // With `useContext`, a fork used inside its own transaction is the transaction: without, it would be a second session, and wait for ever.
  const em = (): SqlEntityManager => orm.em.fork({ useContext: true }) as unknown as SqlEntityManager;

  async function underLock(work: (transaction: SqlEntityManager) => Promise<void>): Promise<void> {
    await em().transactional(async (transaction) => {
      await transaction.execute("select pg_advisory_xact_lock(hashtext(?))", [`migrate ${definition.name}`]);
      await work(transaction as unknown as SqlEntityManager);
    });
  }

  return {
    em,
    async migrate() {
      await underLock(async (transaction) => {
        await transaction.execute(`create schema if not exists "${definition.name}"`);
        await transaction.execute(migrationsTable(definition.name));
        await transaction.execute(createUsedGrants(definition.name));
        await transaction.execute(createIdempotencyKeys(definition.name));
      });
      const migrator = orm.config.getExtension<Migrator>("@mikro-orm/migrator");
      if (!migrator) throw new Error("the migrator is not registered");
      await migrator.getPending();
      await underLock(async (transaction) => {
        await migrator.up({ transaction: transaction.getTransactionContext() });
      });
    },
    async ready() {
      await em().execute("select 1");
    },
    async drift() {
      const sql = await orm.schema.getUpdateSchemaSQL({ schema: definition.name, wrap: false, safe: false });
      return sql.trim();
    },
    close: () => orm.close(),
  };
}

async function databaseOptions(definition: SubgraphDefinition, database: Database): Promise<Options> {
  const { name } = definition;
  const where =
    database.kind === "server"
      ? { driver: await loadServerDriver(), clientUrl: database.url, pool: { min: 0, max: database.poolSize ?? 8 } }
      : { driver: PgliteDriver, dbName: "postgres", driverOptions: { pglite: () => database.pglite } };
  const options: Partial<Options> = {
    entities: definition.entities as never[],
    schema: name,
    contextName: name,
    metadataProvider: ReflectMetadataProvider,
    metadataCache: { enabled: false },
    discovery: { warnWhenNoEntities: false },
    schemaGenerator: { skipTables: kitsOwn.flatMap((table) => [table, `${name}.${table}`]) },
    extensions: [Migrator, SchemaGenerator],
    allowGlobalContext: false,
    forceUtcTimezone: true,
    debug: false,
    migrations: {
      migrationsList: definition.migrations.map(({ name: migration, class: migrationClass }) => ({
        name: migration,
        class: migrationClass as never,
      })),
      tableName: migrationsTableName,
      schema: name,
      snapshot: false,
      silent: true,
      disableForeignKeys: false,
    },
  };
  // The two drivers type their options differently; everything used here is common to both.
  return { ...options, ...where } as Options;
}

/** Loaded for a server alone: the embedded start does without its sixty modules. */
async function loadServerDriver() {
  return (await import("@mikro-orm/postgresql")).PostgreSqlDriver;
}

const migrationsTableName = "migrations";
const kitsOwn = [usedGrantsTable, idempotencyKeysTable];

/** As MikroORM's own storage makes it; made here under the lock, since two processes may start at once. */
function migrationsTable(schema: string): string {
  return `create table if not exists "${schema}"."${migrationsTableName}"
    (id serial primary key, name varchar(255), executed_at timestamptz default current_timestamp)`;
}
