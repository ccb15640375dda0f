import type { BatchLine } from "../../../schema/ledger/check-batches.js";
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

/** Lines read at once. */
const stepLines = 5000;

/** What the writers signed of the leaves from `from` up to, not including, `to`, both between two batches: whether the leaves are still there or not. */
export async function* readBatchLines(em: EntityManager, from: number, to: number): AsyncGenerator<BatchLine> {
  for (let at = from; at < to; ) {
    const rows = await em.execute<
      (Record<"writer" | "signature", Uint8Array> & Record<"seq" | "leaves" | "first_index", string | number>)[]
    >(
      `select writer, seq, signature, leaves, first_index from audit.audit_batch
       where first_index >= ? and first_index < ? order by first_index limit ${stepLines}`,
      [at, to],
    );
    if (rows.length === 0) throw new Error(`the log has no batch of leaf ${at}`);
    for (const row of rows) {
      const line = {
        first: Number(row.first_index),
        leaves: Number(row.leaves),
        writer: Buffer.from(row.writer).toString("hex"),
        seq: Number(row.seq),
        signature: Buffer.from(row.signature).toString("base64"),
      };
      yield line;
      at = line.first + line.leaves;
    }
  }
}
