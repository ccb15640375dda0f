import { consistencyRanges, inclusionRanges, type LeafRange } from "../../../schema/ledger/ranges.js";
import { rootFromTiles, tilesFor } from "../../../schema/ledger/tile.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { readTiles } from "./read-tiles.js";

/** The hashes (hex) that lead from leaf `index` to the root of the tree of `size` leaves. Throws RangeError, or TileFault where the tiles have not so many. */
export function proveInclusion(em: EntityManager, index: number, size: number): Promise<string[]> {
  return hashesOf(em, inclusionRanges(index, size));
}

/** The hashes (hex) that prove the tree of `from` leaves a beginning of that of `to`. Throws RangeError unless 1 ≤ from ≤ to, or TileFault. */
export function proveConsistency(em: EntityManager, from: number, to: number): Promise<string[]> {
  return hashesOf(em, consistencyRanges(from, to));
}

/** The root of the tree of the first `size` leaves, at least one. Throws TileFault. */
export async function rootAt(em: EntityManager, size: number): Promise<Buffer> {
  const whole = { start: 0, end: size };
  return rootFromTiles(whole, await readTiles(em, tilesFor([whole])));
}

async function hashesOf(em: EntityManager, ranges: readonly LeafRange[]): Promise<string[]> {
  const tiles = await readTiles(em, tilesFor(ranges));
  return ranges.map((range) => rootFromTiles(range, tiles).toString("hex"));
}
