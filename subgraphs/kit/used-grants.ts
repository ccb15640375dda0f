import type { SqlEntityManager } from "@mikro-orm/sql";
import { rememberNonces, type UseNonce } from "./nonces.js";

/** The kit's own table in every subgraph's schema. */
export const usedGrantsTable = "used_grants";

/**
 * Unlogged: it costs no flush to disk. A server that crashes or fails over comes back with the table empty, and then a grant of the last minute could be used once
 * more, by a process that had not seen it itself.
 */
export function createUsedGrants(schema: string): string {
  return `create unlogged table if not exists "${schema}"."${usedGrantsTable}"
    (nonce text primary key, expires_at timestamptz not null)`;
}

/** Nonces are swept this long after they expired, and at most once in this time; in seconds. Far more than clocks may differ. */
const sweepSeconds = 60;

/**
 * Remembers the nonces of grants in the subgraph's own database, so that a grant is used once by all its processes together; and in this process's memory,
 * which needs no question for what it saw itself. Rejects when the database does not answer: then nothing is granted.
 */
export function rememberUsedGrants(schema: string, em: () => SqlEntityManager, now: () => Date): UseNonce {
  const isNewHere = rememberNonces(now);
  const table = `"${schema}"."${usedGrantsTable}"`;
  let swept = 0;
  return async (nonce, expiresAt) => {
    if (!isNewHere(nonce, expiresAt)) return false;
    const manager = em();
    const seconds = now().getTime() / 1000;
    if (seconds - swept >= sweepSeconds) {
      swept = seconds;
      const before = new Date((seconds - sweepSeconds) * 1000).toISOString();
      await manager.execute(`delete from ${table} where expires_at <= ?`, [before], "run");
    }
    const inserted = await manager.execute<{ nonce: string }[]>(
      `insert into ${table} (nonce, expires_at) values (?, ?) on conflict do nothing returning nonce`,
      [nonce, new Date(expiresAt * 1000).toISOString()],
      "all",
    );
    return inserted.length === 1;
  };
}
