import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { BatchLine } from "../../../schema/ledger/check-batches.js";
import { type ExportFormat, exportFiles, writeLeafLine } from "../../../schema/ledger/export-files.js";
import { parseLeaf } from "../../../schema/ledger/leaf-bytes.js";
import { leafHash } from "../../../schema/ledger/merkle.js";
import { tileWidth } from "../../../schema/ledger/tile.js";
import type { EntityManager } from "../../kit/subgraph.js";
import type { StoredBatch } from "../integrate/read-batches.js";
import { placeOf, readOpenings } from "../integrate/read-openings.js";
import { readCheckpoint } from "../tree/read-checkpoint.js";
import { ExportFault } from "./export-fault.js";
import { exportHashTiles, openBundles, removeOldEdge } from "./export-tiles.js";
import { growFile } from "./grow-file.js";
import { readBatchesOf } from "./read-leaves.js";
import { readState } from "./read-state.js";
import { tableHead, tableRows } from "./table-rows.js";
import { writeWhole } from "./write-whole.js";

export interface ExportOptions {
  readonly folder: string;
  readonly format: ExportFormat;
  /** Called with how many leaves are written, of how many. */
  readonly progress: (done: number, all: number) => void;
}

/** What was exported: the leaves from `from` up to `size`. */
export interface Exported {
  readonly from: number;
  readonly size: number;
}

/**
 * Writes the log up to its latest checkpoint into a folder, going on where an earlier export ended. The checkpoint is written last: an export that was broken
 * off is gone on with as if it had not begun. Throws ExportFault.
 */
export async function exportLog(em: EntityManager, { folder, format, progress }: ExportOptions): Promise<Exported> {
  const checkpoint = await readCheckpoint(em);
  if (checkpoint === null) throw new ExportFault("there is no checkpoint yet: nothing was recorded and integrated");
  const { size } = checkpoint;
  const { size: from, lengths } = await readState(em, folder, format, checkpoint);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (from === 0) await writeWhole(folder, exportFiles.key, `${checkpoint.verifier}\n`);

  const batches = await growFile(path.join(folder, exportFiles.batches), lengths[exportFiles.batches] ?? 0);
  const sink = await openSink(em, folder, format, from, lengths);
  for await (const batch of readBatchesOf(em, sink.from, size)) {
    if ((batch.firstIndex as number) >= from) await batches.write(`${JSON.stringify(lineOf(batch))}\n`);
    await sink.take(batch);
    progress((batch.firstIndex as number) + batch.leaves.length, size);
  }
  if (format === "tiles") await exportHashTiles(em, folder, from, size);
  const grown = { [exportFiles.batches]: await batches.close(), ...(await sink.close()) };
  await writeWhole(folder, exportFiles.state, `${JSON.stringify({ format, size, lengths: grown })}\n`);
  await writeWhole(folder, exportFiles.checkpoint, checkpoint.note);
  if (format !== "tiles") return { from, size };
  await removeOldEdge(folder, from, size);
  await em.execute("insert into audit.audit_export (size) values (?)", [size]);
  return { from, size };
}

/** Where leaves go. */
interface Sink {
  /** The first leaf that it needs. */
  readonly from: number;
  take(batch: StoredBatch): Promise<void>;
  /** Resolves with the lengths of the files that grew. */
  close(): Promise<Readonly<Record<string, number>>>;
}

async function openSink(
  em: EntityManager,
  folder: string,
  format: ExportFormat,
  from: number,
  lengths: Readonly<Record<string, number>>,
): Promise<Sink> {
  if (format === "tiles") return tileSink(folder, from);
  const name = format === "jsonl" ? exportFiles.lines : exportFiles.table;
  const file = await growFile(path.join(folder, name), lengths[name] ?? 0);
  if (format === "csv" && from === 0) await file.write(tableHead);
  return {
    from,
    async take(batch) {
      const openings = format === "csv" ? await readOpenings(em, [batch]) : null;
      for (const [ordinal, leaf] of batch.leaves.entries()) {
        const index = (batch.firstIndex as number) + ordinal;
        const hash = leafHash(leaf).toString("hex");
        await file.write(
          openings === null
            ? writeLeafLine(index, hash, leaf)
            : tableRows(parseLeaf(leaf), { index, leafHash: hash }, openings.get(placeOf(batch, ordinal)) ?? []),
        );
      }
    },
    close: async () => ({ [name]: await file.close() }),
  };
}

/** The bundle that was not full is written again from its first leaf. */
function tileSink(folder: string, from: number): Sink {
  const first = Math.floor(from / tileWidth) * tileWidth;
  const bundles = openBundles(folder, first);
  return {
    from: first,
    async take({ firstIndex, leaves }) {
      for (const [ordinal, leaf] of leaves.entries())
        if ((firstIndex as number) + ordinal >= first) await bundles.add(leaf);
    },
    async close() {
      await bundles.end();
      return {};
    },
  };
}

function lineOf({ firstIndex, leaves, writer, seq, signature }: StoredBatch): BatchLine {
  return {
    first: firstIndex as number,
    leaves: leaves.length,
    writer: Buffer.from(writer).toString("hex"),
    seq,
    signature: Buffer.from(signature).toString("base64"),
  };
}
