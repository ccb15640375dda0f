import { randomUUID } from "node:crypto";
import type { EntityManager } from "./definition.js";

/** The kit's own table in every subgraph's schema. */
export const idempotencyKeysTable = "idempotency_keys";

export function createIdempotencyKeys(schema: string): string {
  return `create table if not exists "${schema}"."${idempotencyKeysTable}" (principal text, field text, key text, input text not null,
    claim text not null, claimed_at timestamptz not null, result text, primary key (principal, field, key))`;
}

/** How long a result is given again, in milliseconds. */
const keptMs = 24 * 3_600_000;
/** A request without a result after this time has died on its way, in milliseconds: twice as long as any operation may take. */
const leaseMs = 60_000;

/** What a client may repeat, and what tells a repetition from another request. */
export interface Repeatable {
  /** SHA-256 of who asks. */
  readonly principal: string;
  readonly field: string;
  readonly key: string;
  /** SHA-256 of the arguments. */
  readonly input: string;
}

/** The right to act under a key, until it is let go, or another request takes it over from one that died. */
export interface Claim {
  readonly of: Repeatable;
  readonly id: string;
}

export type Claimed = { readonly claim: Claim } | { readonly result: string } | "OTHER_INPUT" | "AT_WORK";

/** The keys of one subgraph, shared by all its processes. */
export interface IdempotencyKeys {
  /** Of requests with one key at once, one gets the claim; afterwards its result is given, for 24 hours. */
  claim(em: EntityManager, of: Repeatable): Promise<Claimed>;
  /** Writes the result, in the transaction of the act where it is called in one. False: another request has taken the claim over, and the act must not be done. */
  keep(em: EntityManager, claim: Claim, result: string): Promise<boolean>;
  /** Nothing was done: the key is free again. A result that is there stays. */
  release(em: EntityManager, claim: Claim): Promise<void>;
}

export function openIdempotencyKeys(schema: string, clock: () => Date): IdempotencyKeys {
  const table = `"${schema}"."${idempotencyKeysTable}"`;
  const sameKey = "principal = ? and field = ? and key = ?";
  let swept = 0;

  async function sweep(em: EntityManager, now: number): Promise<void> {
    if (now - swept < leaseMs) return;
    swept = now;
    await em.execute(`delete from ${table} where claimed_at <= ?`, [new Date(now - keptMs)], "run");
  }

  return {
    async claim(em, of) {
      const { principal, field, key, input } = of;
      const now = clock().getTime();
      await sweep(em, now);
      const id = randomUUID();
      const mine = await em.execute<unknown[]>(
        `insert into ${table} as t (principal, field, key, input, claim, claimed_at) values (?, ?, ?, ?, ?, ?)
          on conflict (principal, field, key) do update
          set input = excluded.input, claim = excluded.claim, claimed_at = excluded.claimed_at, result = null
          where t.claimed_at <= ? or (t.result is null and t.claimed_at <= ?) returning claim`,
        [principal, field, key, input, id, new Date(now), new Date(now - keptMs), new Date(now - leaseMs)],
        "all",
      );
      if (mine.length === 1) return { claim: { of, id } };
      const [first] = await em.execute<{ input: string; result: string | null }[]>(
        `select input, result from ${table} where ${sameKey}`,
        [principal, field, key],
        "all",
      );
      if (first === undefined) return "AT_WORK";
      if (first.input !== input) return "OTHER_INPUT";
      return first.result === null ? "AT_WORK" : { result: first.result };
    },
    async keep(em, { of: { principal, field, key }, id }, result) {
      const kept = await em.execute<unknown[]>(
        `update ${table} set result = ? where ${sameKey} and claim = ? and result is null returning claim`,
        [result, principal, field, key, id],
        "all",
      );
      return kept.length === 1;
    },
    async release(em, { of: { principal, field, key }, id }) {
      await em.execute(
        `delete from ${table} where ${sameKey} and claim = ? and result is null`,
        [principal, field, key, id],
        "run",
      );
    },
  };
}
