import { generateKeyPairSync } from "node:crypto";
import { type Batch, batchHash, noBatch, signBatch } from "../../schema/ledger/batch.js";
import { type MerkleTree, merkleTree } from "../../schema/ledger/merkle.js";
import type { BatchOpenings } from "../../schema/ledger/openings.js";
import type { LeafReceipt } from "../../schema/ledger/receipt.js";
import type { SealedLeaf } from "./draft.js";

/** A batch that is ready to be written, and the receipts that it is worth once it is. */
export interface SealedBatch {
  readonly batch: Batch;
  readonly openings: BatchOpenings;
  /** For the leaf at this place. Give it to nobody before the batch is acknowledged. */
  receipt(ordinal: number): LeafReceipt;
}

/** A chain of batches under one key. The key is made here, never leaves the process and dies with the epoch. */
export interface Epoch {
  /** Raw Ed25519 public key. */
  readonly writer: Buffer;
  /** Batches acknowledged, and the hash of the last. */
  readonly acknowledged: { readonly batches: number; readonly head: Uint8Array };
  /** The next batch. INVARIANT: no second one is sealed before the first is acknowledged; one that is not ends the epoch. */
  seal(leaves: readonly SealedLeaf[]): SealedBatch;
  acknowledge(sealed: SealedBatch): void;
}

/** Begins an epoch with a fresh key. */
export function openEpoch(): Epoch {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const writer = Buffer.from(publicKey.export({ format: "jwk" }).x as string, "base64url");
  let acknowledged = { batches: 0, head: noBatch };
  return {
    writer,
    get acknowledged() {
      return acknowledged;
    },
    seal(leaves) {
      const tree = merkleTree(leaves.map(({ hash }) => hash));
      const { batches: seq, head: previous } = acknowledged;
      const hash = batchHash(writer, seq, previous, tree.root);
      const signature = signBatch(hash, leaves.length, privateKey);
      const batch = {
        writer,
        seq,
        previous,
        root: tree.root,
        hash,
        signature,
        leaves: leaves.map(({ bytes }) => bytes),
      };
      return {
        batch,
        openings: leaves.map(({ openings }) => openings),
        receipt: receiptsOf(batch, tree, leaves),
      };
    },
    acknowledge({ batch }) {
      acknowledged = { batches: batch.seq + 1, head: batch.hash };
    },
  };
}

/** Writes what all leaves of a batch have in common once: most nodes are in many of its paths. */
function receiptsOf(batch: Batch, tree: MerkleTree, leaves: readonly SealedLeaf[]): SealedBatch["receipt"] {
  const [writer, previous] = [hex(batch.writer), hex(batch.previous)];
  const signature = Buffer.from(batch.signature).toString("base64");
  const written = new Map<Buffer, string>();
  const nodeHex = (node: Buffer): string => {
    let text = written.get(node);
    if (text === undefined) {
      text = hex(node);
      written.set(node, text);
    }
    return text;
  };
  return (ordinal) => ({
    leafHash: hex((leaves[ordinal] as SealedLeaf).hash),
    ...{ writer, batch: batch.seq, ordinal, size: leaves.length },
    path: tree.path(ordinal).map(nodeHex),
    ...{ previous, signature },
  });
}

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
