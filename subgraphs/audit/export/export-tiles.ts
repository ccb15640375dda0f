import { rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { encodeBundle } from "../../../schema/ledger/bundle.js";
import { hashBytes } from "../../../schema/ledger/merkle.js";
import { eachTile, lastTiles, type Tile, tileName, tilePath, tileWidth } from "../../../schema/ledger/tile.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { readTiles } from "../tree/read-tiles.js";
import { ExportFault } from "./export-fault.js";
import { writeWhole } from "./write-whole.js";

/** Tiles read at once. */
const stepTiles = 256;

/** Writes the hash tiles that a tree of `from` leaves has not, or not whole. */
export async function exportHashTiles(em: EntityManager, folder: string, from: number, size: number): Promise<void> {
  await writeTiles(em, folder, eachTile(size, from));
}

/** Writes the hashes of the leaves below `minimum`, a multiple of 256: they stand for leaves past retention. */
export async function exportHashesBelow(em: EntityManager, folder: string, minimum: number): Promise<void> {
  const numbers = Array.from({ length: minimum / tileWidth }, (_, number) => number);
  await writeTiles(
    em,
    folder,
    numbers.map((number) => ({ level: 0, number, width: tileWidth })),
  );
}

async function writeTiles(
  em: EntityManager,
  folder: string,
  tiles: Iterable<Tile & { readonly width: number }>,
): Promise<void> {
  let step: (Tile & { readonly width: number })[] = [];
  const write = async (): Promise<void> => {
    const stored = await readTiles(em, step);
    for (const { level, number, width } of step) {
      const hashes = stored.get(tileName({ level, number }))?.subarray(0, width * hashBytes);
      if (hashes?.length !== width * hashBytes)
        throw new ExportFault(`the database has not the ${width} hashes of tile ${number} of level ${level}`);
      await writeTile(folder, level, number, hashes, width);
    }
    step = [];
  };
  for (const tile of tiles) {
    step.push(tile);
    if (step.length === stepTiles) await write();
  }
  await write();
}

/** Collects leaves in bundles of 256 and writes each as it is full, and the last as it is at the end. */
export function openBundles(
  folder: string,
  from: number,
): { add(leaf: Uint8Array): Promise<void>; end(): Promise<void> } {
  let number = Math.floor(from / tileWidth);
  let leaves: Uint8Array[] = [];
  const write = async (): Promise<void> => {
    if (leaves.length > 0) await writeTile(folder, "entries", number, encodeBundle(leaves), leaves.length);
    number += 1;
    leaves = [];
  };
  return {
    async add(leaf) {
      leaves.push(leaf);
      if (leaves.length === tileWidth) await write();
    },
    end: write,
  };
}

const writeTile = (folder: string, level: number | "entries", number: number, content: Uint8Array, width: number) =>
  writeWhole(folder, tilePath(level, number, width), content);

/** Takes away the tiles that were not full at `from` leaves and have grown since. Call it once nothing needs them any more. */
export async function removeOldEdge(folder: string, from: number, size: number): Promise<void> {
  const edge = (leaves: number): string[] =>
    lastTiles(leaves)
      .filter(({ width }) => width < tileWidth)
      .flatMap(({ level, number, width }) =>
        (level === 0 ? [level, "entries" as const] : [level]).map((one) => tilePath(one, number, width)),
      );
  const kept = new Set(edge(size));
  for (const file of edge(from).filter((name) => !kept.has(name))) {
    await rm(path.join(folder, file), { force: true });
    await rmdir(path.dirname(path.join(folder, file))).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY") throw error;
    });
  }
}
