import { type Batch, maxBatchLeaves } from "../../../schema/ledger/batch.js";
import { decodeBundle } from "../../../schema/ledger/bundle.js";
import { ChainFault } from "../../../schema/ledger/follow-chain.js";
import { LeafFault } from "../../../schema/ledger/leaf-bytes.js";
import type { EntityManager } from "../../kit/subgraph.js";

/** A batch as it is stored; its first leaf's index, or null while it has none. */
export interface StoredBatch extends Batch {
  readonly firstIndex: number | null;
  /** Of its partition: the first day of it, in UTC. */
  readonly month: string;
}

const columns =
  "batch.writer, batch.seq, batch.previous, batch.root, batch.hash, batch.signature, batch.leaves, batch.first_index, batch.month::text as month, bundle.bundle";
const withLeaves = (batches = "audit.audit_batch"): string =>
  `${batches} as batch left join audit.audit_bundle as bundle on bundle.writer = batch.writer and bundle.seq = batch.seq and bundle.month = batch.month`;

/**
 * Batches without an index, in the order in which they became durable; those of one writer in the order of its chain, whatever the database's clock did.
 * Never `id > last`: the order of ids is not the order of commits. Stops at the first that cannot be read, after so many batches, and where those before it hold as many leaves.
 * With a writer, its alone.
 */
export async function readPending(
  em: EntityManager,
  most: { readonly batches: number; readonly leaves: number },
  writer: Buffer | null = null,
): Promise<{ batches: StoredBatch[]; unreadable: ChainFault | null }> {
  const rows = await em.execute<Row[]>(
    `with pending as (
       select batch.*, max(written_at) over (partition by batch.writer order by batch.seq) as turn
       from audit.audit_batch as batch where first_index is null${writer === null ? "" : " and batch.writer = ?"}
     ), queue as (
       select *, sum(leaves) over (order by turn, writer, seq) - leaves as ahead from pending
     )
     select ${columns} from ${withLeaves("queue")} where batch.ahead < ${most.leaves}
     order by batch.turn, batch.writer, batch.seq limit ${most.batches}`,
    writer === null ? [] : [writer],
  );
  const batches: StoredBatch[] = [];
  for (const row of rows) {
    try {
      batches.push(readBatch(row));
    } catch (error) {
      if (error instanceof ChainFault) return { batches, unreadable: error };
      throw error;
    }
  }
  return { batches, unreadable: null };
}

/** Batches that have an index, in order, from the one on in which leaf `from` stands; those alone that begin below `until`. */
export async function readIntegrated(
  em: EntityManager,
  from: number,
  limit: number,
  until = Number.MAX_SAFE_INTEGER,
): Promise<StoredBatch[]> {
  const rows = await em.execute<Row[]>(
    `select ${columns} from ${withLeaves()} where first_index > ? and first_index + leaves > ? and first_index < ? order by first_index limit ${limit}`,
    [from - maxBatchLeaves, from, until],
  );
  return rows.map(readBatch);
}

/** The whole log, for a verification, as long as no month of it is past retention. Throws ChainFault where a bundle cannot be read. */
export async function readAllBatches(em: EntityManager): Promise<StoredBatch[]> {
  const rows = await em.execute<Row[]>(`select ${columns} from ${withLeaves()} order by batch.writer, batch.seq`);
  return rows.map(readBatch);
}

interface Row {
  readonly writer: Uint8Array;
  readonly seq: string | number;
  readonly previous: Uint8Array;
  readonly root: Uint8Array;
  readonly hash: Uint8Array;
  readonly signature: Uint8Array;
  /** Null: its month is past retention. */
  readonly bundle: Uint8Array | null;
  readonly month: string;
  readonly leaves: number;
  readonly first_index: string | number | null;
}

/** The two drivers give bytes as Buffer and as Uint8Array; MikroORM takes only Buffers back. */
function readBatch(row: Row): StoredBatch {
  const seq = Number(row.seq);
  const writer = Buffer.from(row.writer);
  return {
    writer,
    seq,
    previous: Buffer.from(row.previous),
    root: Buffer.from(row.root),
    hash: Buffer.from(row.hash),
    signature: Buffer.from(row.signature),
    leaves: readBundle(row, writer.toString("hex"), seq),
    firstIndex: row.first_index === null ? null : Number(row.first_index),
    month: row.month,
  };
}

function readBundle({ bundle, leaves: count }: Pick<Row, "bundle" | "leaves">, writer: string, seq: number): Buffer[] {
  try {
    if (bundle === null) throw new LeafFault("its leaves are not there");
    const leaves = decodeBundle(bundle);
    if (leaves.length !== count || count > maxBatchLeaves)
      throw new LeafFault(`bundle has ${leaves.length} leaves where ${count} are counted`);
    return leaves;
  } catch (error) {
    if (error instanceof LeafFault) throw new ChainFault(writer, seq, error.message);
    throw error;
  }
}
