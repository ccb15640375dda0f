import type { Batch } from "./batch.js";
import { type ChainEnd, ChainFault, followChain, unopened } from "./follow-chain.js";

/** What a whole log of batches came to. */
export interface Verification {
  readonly writers: number;
  readonly batches: number;
  readonly leaves: number;
  /** The first fault of every chain that has one, and every epoch that another one remembers longer than it is. Empty: all holds. */
  readonly faults: readonly ChainFault[];
}

/**
 * Follows every writer's chain from its first batch, whatever order the batches come in, and holds each epoch against what the next one remembers of
 * it, so that an epoch cut short at its end is found too.
 */
export function verifyBatches(batches: readonly Batch[]): Verification {
  const chains = byWriter(batches);
  const faults: ChainFault[] = [];
  const remembered: { writer: string; batches: number; head: string }[] = [];
  const hashes = new Map<string, readonly string[]>();
  for (const [writer, chain] of chains) {
    hashes.set(
      writer,
      chain.map(({ hash }) => Buffer.from(hash).toString("hex")),
    );
    let end: ChainEnd = unopened;
    try {
      for (const batch of chain) {
        const followed = followChain(end, batch);
        end = followed.end;
        for (const leaf of followed.leaves)
          if (leaf.type === "WRITER_OPEN" && leaf.previous !== null) remembered.push(leaf.previous);
      }
    } catch (error) {
      if (!(error instanceof ChainFault)) throw error;
      faults.push(error);
    }
  }
  for (const { writer, batches: length, head } of remembered)
    if (hashes.get(writer)?.[length - 1] !== head)
      faults.push(new ChainFault(writer, length - 1, "is missing or changed: the next epoch remembers it"));
  return {
    writers: chains.size,
    batches: batches.length,
    leaves: batches.reduce((sum, { leaves }) => sum + leaves.length, 0),
    faults,
  };
}

function byWriter(batches: readonly Batch[]): ReadonlyMap<string, readonly Batch[]> {
  const chains = new Map<string, Batch[]>();
  for (const batch of [...batches].sort((one, other) => one.seq - other.seq)) {
    const writer = Buffer.from(batch.writer).toString("hex");
    const chain = chains.get(writer);
    if (chain === undefined) chains.set(writer, [batch]);
    else chain.push(batch);
  }
  return chains;
}
