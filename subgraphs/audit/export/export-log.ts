import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type ExportFormat, exportFiles, writeLeafLine } from "../../../schema/ledger/export-files.js";
import { parseLeaf } from "../../../schema/ledger/leaf-bytes.js";
import { leafHash } from "../../../schema/ledger/merkle.js";
import { tileWidth } from "../../../schema/ledger/tile.js";
import type { EntityManager } from "../../kit/subgraph.js";
import type { StoredBatch } from "../integrate/read-batches.js";
import { readOpenings } from "../integrate/read-openings.js";
import { readCheckpoint } from "../tree/read-checkpoint.js";
import { ExportFault } from "./export-fault.js";
import { exportHashesBelow, exportHashTiles, openBundles, removeOldEdge } from "./export-tiles.js";
import { growFile } from "./grow-file.js";
import { readBatchesOf, readBatchLines } from "./read-leaves.js";
import { type ExportState, readState } from "./read-state.js";
import { tableHead, tableRows } from "./table-rows.js";
import { writeWhole } from "./write-whole.js";

export interface ExportOptions {
  readonly folder: string;
  readonly format: ExportFormat;
  /** Resolves once it is durable that so many leaves are taken; nothing is written before. Not called where there is nothing new. */
  readonly record: (leaves: number) => Promise<void>;
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
export async function exportLog(
  em: EntityManager,
  { folder, format, record, progress }: ExportOptions,
): Promise<Exported> {
  const checkpoint = await readCheckpoint(em);
  if (checkpoint === null) throw new ExportFault("there is no checkpoint yet: nothing was recorded and integrated");
  const { size } = checkpoint;
  const { size: from, lengths, minimum } = await readState(em, folder, format, checkpoint);
  if (from < size) await record(size - from);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (from === 0) await writeWhole(folder, exportFiles.key, `${checkpoint.verifier}\n`);

  const batches = await growFile(path.join(folder, exportFiles.batches), lengths[exportFiles.batches] ?? 0);
  for await (const line of readBatchLines(em, from, size)) await batches.write(`${JSON.stringify(line)}\n`);
  const sink = await openSink(em, folder, format, { from, minimum, lengths });
  for await (const batch of readBatchesOf(em, sink.from, size)) {
    for (const [ordinal, leaf] of batch.leaves.entries()) {
      const index = (batch.firstIndex as number) + ordinal;
      if (index >= sink.from) await sink.take(leaf, index, batch);
    }
    progress((batch.firstIndex as number) + batch.leaves.length, size);
  }
  if (format === "tiles") await exportHashTiles(em, folder, from, size);
  else if (format === "jsonl" && from === 0) await exportHashesBelow(em, folder, minimum);
  const grown = { [exportFiles.batches]: await batches.close(), ...(await sink.close()) };
  await writeWhole(folder, exportFiles.state, `${JSON.stringify({ format, size, minimum, lengths: grown })}\n`);
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
  take(leaf: Uint8Array, index: number, batch: StoredBatch): Promise<void>;
  /** Resolves with the lengths of the files that grew. */
  close(): Promise<Readonly<Record<string, number>>>;
}

/** Where an export begins: after the one before it, and not below what is there. */
interface Beginning extends Pick<ExportState, "minimum" | "lengths"> {
  readonly from: number;
}

async function openSink(
  em: EntityManager,
  folder: string,
  format: ExportFormat,
  { from, minimum, lengths }: Beginning,
): Promise<Sink> {
  if (format === "tiles") return tileSink(folder, Math.max(from, minimum));
  const name = format === "jsonl" ? exportFiles.lines : exportFiles.table;
  const file = await growFile(path.join(folder, name), lengths[name] ?? 0);
  if (format === "csv" && from === 0) await file.write(tableHead);
  const openingsOf = keepLast((batch: StoredBatch) => readOpenings(em, [batch]));
  return {
    from: Math.max(from, minimum),
    async take(leaf, index, batch) {
      const hash = leafHash(leaf).toString("hex");
      if (format === "jsonl") return file.write(writeLeafLine(index, hash, leaf));
      const own = (await openingsOf(batch))(batch, index - (batch.firstIndex as number));
      await file.write(tableRows(parseLeaf(leaf), { index, leafHash: hash }, own));
    },
    close: async () => ({ [name]: await file.close() }),
  };
}

/** Asks once for as long as the key stays the same. */
function keepLast<Key, Value>(ask: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  let last: { readonly key: Key; readonly value: Promise<Value> } | null = null;
  return (key) => {
    if (last?.key !== key) last = { key, value: ask(key) };
    return last.value;
  };
}

/** The bundle that was not full is written again from its first leaf. */
function tileSink(folder: string, from: number): Sink {
  const first = Math.floor(from / tileWidth) * tileWidth;
  const bundles = openBundles(folder, first);
  return {
    from: first,
    take: (leaf) => bundles.add(leaf),
    async close() {
      await bundles.end();
      return {};
    },
  };
}
