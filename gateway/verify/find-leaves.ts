import { exportFiles } from "../../schema/ledger/export-files.js";
import type { AccessLeaf } from "../../schema/ledger/leaf.js";
import { parseLeaf } from "../../schema/ledger/leaf-bytes.js";
import { openExportFolder } from "./export-folder.js";
import { fromLines, fromTiles } from "./exported-leaves.js";
import { readMinimum } from "./verify-export.js";

/** An access leaf of an export. */
export interface FoundLeaf {
  readonly index: number;
  /** Null: it is past retention, and its hash stands in the tree. */
  readonly leaf: AccessLeaf | null;
}

/** Looks for access leaves, by their hashes (hex), in an export of `size` leaves that was verified. */
export async function findLeaves(
  folder: string,
  size: number,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, FoundLeaf>> {
  const opened = openExportFolder(folder);
  const lines = (await opened.text(exportFiles.state))?.includes('"format":"jsonl"') === true;
  const minimum = await readMinimum(opened);
  const source = lines ? fromLines(opened, minimum) : fromTiles(opened, minimum);
  const wanted = new Set(hashes);
  const found = new Map<string, FoundLeaf>();
  let first = 0;
  for await (const { leaves, hashes: own } of source(size, () => undefined)) {
    for (const [place, hash] of own.entries()) {
      const name = hash.toString("hex");
      if (!wanted.has(name)) continue;
      const leaf = leaves === null ? null : parseLeaf(leaves[place] as Uint8Array);
      if (leaf === null || leaf.type === "ACCESS") found.set(name, { index: first + place, leaf });
    }
    first += own.length;
  }
  return found;
}
