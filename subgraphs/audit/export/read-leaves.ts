import type { EntityManager } from "../../kit/subgraph.js";
import { readIntegrated, type StoredBatch } from "../integrate/read-batches.js";

/** Batches read at once. */
const stepBatches = 200;

/** The integrated batches of the leaves from `from` up to, not including, `to`, in the order of the log; the first may begin before `from`. */
export async function* readBatchesOf(em: EntityManager, from: number, to: number): AsyncGenerator<StoredBatch> {
  for (let at = from; at < to; ) {
    const batches = await readIntegrated(em, at, stepBatches);
    if (batches.length === 0) throw new Error(`the log has no batch of leaf ${at}`);
    for (const batch of batches) {
      if ((batch.firstIndex as number) >= to) return;
      yield batch;
      at = (batch.firstIndex as number) + batch.leaves.length;
    }
  }
}
