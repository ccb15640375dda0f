/**
 * The tree in tiles (C2SP tlog-tiles): tile N of level L holds up to 256 hashes of the tree's level 8·L, from 256·N on. A full tile never changes; the
 * last one of each level grows at its end. Eight levels stand in one tile: those between are put together from it.
 */
import { hashBytes, merkleRoot } from "./merkle.js";
import { type LeafRange, nodesOf, rootOfRange, type TreeNode } from "./ranges.js";

/** Hashes of a full tile. */
export const tileWidth = 256;
const tileHeight = 8;

export interface Tile {
  readonly level: number;
  readonly number: number;
}

/** A tile with its hashes, one after the other. */
export interface FilledTile extends Tile {
  readonly hashes: Uint8Array;
}

/** The name by which a tile is looked up. */
export const tileName = ({ level, number }: Tile): string => `${level}/${number}`;

/** The tile in which a node stands, or is put together. */
export function tileOf({ level, index }: TreeNode): Tile {
  const first = index * 2 ** (level % tileHeight);
  return { level: Math.floor(level / tileHeight), number: Math.floor(first / tileWidth) };
}

/** The tiles that it takes to hash these runs, each once. */
export function tilesFor(ranges: readonly LeafRange[]): Tile[] {
  const tiles = new Map(ranges.flatMap(nodesOf).map((node) => [tileName(tileOf(node)), tileOf(node)]));
  return [...tiles.values()];
}

/** A tile that is missing, or too short for the tree it is said to be of. */
export class TileFault extends Error {
  override readonly name = "TileFault";
}

/** The root over a run of leaves, from tiles by `tileName`. Throws TileFault where one is missing or too short. */
export function rootFromTiles(range: LeafRange, tiles: ReadonlyMap<string, Uint8Array>): Buffer {
  return rootOfRange(range, ({ level, index }) => {
    const width = 2 ** (level % tileHeight);
    const tile = tileOf({ level, index });
    const hashes = tiles.get(tileName(tile));
    const first = (index * width) % tileWidth;
    if (hashes === undefined || hashes.length < (first + width) * hashBytes)
      throw new TileFault(`tile ${tile.number} of level ${tile.level} has no hash ${first + width - 1}`);
    return merkleRoot(splitHashes(hashes.subarray(first * hashBytes, (first + width) * hashBytes)));
  });
}

/** A tile's hashes, one by one. */
export function splitHashes(hashes: Uint8Array): Uint8Array[] {
  return Array.from({ length: hashes.length / hashBytes }, (_, place) =>
    hashes.subarray(place * hashBytes, (place + 1) * hashBytes),
  );
}

/** The last tiles of a tree, one for each level on which the last tile is not full: what it takes to go on from there. */
export function edgeTiles(size: number): Tile[] {
  return lastTiles(size)
    .filter(({ width }) => width < tileWidth)
    .map(({ level, number }) => ({ level, number }));
}

/** Every tile of a tree with its number of hashes, level by level. With `from`: only those that a tree of that size has not, or not whole. */
export function* eachTile(size: number, from = 0): Generator<Tile & { readonly width: number }> {
  for (let level = 0, hashes = size, had = from; hashes > 0; level++) {
    for (let number = Math.floor(had / tileWidth); number * tileWidth < hashes; number++)
      yield { level, number, width: Math.min(tileWidth, hashes - number * tileWidth) };
    hashes = Math.floor(hashes / tileWidth);
    had = Math.floor(had / tileWidth);
  }
}

/** As `eachTile`, the last tile of each level alone. */
export function lastTiles(size: number): (Tile & { width: number })[] {
  const last: (Tile & { width: number })[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / tileWidth)) {
    const number = Math.floor((hashes - 1) / tileWidth);
    last.push({ level, number, width: hashes - number * tileWidth });
  }
  return last;
}

/** The path of a tile below its folder: `tile/0/x001/067`, and `.p/112` behind it where it is not full. */
export function tilePath(level: number | "entries", number: number, width: number): string {
  const digits = String(number).padStart(Math.ceil(String(number).length / 3) * 3, "0");
  const groups = digits.match(/\d{3}/g) ?? [];
  const path = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${path}${width < tileWidth ? `.p/${width}` : ""}`;
}

/**
 * The tiles that change when leaves are added to a tree of `size`, given its `edgeTiles`: filled, and grown. Throws TileFault where the edge does not fit the size.
 */
export function growTiles(
  size: number,
  edge: ReadonlyMap<string, Uint8Array>,
  leafHashes: readonly Uint8Array[],
): FilledTile[] {
  const changed: FilledTile[] = [];
  let added = leafHashes;
  for (let level = 0, had = size; added.length > 0; level++, had = Math.floor(had / tileWidth)) {
    let number = Math.floor(had / tileWidth);
    let hashes = splitHashes(partialTile({ level, number }, had % tileWidth, edge));
    const above: Uint8Array[] = [];
    for (let taken = 0; taken < added.length; number++, hashes = []) {
      const more = added.slice(taken, taken + tileWidth - hashes.length);
      taken += more.length;
      const all = [...hashes, ...more];
      changed.push({ level, number, hashes: Buffer.concat(all) });
      if (all.length === tileWidth) above.push(merkleRoot(all));
    }
    added = above;
  }
  return changed;
}

function partialTile(tile: Tile, width: number, edge: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const hashes = width === 0 ? new Uint8Array() : edge.get(tileName(tile));
  if (hashes?.length !== width * hashBytes)
    throw new TileFault(`tile ${tile.number} of level ${tile.level} has not the ${width} hashes of its tree`);
  return hashes;
}
