import type { OutcomeLeaf } from "../../../schema/ledger/leaf.js";
import type { EntityManager } from "../../kit/subgraph.js";

type Stated = OutcomeLeaf["of"][number];

/**
 * Writes into the projection what OUTCOME leaves say of earlier records. The first word counts, and only where something could leave; ABORTED leaves the
 * outcome unknown. Returns the indexes of the records whose outcome changed.
 */
export async function stateOutcomes(transaction: EntityManager, leaves: readonly OutcomeLeaf[]): Promise<number[]> {
  const stated = new Map<string, Stated>();
  for (const { of } of leaves)
    for (const one of of) if (one.outcome !== "ABORTED" && !stated.has(one.leaf)) stated.set(one.leaf, one);
  if (stated.size === 0) return [];
  const changed = await transaction.execute<{ index: string | number; leaf_hash: string }[]>(
    `update audit.audit_entry as entry set outcome = stated.outcome
     from (values ${Array(stated.size).fill("(?, ?)").join(", ")}) as stated (leaf_hash, outcome)
     where entry.leaf_hash = stated.leaf_hash and entry.outcome = 'UNKNOWN' returning entry.index, entry.leaf_hash`,
    [...stated.values()].flatMap(({ leaf, outcome }) => [leaf, outcome]),
  );
  const rows = changed.flatMap(({ index, leaf_hash }) =>
    (stated.get(leaf_hash)?.rows ?? []).map(({ field, rows: count }) => [Number(index), field, count]),
  );
  if (rows.length > 0)
    await transaction.execute(
      `update audit.audit_entry_field as decided set rows = counted.rows
     from (values ${Array(rows.length).fill("(?::bigint, ?, ?::int)").join(", ")}) as counted (index, field, rows)
     where decided.index = counted.index and decided.field = counted.field and decided.permitted`,
      rows.flat(),
    );
  return changed.map(({ index }) => Number(index));
}
