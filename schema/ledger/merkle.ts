/**
 * The Merkle tree of RFC 6962, section 2.1 (unchanged in RFC 9162), and nothing home-made: other logs' clients once accepted forged proofs because
 * their tree was their own invention. Hashes are 32 bytes; indexes and sizes are whole numbers below 2^53.
 */
import { hash } from "node:crypto";

/** Bytes of a hash. */
export const hashBytes = 32;

/** By way of text, from which a Buffer is made in the pool: one made by the hash itself costs four times as much as hashing. */
const sha256 = (bytes: Uint8Array): Buffer => Buffer.from(hash("sha256", bytes, "binary"), "binary");

/** SHA-256(0x00 ‖ leaf). */
export function leafHash(leaf: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(1 + leaf.length);
  input[0] = 0x00;
  input.set(leaf, 1);
  return sha256(input);
}

/** Filled anew for every node: a verifier hashes millions of them. */
const node = Buffer.alloc(1 + 2 * hashBytes, 0x01);

/** SHA-256(0x01 ‖ left ‖ right). Throws RangeError unless both are hashes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== hashBytes || right.length !== hashBytes)
    throw new RangeError(`a node is over two hashes of ${hashBytes} bytes`);
  node.set(left, 1);
  node.set(right, 1 + hashBytes);
  return sha256(node);
}

/** A tree that was built once, for as many paths as are wanted. */
export interface MerkleTree {
  readonly root: Buffer;
  /** The siblings that lead from a leaf to the root, nearest first. Throws RangeError for an index that is not in the tree. */
  path(index: number): Buffer[];
}

/** The tree over leaf hashes in order (RFC 6962, 2.1). */
export function merkleTree(hashes: readonly Uint8Array[]): MerkleTree {
  const levels: Buffer[][] = [hashes.map((hash) => (Buffer.isBuffer(hash) ? hash : Buffer.from(hash)))];
  for (let top = levels[0] as Buffer[]; top.length > 1; levels.push(top)) top = parents(top);
  return {
    root: levels.at(-1)?.[0] ?? sha256(new Uint8Array()),
    path(index) {
      if (!Number.isSafeInteger(index) || index < 0 || index >= hashes.length)
        throw new RangeError(`leaf ${index} is not in a tree of ${hashes.length}`);
      return levels.flatMap((level, height) => level[Math.floor(index / 2 ** height) ^ 1] ?? []);
    },
  };
}

/** The root over leaf hashes in order; of none: SHA-256 of nothing. */
export const merkleRoot = (hashes: readonly Uint8Array[]): Buffer => merkleTree(hashes).root;

/** The path of leaf `index` (RFC 6962, 2.1.1). Throws RangeError for an index that is not in the tree. */
export const inclusionPath = (hashes: readonly Uint8Array[], index: number): Buffer[] => merkleTree(hashes).path(index);

/** A lone last node rises as it is: the same tree as the RFC's recursion at the largest power of two. */
function parents(level: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let place = 0; place < level.length; place += 2) {
    const left = level[place] as Buffer;
    const right = level[place + 1];
    above.push(right === undefined ? left : nodeHash(left, right));
  }
  return above;
}

/**
 * The root that a leaf's path leads to in a tree of `size` leaves (RFC 9162, 2.1.3.2); null where index, size, or number or length of the
 * hashes do not fit together. The size must come from where the root comes from: a path alone proves no size.
 */
export function rootFromPath(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Buffer | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
  if (leaf.length !== hashBytes || path.some((hash) => hash.length !== hashBytes)) return null;
  let place = index;
  let last = size - 1;
  let root: Buffer = Buffer.from(leaf);
  let used = 0;
  while (last > 0) {
    const isRight = place % 2 === 1;
    if (isRight || place < last) {
      const sibling = path[used++];
      if (sibling === undefined) return null;
      root = isRight ? nodeHash(sibling, root) : nodeHash(root, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return used === path.length ? root : null;
}

/** Whether `path` proves that `leaf` stands at `index` in the tree of `size` leaves with this root. Never throws. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  return rootFromPath(leaf, index, size, path)?.equals(root) ?? false;
}
