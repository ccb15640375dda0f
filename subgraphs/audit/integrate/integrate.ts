import { setImmediate as othersTurn } from "node:timers/promises";
import { type ChainEnd, ChainFault, followChain, unopened } from "../../../schema/ledger/follow-chain.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { growTree } from "../tree/grow-tree.js";
import type { Sealer } from "../tree/open-sealer.js";
import { moveSize, Overtaken, readHead } from "./head.js";
import { readPending, type StoredBatch } from "./read-batches.js";

/** What one step numbers: so many batches, and no further once they hold so many leaves, so that each checkpoint comes soon. */
const step = { batches: 64, leaves: 2048 };

/** What integration works with. */
export interface Integration {
  readonly em: EntityManager;
  readonly sealer: Sealer;
  readonly clock: () => Date;
  /** Raw public key: only this writer's batches are numbered. */
  readonly writer?: Buffer;
}

/**
 * One step of integration: checks the waiting batches against their writers' chains, gives their leaves the next indexes, grows the tree by them and signs
 * it. Returns how many leaves. Throws ChainFault at the first batch that does not hold, after numbering those before it; TreeFault where the log is not the
 * one that was signed; Overtaken where another integrator was faster.
 */
export async function integrate(integration: Integration): Promise<number> {
  const { em } = integration;
  const { size } = await readHead(em);
  const { batches, unreadable } = await readPending(em, step, integration.writer);
  const { sound, leafHashes, ends, fault } = await follow(batches, await readEnds(em, batches));
  if (sound.length > 0) await number(integration, size, { sound, leafHashes, ends });
  const broken = fault ?? unreadable;
  if (broken !== null) {
    // Batches read before another integrator committed, and ends read after it, do not fit each other: that is no broken chain.
    if (sound.length === 0 && (await readHead(em)).size !== size) throw new Overtaken();
    throw broken;
  }
  return sound.reduce((sum, { leaves }) => sum + leaves.length, 0);
}

type Ends = ReadonlyMap<string, ChainEnd>;
const nameOf = ({ writer }: Pick<StoredBatch, "writer">): string => Buffer.from(writer).toString("hex");

/** Batches that hold, in order, with the hashes of their leaves and where they leave their writers' chains. */
interface Followed {
  readonly sound: readonly StoredBatch[];
  readonly leafHashes: readonly Buffer[];
  readonly ends: Ends;
}

/** Lets others of this process have their turn after each batch: somebody may wait for her record. */
async function follow(pending: readonly StoredBatch[], known: Ends): Promise<Followed & { fault: ChainFault | null }> {
  const ends = new Map(known);
  const sound: StoredBatch[] = [];
  const leafHashes: Buffer[] = [];
  for (const batch of pending) {
    try {
      const followed = followChain(ends.get(nameOf(batch)) ?? unopened, batch);
      ends.set(nameOf(batch), followed.end);
      leafHashes.push(...followed.leafHashes);
    } catch (error) {
      if (error instanceof ChainFault) return { sound, leafHashes, ends, fault: error };
      throw error;
    }
    sound.push(batch);
    await othersTurn();
  }
  return { sound, leafHashes, ends, fault: null };
}

async function readEnds(em: EntityManager, batches: readonly StoredBatch[]): Promise<Ends> {
  if (batches.length === 0) return new Map();
  const rows = await em.execute<{ writer: Uint8Array; seq: string | number; hash: Uint8Array; closed: boolean }[]>(
    "select writer, seq, hash, closed from audit.audit_writer where writer in (?)",
    [[...new Set(batches.map(nameOf))].map((writer) => Buffer.from(writer, "hex"))],
  );
  return new Map(
    rows.map(({ writer, seq, hash, closed }) => [
      nameOf({ writer }),
      { seq: Number(seq), hash: Buffer.from(hash), closed },
    ]),
  );
}

async function number(
  { em, sealer, clock }: Integration,
  size: number,
  { sound: batches, leafHashes, ends }: Followed,
): Promise<void> {
  const note = await em.transactional(async (inner) => {
    const transaction = inner as EntityManager;
    let next = size;
    const numbered: unknown[] = [];
    for (const batch of batches) {
      numbered.push(batch.writer, batch.seq, next);
      next += batch.leaves.length;
    }
    await moveSize(transaction, size, next);
    const changed = await transaction.execute<unknown[]>(
      `update audit.audit_batch as batch set first_index = numbered.first_index
       from (values ${rowsOf(batches.length, "(?::bytea, ?::bigint, ?::bigint)")}) as numbered (writer, seq, first_index)
       where batch.writer = numbered.writer and batch.seq = numbered.seq and batch.first_index is null returning batch.seq`,
      numbered,
    );
    if (changed.length !== batches.length)
      throw new Error(`numbered ${changed.length} batches of ${batches.length}: they changed meanwhile`);
    const writers = new Map(batches.map((batch) => [nameOf(batch), batch.writer]));
    await transaction.execute(
      `insert into audit.audit_writer (writer, seq, hash, closed) values ${rowsOf(writers.size, "(?::bytea, ?, ?::bytea, ?)")}
       on conflict (writer) do update set seq = excluded.seq, hash = excluded.hash, closed = excluded.closed`,
      [...writers].flatMap(([name, writer]) => {
        const end = ends.get(name) as ChainEnd;
        return [writer, end.seq, end.hash, end.closed];
      }),
    );
    return growTree(transaction, sealer, size, leafHashes, clock());
  });
  await sealer.remember(note);
}

const rowsOf = (count: number, row: string): string => Array(count).fill(row).join(", ");
