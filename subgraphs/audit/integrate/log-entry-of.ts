import type { LogEntry } from "../entities/log-entry.js";

/** A leaf's bytes and their hash, at its place in the log. */
export interface PlacedLeaf {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
}

/** What every leaf's entry in the projection has, whatever its type. */
export function logEntryOf(
  { at }: { readonly at: string },
  { index, bytes, hash }: PlacedLeaf,
): Omit<LogEntry, "level"> {
  return {
    index,
    recordedAt: new Date(at),
    leaf: Buffer.from(bytes).toString("utf8"),
    leafHash: Buffer.from(hash).toString("hex"),
  };
}
