import type { EntityManager } from "../../kit/subgraph.js";
import { describeHold, heldBy, listHolds } from "../hold/holds.js";
import { ErasureFault } from "./erasure-fault.js";
import type { LeafPlace } from "./find-subject.js";

/** Throws ErasureFault where a hold stands on any of the leaves, or on none can be said because they cannot be searched yet. */
export async function refuseHeld(em: EntityManager, places: readonly LeafPlace[]): Promise<void> {
  const holds = await listHolds(em);
  if (holds.length === 0) return;
  const indexes = places.flatMap(({ index }) => index ?? []);
  const known = await em.execute<{ index: string | number; held: string | null }[]>(
    `select entry.index, (select min(hold.id) from audit.audit_hold as hold where ${heldBy}) as held
     from audit.audit_entry as entry where entry.index in (select value::bigint from jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(indexes)],
  );
  const held = known.filter(({ held: by }) => by !== null);
  const hold = holds.find(({ id }) => id === held[0]?.held);
  if (hold !== undefined)
    throw new ErasureFault(
      `${describeHold(hold)} keeps ${held.length === 1 ? "a leaf" : `${held.length} leaves`} about this person: nothing is erased while it stands`,
    );
  if (known.length < places.length)
    throw new ErasureFault(
      "holds stand, and the newest leaves about this person cannot be searched yet: ask again once the log is searchable",
    );
}
