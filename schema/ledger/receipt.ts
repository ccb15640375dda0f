import { batchHash, maxBatchLeaves, verifyBatchSignature } from "./batch.js";
import { rootFromPath } from "./merkle.js";

/**
 * A writer's signed promise that a leaf is in the log; whoever holds one can prove a deletion. Hashes in lower-case hex. `size` and `previous` are
 * what it takes to check the promise without the log.
 */
export interface LeafReceipt {
  readonly leafHash: string;
  /** Raw Ed25519 public key of the epoch. */
  readonly writer: string;
  /** Number of the batch in the writer's chain. */
  readonly batch: number;
  /** Place of the leaf in the batch, from 0. */
  readonly ordinal: number;
  /** Leaves in the batch; the signature covers it. */
  readonly size: number;
  /** From the leaf to the batch's root, nearest first (RFC 6962, 2.1.1). */
  readonly path: readonly string[];
  /** Hash of the batch before; zeros before the first. */
  readonly previous: string;
  /** Ed25519 over the batch; base64. */
  readonly signature: string;
}

/**
 * Whether the writer named in the receipt signed a batch that holds this leaf at this place. Needs no database and no network, and never throws.
 * It does not say that the writer is one of the gateway's: its key stands in a WRITER_OPEN leaf of the log.
 */
export function verifyReceiptOffline(receipt: LeafReceipt): boolean {
  const { batch, ordinal, size } = receipt;
  const leaf = fromHex(receipt.leafHash);
  const writer = fromHex(receipt.writer);
  const previous = fromHex(receipt.previous);
  const path = receipt.path.map(fromHex);
  const signature = fromBase64(receipt.signature);
  if (leaf === null || writer === null || previous === null || signature === null || path.includes(null)) return false;
  if (!Number.isSafeInteger(batch) || batch < 0 || size > maxBatchLeaves) return false;
  const root = rootFromPath(leaf, ordinal, size, path as Buffer[]);
  if (root === null) return false;
  return verifyBatchSignature(writer, batchHash(writer, batch, previous, root), size, signature);
}

function fromHex(text: string): Buffer | null {
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, "hex") : null;
}

/** Strict: padded, no other alphabet, no spare bits. */
function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}
