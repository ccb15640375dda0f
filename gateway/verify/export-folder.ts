import { createReadStream, existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import type { BatchLine } from "../../schema/ledger/check-batches.js";
import { exportFiles } from "../../schema/ledger/export-files.js";
import { tilePath, tileWidth } from "../../schema/ledger/tile.js";

/** An export as it lies on disk; nothing in it is believed. */
export interface ExportFolder {
  /** Null where there is no such file. */
  text(name: string): Promise<string | null>;
  /** A tile with at least `width` entries; null where there is none. */
  tile(level: number | "entries", number: number, width: number): Promise<Buffer | null>;
  /** Lines of a file; none where there is no such file. */
  lines(name: string): AsyncIterable<string>;
  /** Batches in the order in which they stand; null for a line that is none. */
  batches(): AsyncIterable<BatchLine | null>;
}

export function openExportFolder(folder: string): ExportFolder {
  const read = (name: string): Promise<Buffer | null> =>
    readFile(path.join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
      throw error;
    });
  async function* lines(name: string): AsyncGenerator<string> {
    if (!existsSync(path.join(folder, name))) return;
    yield* createInterface({ input: createReadStream(path.join(folder, name)), crlfDelay: 0 });
  }
  return {
    text: async (name) => (await read(name))?.toString("utf8") ?? null,
    // A tile that is full by now may stand for its beginning (C2SP tlog-tiles, partial tiles).
    tile: async (level, number, width) =>
      (await read(tilePath(level, number, width))) ?? (await read(tilePath(level, number, tileWidth))),
    lines,
    async *batches() {
      for await (const line of lines(exportFiles.batches)) yield readBatch(line);
    },
  };
}

function readBatch(line: string): BatchLine | null {
  try {
    const batch = JSON.parse(line) as Partial<BatchLine>;
    const whole = [batch.first, batch.leaves, batch.seq].every((number) => Number.isSafeInteger(number));
    const named = /^[0-9a-f]{64}$/.test(String(batch.writer)) && typeof batch.signature === "string";
    return whole && named ? (batch as BatchLine) : null;
  } catch {
    return null;
  }
}
