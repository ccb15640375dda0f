import { setImmediate as othersTurn } from "node:timers/promises";
import type { OutcomeLeaf } from "../../../schema/ledger/leaf.js";
import { parseLeaf } from "../../../schema/ledger/leaf-bytes.js";
import { leafHash } from "../../../schema/ledger/merkle.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { checkStep } from "../check/check-step.js";
import { AccessRecord } from "../entities/access-record.js";
import { DutyChange } from "../entities/duty-change.js";
import { FieldAccess } from "../entities/field-access.js";
import { LogRead } from "../entities/log-read.js";
import { SystemRecord } from "../entities/system-record.js";
import { WarrantRecord } from "../entities/warrant-record.js";
import { actOfLeaf } from "./act-of-leaf.js";
import { consultationOfLeaf } from "./consultation-of-leaf.js";
import { moveSearchable, readHead } from "./head.js";
import { insertRows } from "./insert-rows.js";
import { readIntegrated, type StoredBatch } from "./read-batches.js";
import { readOpenings } from "./read-openings.js";
import { recordOfLeaf } from "./record-of-leaf.js";
import { stateOutcomes } from "./state-outcomes.js";
import { systemRecordOf } from "./system-record-of.js";

/** What one step makes searchable: so many batches, and no further once they hold so many leaves, since one process may do this beside what somebody waits for. */
const step = { batches: 64, leaves: 1024 };

/**
 * One step of the projection, a job of its own with its own cursor, so that search never delays the numbering. Returns how many leaves it took in.
 * Throws OpeningFault where an opening was changed, Overtaken where another process was faster.
 */
export async function project(em: EntityManager): Promise<number> {
  const head = await readHead(em);
  const { searchable } = head;
  const batches = await readIntegrated(em, searchable, step.batches, searchable + step.leaves);
  if (batches.length === 0) return 0;
  const openingsOf = await readOpenings(em, batches);
  const rows: { record: Omit<AccessRecord, "level">; fields: FieldAccess[] }[] = [];
  const readings: { record: Omit<AccessRecord, "level">; reads: LogRead[] }[] = [];
  const outcomes: OutcomeLeaf[] = [];
  const acts: { act: Omit<WarrantRecord, "level">; duties: DutyChange[] }[] = [];
  const system: Omit<SystemRecord, "level">[] = [];
  for (const { batch, bytes, ordinal, index } of leavesOf(batches, searchable)) {
    if (ordinal === 0) await othersTurn();
    const leaf = parseLeaf(bytes);
    if (leaf.type === "OUTCOME") outcomes.push(leaf);
    const place = { index, bytes, hash: leafHash(bytes) };
    const own = openingsOf(batch, ordinal);
    if (leaf.type === "ACCESS") rows.push(recordOfLeaf(leaf, place, own));
    else if (leaf.type === "CONSULTATION") readings.push(consultationOfLeaf(leaf, place, own));
    else if (leaf.type === "WARRANT") acts.push(actOfLeaf(leaf, place, own));
    else system.push(systemRecordOf(leaf, place, own));
  }
  const last = batches.at(-1) as StoredBatch;
  const end = (last.firstIndex as number) + last.leaves.length;
  await em.transactional(async (inner) => {
    const transaction = inner as EntityManager;
    await moveSearchable(transaction, head, end);
    await insertRows(
      transaction,
      AccessRecord,
      [...rows, ...readings].map(({ record }) => record),
    );
    await insertRows(
      transaction,
      FieldAccess,
      rows.flatMap(({ fields }) => fields),
    );
    await insertRows(
      transaction,
      LogRead,
      readings.flatMap(({ reads }) => reads),
    );
    await insertRows(
      transaction,
      WarrantRecord,
      acts.map(({ act }) => act),
    );
    await insertRows(
      transaction,
      DutyChange,
      acts.flatMap(({ duties }) => duties),
    );
    await insertRows(transaction, SystemRecord, system);
    const restated = await stateOutcomes(transaction, outcomes);
    await checkStep(transaction, { from: searchable, end, restated, hasActs: acts.length > 0 });
  });
  return end - searchable;
}

/** The leaves from `from` on: the first batch may begin before it. */
function* leavesOf(batches: readonly StoredBatch[], from: number) {
  for (const batch of batches)
    for (const [ordinal, bytes] of batch.leaves.entries()) {
      const index = (batch.firstIndex as number) + ordinal;
      if (index >= from) yield { batch, bytes, ordinal, index };
    }
}

/** The tables of the projection, each row of which names its leaf in `index`. */
export const projectionTables = [
  "audit_entry",
  "audit_entry_field",
  "audit_entry_read",
  "audit_warrant_entry",
  "audit_warrant_duty",
  "audit_system_entry",
  "audit_finding",
  "audit_volume",
] as const;

/** Throws the projection away and builds it again from the batches and the openings that are left; a reader in between sees what is built so far. */
export async function rebuildProjection(em: EntityManager): Promise<void> {
  await em.transactional(async (transaction) => {
    await transaction.execute("update audit.audit_head set searchable = minimum, decided = minimum where id = 1");
    for (const table of [...projectionTables, "audit_hour"]) await transaction.execute(`delete from audit.${table}`);
  });
  while ((await project(em)) > 0);
}
