import { edgeTiles, growTiles, rootFromTiles, TileFault, tileName } from "../../../schema/ledger/tile.js";
import type { EntityManager } from "../../kit/subgraph.js";
import type { Sealer } from "./open-sealer.js";
import { rootAt } from "./prove.js";
import { readCheckpoint } from "./read-checkpoint.js";
import { readTiles } from "./read-tiles.js";
import { TreeFault } from "./tree-fault.js";

/**
 * Adds leaves to the tree of `size` and signs the new one, in the transaction in which they are numbered. Returns the note, to be remembered once that is
 * committed. Before anything is signed the tree is held against the last checkpoint and against what this machine signed last. Throws TreeFault.
 */
export async function growTree(
  transaction: EntityManager,
  sealer: Sealer,
  size: number,
  leafHashes: readonly Buffer[],
  at: Date,
): Promise<string> {
  try {
    const edge = await readTiles(transaction, edgeTiles(size));
    await holdAgainstSigned(transaction, sealer, size, edge);
    const grown = growTiles(size, edge, leafHashes);
    for (const { level, number, hashes } of grown)
      await transaction.execute(
        `insert into audit.audit_tile (level, number, hashes) values (?, ?, ?::bytea)
         on conflict (level, number) do update set hashes = excluded.hashes`,
        [level, number, hashes],
      );
    const end = size + leafHashes.length;
    const tiles = new Map([...edge, ...grown.map((tile) => [tileName(tile), tile.hashes] as const)]);
    const root = rootFromTiles({ start: 0, end }, tiles);
    const note = sealer.sign({ size: end, root }, at);
    await transaction.execute(
      `insert into audit.audit_checkpoint (size, root, note, verifier, signed_at, lag_ms)
       select ?, ?::bytea, ?, ?, ?::timestamptz, greatest(0, extract(epoch from clock_timestamp() - min(written_at)) * 1000)::int
       from audit.audit_batch where first_index >= ?`,
      [end, root, note, sealer.verifier.text, at.toISOString(), size],
    );
    return note;
  } catch (error) {
    if (error instanceof TileFault) throw new TreeFault(error.message);
    throw error;
  }
}

async function holdAgainstSigned(
  em: EntityManager,
  { open, remembered }: Sealer,
  size: number,
  edge: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const checkpoint = await readCheckpoint(em);
  if ((checkpoint?.size ?? 0) !== size)
    throw new TreeFault(`${size} leaves are numbered, and the last checkpoint is of ${checkpoint?.size ?? 0}`);
  const root = size === 0 ? null : rootFromTiles({ start: 0, end: size }, edge);
  if (checkpoint !== null) {
    const signed = open(checkpoint.note);
    if (signed.size !== size || root?.equals(signed.root) !== true)
      throw new TreeFault(`the tree of ${size} leaves is not the one that was signed`);
  }
  if (remembered === null) return;
  if (remembered.size > size)
    throw new TreeFault(
      `the log has ${size} leaves, and ${remembered.size} were signed here: it was cut, or restored from an old backup`,
    );
  const then = remembered.size === size ? root : await rootAt(em, remembered.size);
  if (then?.equals(remembered.root) !== true)
    throw new TreeFault(
      `the tree of ${remembered.size} leaves is not the one that was signed here: the log was forked`,
    );
}
