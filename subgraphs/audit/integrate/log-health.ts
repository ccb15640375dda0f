import type { EntityManager } from "../../kit/subgraph.js";
import { readHead } from "./head.js";

/** How the log stands, for whoever watches it. */
export interface LogHealth {
  readonly size: number;
  readonly searchable: number;
  /** Batches that are durable and not numbered yet, and the age of the oldest in milliseconds. */
  readonly pendingBatches: number;
  readonly oldestPendingMs: number;
  readonly fault: string | null;
}

export async function readLogHealth(em: EntityManager): Promise<LogHealth> {
  const head = await readHead(em);
  const [pending] = await em.execute<{ batches: string | number; age: string | number | null }[]>(
    `select count(*) as batches, extract(epoch from clock_timestamp() - min(written_at)) * 1000 as age
     from audit.audit_batch where first_index is null`,
  );
  return {
    ...head,
    pendingBatches: Number(pending?.batches ?? 0),
    oldestPendingMs: Math.max(0, Math.round(Number(pending?.age ?? 0))),
  };
}
