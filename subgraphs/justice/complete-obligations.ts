import type { FilterQuery } from "@mikro-orm/core";
import type { EntityManager } from "../kit/subgraph.js";
import type { Deed } from "./deed.js";
import { Obligation } from "./entities/obligation.js";
import type { ItemChange } from "./plan-items.js";

/** Obligations that an act ends or fulfils, within its transaction. Both resolve with them as they are then. */

/** What holds an item is over once the item is cleared, or will never be disclosed. */
export async function endHolds(
  transaction: EntityManager,
  deed: Deed,
  changes: ReadonlyMap<string, ItemChange>,
): Promise<Obligation[]> {
  const over = [...changes].filter(
    ([, { status, clearedAt }]) => clearedAt || status === "REFUSED" || status === "NOT_HELD" || status === "LAPSED",
  );
  if (over.length === 0) return [];
  return complete(transaction, deed, {
    itemId: { $in: over.map(([id]) => id) },
    kind: { $in: ["HOLD", "CHECK_IMMUNITY"] },
    state: "OPEN",
  });
}

/** Duties that the act itself fulfils, whoever owns them. */
export async function fulfil(transaction: EntityManager, deed: Deed): Promise<Obligation[]> {
  const { warrant, fulfils = [], by } = deed;
  if (fulfils.length === 0) return [];
  return complete(transaction, deed, {
    warrantId: warrant.id,
    kind: { $in: [...fulfils] },
    state: { $ne: "DONE" },
    ...(by === "PROVIDER" && { owner: by }),
  });
}

/** These obligations are done by the act; as they are then. */
async function complete(
  transaction: EntityManager,
  { actor, now }: Deed,
  where: FilterQuery<Obligation>,
): Promise<Obligation[]> {
  const done = { state: "DONE", doneAt: now, actor } as const;
  const found = await transaction.find(Obligation, where, { disableIdentityMap: true });
  if (found.length > 0) await transaction.nativeUpdate(Obligation, { id: { $in: found.map(({ id }) => id) } }, done);
  return found.map((obligation) => ({ ...obligation, ...done }));
}
