import { exportFiles } from "../../schema/ledger/export-files.js";
import type { AccessLeaf } from "../../schema/ledger/leaf.js";
import { parseLeaf } from "../../schema/ledger/leaf-bytes.js";
import { openExportFolder } from "./export-folder.js";
import { fromLines, fromTiles } from "./exported-leaves.js";

/** An access leaf of an export. */
export interface FoundLeaf {
  readonly index: number;
  readonly leaf: AccessLeaf;
}

/** Looks for access leaves, by their hashes (hex), in an export of `size` leaves that was verified. */
export async function findLeaves(
  folder: string,
  size: number,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, FoundLeaf>> {
  const opened = openExportFolder(folder);
  const lines = (await opened.text(exportFiles.state))?.includes('"format":"jsonl"') === true;
  const source = lines ? fromLines(opened) : fromTiles(opened);
  const wanted = new Set(hashes);
  const found = new Map<string, FoundLeaf>();
  let first = 0;
  for await (const { leaves, hashes: own } of source(size, () => undefined)) {
    for (const [place, hash] of own.entries()) {
      const name = hash.toString("hex");
      if (!wanted.has(name)) continue;
      const leaf = parseLeaf(leaves[place] as Uint8Array);
      if (leaf.type === "ACCESS") found.set(name, { index: first + place, leaf });
    }
    first += leaves.length;
  }
  return found;
}
