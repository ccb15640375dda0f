import pg from "pg";
import type { Logger } from "pino";
import type { Batch } from "../../schema/ledger/batch.js";
import { type LogStore, StoreRefused, StoreUnsafe } from "../../schema/ledger/log-store.js";
import type { BatchOpenings } from "../../schema/ledger/openings.js";
import { appendStatement, appendValues, writerRole } from "./append-statement.js";
import { describeFailure } from "./describe-failure.js";
import { isCertain } from "./is-certain.js";

/**
 * The log on a PostgreSQL server, through connections of its own. Each is asked on its first use whether it keeps what it acknowledges, and gives up
 * every right but INSERT where the role exists.
 */
export function openPostgresStore(options: { readonly url: string; readonly log: Logger }): LogStore {
  const pool = new pg.Pool({ connectionString: options.url, max: 2, application_name: "rogatory log writer" });
  pool.on("error", (error) => options.log.warn(describeFailure(error), "idle log connection lost"));
  const ready = new WeakSet<pg.PoolClient>();

  async function connection(): Promise<pg.PoolClient> {
    const client = await pool.connect().catch((cause: unknown) => {
      throw new StoreRefused("no connection to the log's database", { cause });
    });
    if (ready.has(client)) return client;
    try {
      await prepare(client, options.log);
    } catch (error) {
      client.release(true);
      if (error instanceof StoreRefused) throw error;
      throw new StoreRefused("the log's database did not answer for its settings", { cause: error });
    }
    ready.add(client);
    return client;
  }

  return {
    timeoutMs: 250,
    async append(batch, openings, signal) {
      const client = await connection();
      if (signal.aborted) {
        client.release();
        throw new StoreRefused("time was up before anything was sent");
      }
      try {
        await send(client, batch, openings, signal);
      } catch (error) {
        if (isCertain(error)) throw new StoreRefused("the log's database refused the batch", { cause: error });
        throw error;
      }
    },
    async close() {
      await pool.end();
    },
  };
}

/** Sends one batch and gives the connection back; one that was aborted, or of which the outcome is unknown, is never used again. */
async function send(client: pg.PoolClient, batch: Batch, openings: BatchOpenings, signal: AbortSignal): Promise<void> {
  const warnings: unknown[] = [];
  const warn = (notice: unknown): void => {
    warnings.push(notice);
  };
  const abort = (): void => client.release(true);
  client.on("notice", warn);
  signal.addEventListener("abort", abort, { once: true });
  let broken = true;
  try {
    await client.query({ name: "append", text: appendStatement, values: appendValues(batch, openings) });
    if (warnings.length > 0) throw new Error("the database warned about the commit", { cause: warnings[0] });
    broken = false;
  } catch (error) {
    broken = !isCertain(error);
    throw error;
  } finally {
    client.off("notice", warn);
    signal.removeEventListener("abort", abort);
    if (!signal.aborted) client.release(broken);
  }
}

const settings = `select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
  current_setting('synchronous_commit') as synchronous_commit`;

/** What a setting must be for an acknowledged commit to survive the loss of power. */
const safe: Readonly<Record<string, readonly string[]>> = {
  fsync: ["on"],
  full_page_writes: ["on"],
  synchronous_commit: ["on", "remote_apply"],
};

async function prepare(client: pg.PoolClient, log: Logger): Promise<void> {
  const { rows } = await client.query<Record<string, string>>(settings);
  for (const [setting, values] of Object.entries(safe)) {
    const found = rows[0]?.[setting] ?? "unknown";
    if (!values.includes(found))
      throw new StoreUnsafe(`the log needs ${setting} ${values.join(" or ")}; this connection has ${found}`);
  }
  const role = await client.query<{ usable: boolean }>(
    "select pg_has_role(current_user, oid, 'MEMBER') as usable from pg_roles where rolname = $1",
    [writerRole],
  );
  if (role.rows[0]?.usable === true) await client.query(`set role ${writerRole}`);
  else
    log.warn(
      { role: writerRole },
      "the log is written with all rights of its connection: the role is not there for it",
    );
}
