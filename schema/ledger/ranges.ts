/**
 * Proofs as runs of leaves. RFC 6962, 2.1, defines every hash of a proof as the root over a run of consecutive leaves; here the run is named first, and
 * its hash is then put together from perfect subtrees, which never change once their leaves are there. So one set of stored nodes proves every size.
 */
import { nodeHash } from "./merkle.js";

/** Leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** A perfect subtree: the root over the 2^level leaves from index × 2^level. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** The runs whose roots are the path of leaf `index` in the tree of `size`, nearest first. Throws RangeError for a leaf that is not in it. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!isCount(index) || !isCount(size) || index >= size)
    throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  const ranges: LeafRange[] = [];
  let whole: LeafRange = { start: 0, end: size };
  while (whole.end - whole.start > 1) {
    const middle = whole.start + largestPowerBelow(whole.end - whole.start);
    const [left, right] = [
      { start: whole.start, end: middle },
      { start: middle, end: whole.end },
    ];
    const inLeft = index < middle;
    ranges.push(inLeft ? right : left);
    whole = inLeft ? left : right;
  }
  return ranges.reverse();
}

/**
 * The runs whose roots prove that the tree of `from` leaves is a beginning of that of `to` (RFC 6962, 2.1.2); none where they are one tree.
 * Throws RangeError unless 1 ≤ from ≤ to: an empty tree is the beginning of every tree, which proves nothing.
 */
export function consistencyRanges(from: number, to: number): LeafRange[] {
  if (!isCount(from) || !isCount(to) || from < 1 || from > to)
    throw new RangeError(`there is no proof from ${from} to ${to}: expected 1 ≤ from ≤ to`);
  const ranges: LeafRange[] = [];
  let whole: LeafRange = { start: 0, end: to };
  let known = true;
  while (whole.end !== from) {
    const middle = whole.start + largestPowerBelow(whole.end - whole.start);
    if (from <= middle) {
      ranges.push({ start: middle, end: whole.end });
      whole = { start: whole.start, end: middle };
    } else {
      ranges.push({ start: whole.start, end: middle });
      whole = { start: middle, end: whole.end };
      known = false;
    }
  }
  if (!known) ranges.push(whole);
  return ranges.reverse();
}

/** The perfect subtrees of a run, from left to right. The run begins where a subtree of its size may begin, as those above do. */
export function nodesOf({ start, end }: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = start; at < end; ) {
    const width = largestPower(end - at);
    nodes.push({ level: Math.log2(width), index: at / width });
    at += width;
  }
  return nodes;
}

/** The root over a run that is not empty, from the hashes of its perfect subtrees. */
export function rootOfRange(range: LeafRange, hashOf: (node: TreeNode) => Uint8Array): Buffer {
  const [last, ...others] = nodesOf(range).reverse().map(hashOf);
  if (last === undefined) throw new RangeError(`there are no leaves from ${range.start} to ${range.end}`);
  return others.reduce<Buffer>((right, left) => nodeHash(left, right), Buffer.from(last));
}

/** The largest power of two that is at most `size`. By doubling: a logarithm is rounded, and wrong above 2^48. */
export function largestPower(size: number): number {
  let power = 1;
  while (power * 2 <= size) power *= 2;
  return power;
}

/** The RFC's k: the largest power of two below `size`. */
const largestPowerBelow = (size: number): number => largestPower(size - 1);

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
