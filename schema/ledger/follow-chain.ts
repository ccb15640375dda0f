import { type Batch, batchHash, noBatch, verifyBatchSignature } from "./batch.js";
import type { Leaf } from "./leaf.js";
import { LeafFault, parseLeaf } from "./leaf-bytes.js";
import { leafHash, merkleRoot } from "./merkle.js";

/** How far a writer's chain was followed: what its next batch must fit on. */
export interface ChainEnd {
  /** Number of the last batch; -1 before the first. */
  readonly seq: number;
  readonly hash: Uint8Array;
  /** True after WRITER_CLOSE: nothing may follow. */
  readonly closed: boolean;
}

/** The end of a chain that has not begun. */
export const unopened: ChainEnd = { seq: -1, hash: noBatch, closed: false };

/** A batch that does not fit on its chain, or is not what its writer signed. The message says which rule it breaks. */
export class ChainFault extends Error {
  override readonly name = "ChainFault";
  constructor(
    /** Raw public key, hex. */
    readonly writer: string,
    readonly seq: number,
    readonly rule: string,
  ) {
    super(`batch ${seq} of writer ${writer}: ${rule}`);
  }
}

/** A batch that was followed: its leaves, read, and their hashes. */
export interface FollowedBatch {
  readonly leaves: readonly Leaf[];
  readonly leafHashes: readonly Buffer[];
  readonly end: ChainEnd;
}

/** Checks one batch against the end of its writer's chain: number, link, root, hash, signature, and that an epoch opens and ends as it must. Throws ChainFault. */
export function followChain(end: ChainEnd, batch: Batch): FollowedBatch {
  const writer = Buffer.from(batch.writer).toString("hex");
  const insist = (holds: boolean, rule: string): void => {
    if (!holds) throw new ChainFault(writer, batch.seq, rule);
  };
  insist(!end.closed, "follows the end of its epoch");
  insist(batch.seq === end.seq + 1, `must be number ${end.seq + 1} of its chain`);
  insist(same(batch.previous, end.hash), "does not name the batch before it");
  const leafHashes = batch.leaves.map(leafHash);
  insist(same(batch.root, merkleRoot(leafHashes)), "root is not that of its leaves");
  insist(same(batch.hash, batchHash(batch.writer, batch.seq, batch.previous, batch.root)), "hash is not its own");
  insist(
    verifyBatchSignature(batch.writer, batch.hash, batch.leaves.length, batch.signature),
    "signature is not its writer's",
  );
  const leaves = batch.leaves.map((bytes, ordinal) => read(bytes, ordinal, writer, batch.seq));
  for (const [ordinal, leaf] of leaves.entries()) {
    const first = batch.seq === 0 && ordinal === 0;
    insist((leaf.type === "WRITER_OPEN") === first, "an epoch opens with WRITER_OPEN, and only there");
    if (leaf.type === "WRITER_OPEN") insist(leaf.writer === writer, "WRITER_OPEN names another key");
    if (leaf.type === "WRITER_CLOSE")
      insist(ordinal === leaves.length - 1, "WRITER_CLOSE is the last leaf of an epoch");
  }
  return {
    leaves,
    leafHashes,
    end: { seq: batch.seq, hash: batch.hash, closed: leaves.at(-1)?.type === "WRITER_CLOSE" },
  };
}

function read(bytes: Uint8Array, ordinal: number, writer: string, seq: number): Leaf {
  try {
    return parseLeaf(bytes);
  } catch (error) {
    if (error instanceof LeafFault) throw new ChainFault(writer, seq, `leaf ${ordinal}: ${error.message}`);
    throw error;
  }
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.from(one.buffer, one.byteOffset, one.byteLength).equals(other);
}
