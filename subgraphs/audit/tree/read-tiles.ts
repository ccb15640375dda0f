import { type Tile, tileName } from "../../../schema/ledger/tile.js";
import type { EntityManager } from "../../kit/subgraph.js";

/** The stored hashes of these tiles, by `tileName`; a tile that is not there is left out. */
export async function readTiles(em: EntityManager, tiles: readonly Tile[]): Promise<Map<string, Uint8Array>> {
  if (tiles.length === 0) return new Map();
  const rows = await em.execute<{ level: number; number: string | number; hashes: Uint8Array }[]>(
    `select level, number, hashes from audit.audit_tile
     where (level, number) in (${tiles.map(() => "(?, ?)").join(", ")})`,
    tiles.flatMap(({ level, number }) => [level, number]),
  );
  return new Map(rows.map(({ level, number, hashes }) => [tileName({ level, number: Number(number) }), hashes]));
}
