import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { hashBytes } from "./merkle.js";

/**
 * One link of a writer's chain: what one INSERT makes durable. `writer` is the raw Ed25519 public key of the epoch, so that a batch and a receipt
 * can be checked with nothing else at hand.
 */
export interface Batch {
  readonly writer: Uint8Array;
  /** 0 for the batch that opens the epoch, then one more each. */
  readonly seq: number;
  /** Hash of the batch before; 32 zero bytes before the first. */
  readonly previous: Uint8Array;
  /** Merkle root over the leaf hashes. */
  readonly root: Uint8Array;
  readonly hash: Uint8Array;
  readonly signature: Uint8Array;
  /** Canonical bytes, in order; 1 to `maxBatchLeaves`. */
  readonly leaves: readonly Uint8Array[];
}

/** Most leaves in one batch. */
export const maxBatchLeaves = 256;
/** `previous` of an epoch's first batch. */
export const noBatch: Uint8Array = new Uint8Array(hashBytes);

/** SHA-256(0x02 ‖ writer ‖ be64(seq) ‖ previous ‖ root): the hash that the next batch, and the signature, cover. */
export function batchHash(writer: Uint8Array, seq: number, previous: Uint8Array, root: Uint8Array): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(seq));
  return createHash("sha256")
    .update(Uint8Array.of(0x02))
    .update(writer)
    .update(place)
    .update(previous)
    .update(root)
    .digest();
}

/** What a writer signs: a label, the batch hash, and the number of leaves (be32), without which a path would prove no place. */
function statement(hash: Uint8Array, leaves: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(leaves);
  return Buffer.concat([Buffer.from("rogatory-batch-v1\n", "ascii"), hash, size]);
}

/** Ed25519 (RFC 8032) over the statement about a batch; 64 bytes. */
export function signBatch(hash: Uint8Array, leaves: number, key: KeyObject): Buffer {
  return sign(null, statement(hash, leaves), key);
}

/** Whether the writer named in the batch said so. Never throws. */
export function verifyBatchSignature(
  writer: Uint8Array,
  hash: Uint8Array,
  leaves: number,
  signature: Uint8Array,
): boolean {
  if (
    writer.length !== 32 ||
    signature.length !== 64 ||
    !Number.isInteger(leaves) ||
    leaves < 1 ||
    leaves > maxBatchLeaves
  )
    return false;
  return verify(null, statement(hash, leaves), writerKey(writer), signature);
}

function writerKey(writer: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(writer).toString("base64url") },
    format: "jwk",
  });
}
