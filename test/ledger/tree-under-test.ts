import { leafHash, merkleRoot, nodeHash } from "../../schema/ledger/merkle.js";
import type { LeafRange } from "../../schema/ledger/ranges.js";
import { growTiles, rootFromTiles, tileName } from "../../schema/ledger/tile.js";

export const hex = (hash: Uint8Array): string => Buffer.from(hash).toString("hex");

/** The reference inputs of Certificate Transparency. */
export const referenceLeaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((input) => leafHash(Buffer.from(input, "hex")));

export const manyLeaves = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)));

/** RFC 6962, 2.1, word for word: the recursion at the largest power of two, remembered. */
export function openNaiveTree(leaves: readonly Uint8Array[]) {
  const known = new Map<string, Uint8Array>();
  const splitOf = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1);

  function root(start: number, end: number): Uint8Array {
    if (end - start === 1) return leaves[start] as Uint8Array;
    if (end === start) return merkleRoot([]);
    const key = `${start} ${end}`;
    const middle = start + splitOf(end - start);
    const hash = known.get(key) ?? nodeHash(root(start, middle), root(middle, end));
    known.set(key, hash);
    return hash;
  }
  function path(index: number, start: number, end: number): Uint8Array[] {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return index < middle
      ? [...path(index, start, middle), root(middle, end)]
      : [...path(index, middle, end), root(start, middle)];
  }
  function subproof(from: number, start: number, end: number, complete: boolean): Uint8Array[] {
    if (from === end) return complete ? [] : [root(start, end)];
    const middle = start + splitOf(end - start);
    return from <= middle
      ? [...subproof(from, start, middle, complete), root(middle, end)]
      : [...subproof(from, middle, end, false), root(start, middle)];
  }
  return {
    root: (size: number) => root(0, size),
    node: root,
    inclusion: (index: number, size: number) => path(index, 0, size),
    consistency: (from: number, to: number) => subproof(from, 0, to, true),
  };
}

/** The tiles of a tree, added in steps of this many leaves. */
export function tilesOver(leaves: readonly Uint8Array[], step = leaves.length || 1): Map<string, Uint8Array> {
  const tiles = new Map<string, Uint8Array>();
  for (let size = 0; size < leaves.length; size += step)
    for (const tile of growTiles(size, tiles, leaves.slice(size, size + step))) tiles.set(tileName(tile), tile.hashes);
  return tiles;
}

export const hashesOf = (ranges: readonly LeafRange[], tiles: ReadonlyMap<string, Uint8Array>): Buffer[] =>
  ranges.map((range) => rootFromTiles(range, tiles));

/** The hash with one bit changed. */
export const flipBit = (hash: Uint8Array, bit: number): Buffer =>
  Buffer.from(hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
