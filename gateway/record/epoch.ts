import { generateKeyPairSync } from "node:crypto";
import { type Batch, batchHash, noBatch, signBatch } from "../../schema/ledger/batch.js";
import type { PlacedOpening } from "../../schema/ledger/log-store.js";
import { type MerkleTree, merkleTree } from "../../schema/ledger/merkle.js";
import type { LeafReceipt } from "../../schema/ledger/receipt.js";
import type { SealedLeaf } from "./draft.js";

/** A batch that is ready to be written, and the receipts that it is worth once it is. */
export interface SealedBatch {
  readonly batch: Batch;
  readonly openings: readonly PlacedOpening[];
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
        openings: leaves.flatMap(({ openings }, ordinal) => openings.map((opening) => ({ ...opening, ordinal }))),
        receipt: (ordinal) => receiptFor(batch, tree, leaves, ordinal),
      };
    },
    acknowledge({ batch }) {
      acknowledged = { batches: batch.seq + 1, head: batch.hash };
    },
  };
}

function receiptFor(batch: Batch, tree: MerkleTree, leaves: readonly SealedLeaf[], ordinal: number): LeafReceipt {
  return {
    leafHash: hex((leaves[ordinal] as SealedLeaf).hash),
    writer: hex(batch.writer),
    batch: batch.seq,
    ordinal,
    size: leaves.length,
    path: tree.path(ordinal).map(hex),
    previous: hex(batch.previous),
    signature: Buffer.from(batch.signature).toString("base64"),
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
