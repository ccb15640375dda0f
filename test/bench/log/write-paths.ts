import { createHash } from "node:crypto";
import pg from "pg";
import { accessDrafts } from "../../../gateway/record/access-draft.js";
import { type SealedLeaf, sealLeaf } from "../../../gateway/record/draft.js";
import type { Recorder } from "../../../gateway/record/open-recorder.js";
import { encodeOpenings } from "../../../schema/ledger/openings.js";
import { reading } from "../../record/kit.js";

/** A way to make one leaf durable, and to end. */
export interface WritePath {
  readonly name: string;
  append(): Promise<void>;
  close(): Promise<void>;
}

/** What one client records: one person, one passage; sealed anew each time, as it must be. */
const drafts = accessDrafts(reading);
const sealed = (): SealedLeaf => {
  const [draft] = drafts;
  if (draft === undefined) throw new Error("a reading has a leaf");
  return sealLeaf(draft, new Date());
};

const connections = 32;

export function ours(recorder: Recorder): WritePath {
  return {
    name: "signed batches",
    append: async () => void (await recorder.append(drafts)),
    close: async () => undefined,
  };
}

/** The openings of a leaf, in the bytes in which ours are: they stand apart from it however it is written, since the leaf never changes and they can be erased. */
const openings = "insert into bench_opening (leaf, openings) values ($1, $3)";
const tables = [
  "create table bench_each (hash bytea primary key, leaf bytea not null)",
  "create table bench_chain (id bigint generated always as identity primary key, hash bytea not null, leaf bytea not null)",
  "create table bench_opening (leaf bytea primary key, openings bytea not null)",
];
const values = (hash: Uint8Array, leaf: SealedLeaf): unknown[] => [hash, leaf.bytes, encodeOpenings([leaf.openings])];

/** The two ways beside ours, on tables of their own: each leaf with its openings is one statement. */
export async function others(url: string): Promise<readonly WritePath[]> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  // What is measured is dropped with its database, which ends connections that are still closing.
  pool.on("error", () => undefined);
  for (const table of tables) await pool.query(table);
  const close = async (): Promise<void> => {
    if (!pool.ended) await pool.end();
  };
  return [
    {
      name: "one INSERT each",
      async append() {
        const leaf = sealed();
        const text = `with leaf as (insert into bench_each (hash, leaf) values ($1, $2)) ${openings}`;
        await pool.query({ name: "each", text, values: values(leaf.hash, leaf) });
      },
      close,
    },
    { name: "hash chain under an advisory lock", append: () => appendToChain(pool), close },
  ];
}

/** Each leaf names the hash of the one before it, so nobody may write beside anybody. */
async function appendToChain(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(7)");
    const { rows } = await client.query("select hash from bench_chain order by id desc limit 1");
    const leaf = sealed();
    const before: Buffer = rows[0]?.hash ?? Buffer.alloc(32);
    const hash = createHash("sha256").update(before).update(leaf.bytes).digest();
    const text = `with leaf as (insert into bench_chain (hash, leaf) values ($1, $2)) ${openings}`;
    await client.query({ name: "chain", text, values: values(hash, leaf) });
    await client.query("commit");
  } finally {
    client.release();
  }
}

/** So many clients, each asking again as soon as it is answered. Milliseconds of each answer, how many came in a second, and microseconds of this process's own processor for each. */
export async function drive(
  path: WritePath,
  { clients, seconds }: { readonly clients: number; readonly seconds: number },
): Promise<{ readonly perSecond: number; readonly cpu: number; readonly took: readonly number[] }> {
  const took: number[] = [];
  const before = process.cpuUsage();
  const began = performance.now();
  const end = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let now = performance.now(); now < end; ) {
        await path.append();
        const then = performance.now();
        took.push(then - now);
        now = then;
      }
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return { perSecond: (took.length * 1000) / (performance.now() - began), cpu: (user + system) / took.length, took };
}
