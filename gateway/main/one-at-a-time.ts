import pg from "pg";

/**
 * Does `work` while no other process of this installation does the same on the database. The lock is the transaction's, which a pooler keeps on one
 * connection, and ends with it whatever happens.
 */
export async function oneAtATime<T>(databaseUrl: string, what: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "rogatory start" });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`rogatory ${what}`]);
    const result = await work();
    await client.query("commit");
    return result;
  } finally {
    await client.end();
  }
}
