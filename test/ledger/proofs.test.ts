import { describe, expect, test } from "@jest/globals";
import { merkleRoot, verifyInclusion } from "../../schema/ledger/merkle.js";
import {
  consistencyRanges,
  inclusionRanges,
  type LeafRange,
  nodesOf,
  rootOfRange,
} from "../../schema/ledger/ranges.js";
import { verifyConsistency } from "../../schema/ledger/verify-consistency.js";
import { flipBit, hashesOf, hex, manyLeaves, openNaiveTree, referenceLeaves, tilesOver } from "./tree-under-test.js";

const node67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const node23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const node45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const node4to7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const root4 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
const leaf = (index: number): string => hex(referenceLeaves[index] as Buffer);
const everyBit = Array.from({ length: 256 }, (_, bit) => bit);
const same = (one: readonly Uint8Array[], other: readonly Uint8Array[]): boolean =>
  one.length === other.length && Buffer.concat(one).equals(Buffer.concat(other));
const tree = (size: number) => ({ size, root: merkleRoot(referenceLeaves.slice(0, size)) });

describe("proofs from tiles", () => {
  const tiles = tilesOver(referenceLeaves);

  test.each([
    [5, 8, [leaf(4), node67, root4]],
    [1, 5, [leaf(0), node23, leaf(4)]],
    [0, 1, []],
  ])("the known path of leaf %i in the tree of %i", (index, size, hashes) => {
    expect(hashesOf(inclusionRanges(index, size), tiles).map(hex)).toEqual(hashes);
  });

  test.each([
    [1, 8, [leaf(1), node23, node4to7]],
    [6, 8, [node45, node67, root4]],
    [8, 8, []],
  ])("the known proof that the tree of %i is a beginning of that of %i", (from, to, hashes) => {
    expect(hashesOf(consistencyRanges(from, to), tiles).map(hex)).toEqual(hashes);
  });

  test("agree with the recursion of the RFC for every leaf and every pair of sizes up to 300, and hold", () => {
    const leaves = manyLeaves(300);
    const naive = openNaiveTree(leaves);
    const hashOf = (range: LeafRange) =>
      rootOfRange(range, ({ level, index }) => naive.node(index * 2 ** level, (index + 1) * 2 ** level));
    const wrong: string[] = [];
    for (let size = 1; size <= 300; size++) {
      const newer = { size, root: naive.root(size) };
      for (let index = 0; index < size; index++) {
        const path = inclusionRanges(index, size).map(hashOf);
        const proves = verifyInclusion(leaves[index] as Buffer, index, size, path, newer.root);
        if (!proves || !same(path, naive.inclusion(index, size))) wrong.push(`leaf ${index} in ${size}`);
        const from = index + 1;
        const proof = consistencyRanges(from, size).map(hashOf);
        const holds = verifyConsistency({ size: from, root: naive.root(from) }, newer, proof);
        if (!holds || !same(proof, naive.consistency(from, size))) wrong.push(`${from} in ${size}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("from tiles are the same, on both sides of a tile's border", () => {
    const leaves = manyLeaves(300);
    const naive = openNaiveTree(leaves);
    const many = tilesOver(leaves, 7);
    for (const size of [255, 256, 257, 300])
      for (const place of [0, 100, 254]) {
        expect(same(hashesOf(inclusionRanges(place, size), many), naive.inclusion(place, size))).toBe(true);
        expect(same(hashesOf(consistencyRanges(place + 1, size), many), naive.consistency(place + 1, size))).toBe(true);
      }
  });

  test("every single-bit change of a consistency proof or of a root is refused, at every pair of sizes up to 8", () => {
    for (let to = 1; to <= 8; to++)
      for (let from = 1; from <= to; from++) {
        const proof = hashesOf(consistencyRanges(from, to), tiles);
        const holds = (older = tree(from), newer = tree(to), path: readonly Uint8Array[] = proof) =>
          verifyConsistency(older, newer, path);
        expect(holds()).toBe(true);
        const older = tree(from);
        const newer = tree(to);
        const accepted = everyBit.filter(
          (bit) =>
            proof.some((hash, place) => holds(older, newer, proof.with(place, flipBit(hash, bit)))) ||
            holds({ size: from, root: flipBit(older.root, bit) }) ||
            holds(older, { size: to, root: flipBit(newer.root, bit) }),
        );
        expect(accepted).toEqual([]);
        expect(holds(undefined, undefined, [...proof, tree(1).root])).toBe(false);
        for (let place = 0; place < proof.length; place++)
          expect(holds(undefined, undefined, proof.toSpliced(place, 1))).toBe(false);
        for (let size = 0; size <= 9; size++) {
          if (size !== from) expect(holds({ ...tree(from), size })).toBe(false);
        }
      }
  });

  test("every single-bit change of an inclusion proof, leaf or root is refused, at every size up to 8", () => {
    for (let size = 1; size <= 8; size++)
      for (let index = 0; index < size; index++) {
        const path = hashesOf(inclusionRanges(index, size), tiles);
        const { root } = tree(size);
        const own = referenceLeaves[index] as Buffer;
        const accepted = everyBit.filter(
          (bit) =>
            path.some((hash, at) => verifyInclusion(own, index, size, path.with(at, flipBit(hash, bit)), root)) ||
            verifyInclusion(flipBit(own, bit), index, size, path, root) ||
            verifyInclusion(own, index, size, path, flipBit(root, bit)),
        );
        expect(accepted).toEqual([]);
      }
  });

  test.each([
    [0, 0],
    [0, 8],
    [9, 8],
    [-1, 8],
    [1.5, 8],
    [Number.NaN, 8],
    [1, Number.POSITIVE_INFINITY],
  ])("there is no proof from %d to %d, and none that would hold", (from, to) => {
    expect(() => consistencyRanges(from, to)).toThrow("expected 1 ≤ from ≤ to");
    expect(verifyConsistency({ ...tree(1), size: from }, { ...tree(8), size: to }, [])).toBe(false);
  });

  test("hashes of another length are refused", () => {
    const proof = hashesOf(consistencyRanges(1, 2), tiles);
    expect(verifyConsistency(tree(1), tree(2), [Buffer.alloc(31)])).toBe(false);
    expect(verifyConsistency({ size: 1, root: Buffer.alloc(0) }, tree(2), proof)).toBe(false);
  });

  test("a run is put together from the fewest perfect subtrees, up to the largest sizes", () => {
    expect(nodesOf({ start: 4, end: 7 })).toEqual([
      { level: 1, index: 2 },
      { level: 0, index: 6 },
    ]);
    expect(nodesOf({ start: 0, end: 2 ** 52 - 1 })).toHaveLength(52);
  });
});
