import { hashBytes, nodeHash } from "./merkle.js";
import { largestPower } from "./ranges.js";

/** A tree as a checkpoint names it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether `path` proves that the older tree is a beginning of the newer one (RFC 9162, 2.1.4.2). Refuses empty trees. Never throws. */
export function verifyConsistency(older: TreeHead, newer: TreeHead, path: readonly Uint8Array[]): boolean {
  const { size: from } = older;
  const { size: to } = newer;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || from > to) return false;
  if ([older.root, newer.root, ...path].some((hash) => hash.length !== hashBytes)) return false;
  if (from === to) return path.length === 0 && same(older.root, newer.root);

  const hashes = largestPower(from) === from ? [older.root, ...path] : path;
  const [first, ...rest] = hashes;
  if (first === undefined) return false;
  let place = from - 1;
  let last = to - 1;
  while (place % 2 === 1) {
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  let before = first;
  let after = first;
  for (const hash of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      before = nodeHash(hash, before);
      after = nodeHash(hash, after);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else after = nodeHash(after, hash);
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && same(before, older.root) && same(after, newer.root);
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
