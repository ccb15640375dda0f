/** The names in an export, beside the tiles (C2SP tlog-tiles: `checkpoint`, `tile/<level>/<number>`, `tile/entries/<number>`). */
export const exportFiles = {
  /** Signed note that the export is pinned to; written last, so that what it covers is there. */
  checkpoint: "checkpoint",
  /** The log's public key as it was when the export began: compare it with one that came another way. */
  key: "log-key",
  /** One JSON line for each batch: see BatchLine. */
  batches: "batches.jsonl",
  /** Format jsonl: one line for each leaf, its canonical bytes as they were hashed. */
  lines: "log.jsonl",
  /** Format csv: one row for each field decision, and for each leaf that has none. */
  table: "log.csv",
  /** Format, size, and how long each growing file is: where the next export goes on. */
  state: "export.json",
} as const;

export const exportFormats = ["tiles", "jsonl", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A line of `log.jsonl`. The leaf stands at its end as it was hashed, so that it is found without being parsed. */
export function writeLeafLine(index: number, leafHash: string, leaf: Uint8Array): string {
  return `{"index":${index},"leafHash":"${leafHash}","leaf":${Buffer.from(leaf).toString("utf8")}}\n`;
}

/** Takes a line of `log.jsonl` apart, without its line end; null where it is none. */
export function readLeafLine(line: string): { index: number; leafHash: string; leaf: Buffer } | null {
  const match = /^\{"index":(\d+),"leafHash":"([0-9a-f]{64})","leaf":(\{.*\})\}$/.exec(line);
  if (match === null) return null;
  return { index: Number(match[1]), leafHash: match[2] as string, leaf: Buffer.from(match[3] as string, "utf8") };
}
