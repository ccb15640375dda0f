import { randomBytes } from "node:crypto";
import pg from "pg";

/** The databases on which journeys run: the embedded one always, a PostgreSQL server where TEST_DATABASE_URL names one. */
export const databases: readonly ("embedded" | "server")[] =
  process.env.TEST_DATABASE_URL === undefined ? ["embedded"] : ["embedded", "server"];

/** Where one database is enough, since a journey goes the same way on the other: the server where there is one. */
export const oneDatabase: typeof databases = databases.slice(-1);

export interface TemporaryDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database of its own on the test server. */
export async function createDatabase(): Promise<TemporaryDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (server === undefined) throw new Error("TEST_DATABASE_URL is not set: there is no server to create a database on");
  const name = `rogatory_test_${randomBytes(6).toString("hex")}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => onServer(server, `drop database if exists ${name} with (force)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
