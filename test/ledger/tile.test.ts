import { describe, expect, test } from "@jest/globals";
import { merkleRoot } from "../../schema/ledger/merkle.js";
import {
  eachTile,
  edgeTiles,
  growTiles,
  rootFromTiles,
  TileFault,
  tilePath,
  tilesFor,
} from "../../schema/ledger/tile.js";
import { hex, manyLeaves, tilesOver } from "./tree-under-test.js";

const widths = (size: number, from?: number): Record<string, number[]> => {
  const levels: Record<string, number[]> = {};
  for (const { level, width } of eachTile(size, from)) levels[level] = [...(levels[level] ?? []), width];
  return levels;
};

describe("tiles", () => {
  test("70,000 leaves: the tiles that C2SP counts", () => {
    const { 0: zero = [], ...above } = widths(70_000);
    expect(zero.filter((width) => width === 256)).toHaveLength(273);
    expect(zero.filter((width) => width < 256)).toEqual([112]);
    expect(above).toEqual({ 1: [256, 17], 2: [1] });
  });

  test("a tree that grew needs only the tiles that its beginning has not, or not whole", () => {
    expect(widths(70_000, 69_880)).toEqual({ 0: [256, 112], 1: [17], 2: [1] });
    expect(widths(256, 256)).toEqual({ 1: [1] });
  });

  test.each([
    [0, 0, 256, "tile/0/000"],
    [0, 1_234_067, 256, "tile/0/x001/x234/067"],
    [1, 67, 3, "tile/1/067.p/3"],
    [0, 1000, 1, "tile/0/x001/000.p/1"],
  ])("tile %i/%i with %i hashes stands at its C2SP path", (level, number, width, path) => {
    expect(tilePath(level, number, width)).toBe(path);
  });

  test("the root is the same however the leaves came: by ones, by sevens, across tile borders, at once", () => {
    for (const [count, step] of [
      [1000, 1],
      [3000, 7],
      [3000, 255],
      [3000, 256],
      [66_000, 66_000],
    ] as const) {
      const leaves = manyLeaves(count);
      const tiles = tilesOver(leaves, step);
      expect(hex(rootFromTiles({ start: 0, end: count }, tiles))).toBe(hex(merkleRoot(leaves)));
      expect(tiles.size).toBe([...eachTile(count)].length);
    }
  });

  test("an edge that does not fit its size is refused: nothing grows on a tree that is not there", () => {
    const leaves = manyLeaves(300);
    expect(edgeTiles(300)).toEqual([
      { level: 0, number: 1 },
      { level: 1, number: 0 },
    ]);
    expect(() => growTiles(300, new Map(), leaves)).toThrow("tile 1 of level 0 has not the 44 hashes of its tree");
    const tiles = tilesOver(leaves.slice(0, 299));
    expect(() => growTiles(300, tiles, leaves)).toThrow(TileFault);
    expect(() => rootFromTiles({ start: 0, end: 300 }, tiles)).toThrow("tile 1 of level 0 has no hash 43");
  });

  test("a proof reads a few tiles, whatever the size of the log", () => {
    expect(tilesFor([{ start: 0, end: 2 ** 40 + 5 }])).toHaveLength(2);
  });
});
