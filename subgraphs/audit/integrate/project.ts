import type { OutcomeLeaf } from "../../../schema/ledger/leaf.js";
import { parseLeaf } from "../../../schema/ledger/leaf-bytes.js";
import { leafHash } from "../../../schema/ledger/merkle.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { AccessRecord } from "../entities/access-record.js";
import { DutyChange } from "../entities/duty-change.js";
import { FieldAccess } from "../entities/field-access.js";
import { SystemRecord } from "../entities/system-record.js";
import { WarrantRecord } from "../entities/warrant-record.js";
import { actOfLeaf } from "./act-of-leaf.js";
import { moveHead, readHead } from "./head.js";
import { readIntegrated, type StoredBatch } from "./read-batches.js";
import { placeOf, readOpenings } from "./read-openings.js";
import { recordOfLeaf } from "./record-of-leaf.js";
import { stateOutcomes } from "./state-outcomes.js";

/** Batches that one step makes searchable. */
const stepBatches = 16;

/**
 * One step of the projection, a job of its own with its own cursor, so that search never delays the numbering. Returns how many leaves it took in.
 * Throws OpeningFault where an opening was changed, Overtaken where another process was faster.
 */
export async function project(em: EntityManager): Promise<number> {
  const { searchable } = await readHead(em);
  const batches = await readIntegrated(em, searchable, stepBatches);
  if (batches.length === 0) return 0;
  const openings = await readOpenings(em, batches);
  const rows: { record: Omit<AccessRecord, "level">; fields: FieldAccess[] }[] = [];
  const outcomes: OutcomeLeaf[] = [];
  const acts: { act: Omit<WarrantRecord, "level">; duties: DutyChange[] }[] = [];
  const system: Omit<SystemRecord, "level">[] = [];
  for (const { batch, bytes, ordinal, index } of leavesOf(batches)) {
    const leaf = parseLeaf(bytes);
    if (leaf.type === "OUTCOME") outcomes.push(leaf);
    const place = { index, bytes, hash: leafHash(bytes) };
    const opened = openings.get(placeOf(batch, ordinal)) ?? [];
    if (leaf.type === "ACCESS") rows.push(recordOfLeaf(leaf, place, opened));
    else if (leaf.type === "WARRANT") acts.push(actOfLeaf(leaf, place, opened));
    else
      system.push({
        index,
        event: leaf.type,
        recordedAt: new Date(leaf.at),
        leaf: Buffer.from(bytes).toString("utf8"),
        leafHash: place.hash.toString("hex"),
      });
  }
  const leaves = batches.reduce((sum, batch) => sum + batch.leaves.length, 0);
  await em.transactional(async (inner) => {
    const transaction = inner as EntityManager;
    await moveHead(transaction, "searchable", searchable, searchable + leaves);
    if (rows.length > 0) {
      await transaction.insertMany(AccessRecord, rows.map(({ record }) => record) as AccessRecord[]);
      await transaction.insertMany(
        FieldAccess,
        rows.flatMap(({ fields }) => fields),
      );
    }
    if (acts.length > 0) await transaction.insertMany(WarrantRecord, acts.map(({ act }) => act) as WarrantRecord[]);
    const duties = acts.flatMap((one) => one.duties);
    if (duties.length > 0) await transaction.insertMany(DutyChange, duties);
    if (system.length > 0) await transaction.insertMany(SystemRecord, system as SystemRecord[]);
    await stateOutcomes(transaction, outcomes);
  });
  return leaves;
}

function* leavesOf(batches: readonly StoredBatch[]) {
  for (const batch of batches)
    for (const [ordinal, bytes] of batch.leaves.entries())
      yield { batch, bytes, ordinal, index: (batch.firstIndex as number) + ordinal };
}

/** Throws the projection away and builds it again from the batches and the openings that are left; a reader in between sees what is built so far. */
export async function rebuildProjection(em: EntityManager): Promise<void> {
  await em.transactional(async (transaction) => {
    await transaction.execute("update audit.audit_head set searchable = 0 where id = 1");
    await transaction.execute("delete from audit.audit_entry");
    await transaction.execute("delete from audit.audit_entry_field");
    await transaction.execute("delete from audit.audit_warrant_entry");
    await transaction.execute("delete from audit.audit_warrant_duty");
    await transaction.execute("delete from audit.audit_system_entry");
  });
  while ((await project(em)) > 0);
}
