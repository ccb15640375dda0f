import { setTimeout as pause } from "node:timers/promises";
import type { EntityManager } from "../../kit/subgraph.js";
import { RetentionFault } from "./retention-fault.js";

/** Milliseconds that a drop may wait for others, who wait behind it meanwhile: less than a gateway waits for its batch. */
const patience = 100;
const attempts = 50;

/** Drops the partitions of a month, both or neither. Throws RetentionFault where others read the log without a pause. */
export async function dropMonth(em: EntityManager, month: string): Promise<void> {
  const part = month.slice(0, 7).replace("-", "_");
  for (let attempt = 1; ; attempt++) {
    try {
      await em.transactional(async (transaction) => {
        await transaction.execute(`set local lock_timeout = ${patience}`);
        await transaction.execute(`drop table if exists audit.audit_bundle_${part}, audit.audit_opening_${part}`);
      });
      return;
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (attempt === attempts)
        throw new RetentionFault(
          `the month ${month.slice(0, 7)} is in use without a pause; the same call goes on with it`,
        );
      await pause(patience);
    }
  }
}

/** PostgreSQL: lock_not_available. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "55P03";
}
