import type { Batch } from "../../schema/ledger/batch.js";
import { leafHash } from "../../schema/ledger/merkle.js";
import { verifyBatches } from "../../schema/ledger/verify-batches.js";

/** What was received, held against what was recorded. */
export interface CrashResult {
  readonly received: number;
  /** Received and not in the log. The one promise: 0. */
  readonly lost: number;
  /** In the log, and nobody received it; allowed. */
  readonly recordedOnly: number;
  /** Chains that do not hold; a log that lost nothing may have none either. */
  readonly faults: readonly string[];
}

/** `received`: leaf hashes in hex. */
export function holdAgainstLog(received: readonly string[], batches: readonly Batch[]): CrashResult {
  const recorded = new Set(
    batches.flatMap(({ leaves }) =>
      leaves.flatMap((leaf) => (Buffer.from(leaf).includes('"type":"ACCESS"') ? [leafHash(leaf).toString("hex")] : [])),
    ),
  );
  const lost = received.filter((hash) => !recorded.has(hash)).length;
  return {
    received: received.length,
    lost,
    recordedOnly: recorded.size - (received.length - lost),
    faults: verifyBatches(batches).faults.map(({ message }) => message),
  };
}
