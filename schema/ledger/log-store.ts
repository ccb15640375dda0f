import type { Batch } from "./batch.js";
import type { BatchOpenings } from "./openings.js";

/** Where batches become durable: the port through which a gateway appends to the log, and by which it can do nothing else. */
export interface LogStore {
  /** How long one append may take before its outcome counts as unknown, in milliseconds. */
  readonly timeoutMs: number;
  /**
   * Resolves once the batch and its openings are committed and safe against the loss of power, both or neither. Rejects with StoreRefused where it is
   * certain that nothing was written; any other rejection leaves the outcome unknown. After an abort nobody waits for the answer.
   */
  append(batch: Batch, openings: BatchOpenings, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** The store said no: nothing of the batch is written. */
export class StoreRefused extends Error {
  override readonly name: string = "StoreRefused";
}

/** The store would not keep what it acknowledges (fsync off, and the like): no gateway may start on it. */
export class StoreUnsafe extends StoreRefused {
  override readonly name: string = "StoreUnsafe";
}
