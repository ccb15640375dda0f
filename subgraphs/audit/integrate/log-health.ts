import type { EntityManager } from "../../kit/subgraph.js";
import { readCheckpoint } from "../tree/read-checkpoint.js";
import { readHead } from "./head.js";

/** How the log stands, for whoever watches it. */
export interface LogHealth {
  readonly size: number;
  readonly searchable: number;
  /** Leaves below it are past retention. */
  readonly minimum: number;
  /** Batches that are durable and in no checkpoint yet, and the age of the oldest in milliseconds. */
  readonly pendingBatches: number;
  readonly oldestPendingMs: number;
  /** How long the oldest record in the latest checkpoint had waited for it. */
  readonly lagMs: number;
  /** Times in which writers could not record. */
  readonly gaps: number;
  /** Since a witness last signed, in seconds; null: none ever did. */
  readonly witnessAgeSeconds: number | null;
  readonly fault: string | null;
}

export async function readLogHealth(em: EntityManager): Promise<LogHealth> {
  const head = await readHead(em);
  const [now] = await em.execute<Record<"batches" | "pending" | "gaps" | "witnessed", string | number | null>[]>(
    `select count(*) as batches, extract(epoch from clock_timestamp() - min(written_at)) * 1000 as pending,
       (select count(*) from audit.audit_system_entry where event = 'GAP') as gaps,
       (select extract(epoch from clock_timestamp() - max(cosigned_at)) from audit.audit_cosignature) as witnessed
     from audit.audit_batch where first_index is null`,
  );
  return {
    ...head,
    pendingBatches: Number(now?.batches ?? 0),
    oldestPendingMs: Math.max(0, Math.round(Number(now?.pending ?? 0))),
    lagMs: (await readCheckpoint(em))?.lagMs ?? 0,
    gaps: Number(now?.gaps ?? 0),
    witnessAgeSeconds: now?.witnessed == null ? null : Math.max(0, Math.round(Number(now.witnessed))),
    fault: head.fault,
  };
}
