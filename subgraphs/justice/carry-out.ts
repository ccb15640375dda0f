import { randomUUID } from "node:crypto";
import { Refusal } from "../kit/refusal.js";
import type { EntityManager } from "../kit/subgraph.js";
import { dutyFact, factsOf } from "./act-facts.js";
import { endHolds, fulfil } from "./complete-obligations.js";
import { clockOf, queueRankOf } from "./deadline.js";
import type { Deed } from "./deed.js";
import { moveDeletion } from "./deletion.js";
import { Authority } from "./entities/authority.js";
import { Obligation } from "./entities/obligation.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantEvent } from "./entities/warrant-event.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { followUpOf } from "./follow-up.js";
import { statusOf } from "./life.js";
import { type ItemChange, planItems } from "./plan-items.js";
import { planObligations } from "./plan-obligations.js";
import type { WarrantStatus } from "./words.js";

/**
 * Carries out one transition in one transaction: status, items, clock and history, or nothing. Throws Refusal CHANGED_MEANWHILE where somebody else
 * acted on the warrant since it was read: every act raises the version, so items read with it are as old as it is.
 */
export async function carryOut(em: EntityManager, deed: Deed): Promise<void> {
  const { warrant, transition, items, now, sets } = deed;
  const changes = planItems(deed);
  const after = items.map((item) => ({ ...item, ...changes.get(item.id) }));
  const clock = clockOf(after);
  const to = transition.to === "AS_ITEMS" ? statusOf(after.map(({ status }) => status)) : transition.to;
  await em.transactional(async (transaction) => {
    const changed = await transaction.nativeUpdate(
      Warrant,
      { id: warrant.id, version: warrant.version, status: transition.from },
      {
        ...sets,
        ...clock,
        queueRank: queueRankOf(clock),
        status: to,
        version: warrant.version + 1,
        changedAt: now,
        ...(transition.to === "ISSUED" && { issuedAt: now }),
      },
    );
    if (changed !== 1) throw new Refusal("CHANGED_MEANWHILE");
    await changeItems(transaction as EntityManager, deed, changes);
    const ordered = transition.to === "ISSUED" ? planObligations(deed, await served(transaction as EntityManager)) : [];
    const brought = [...ordered, ...(deed.brings ?? [])];
    if (brought.length > 0) await transaction.insertMany(Obligation, brought);
    const moved = sets?.endsAt ? await moveDeletion(transaction as EntityManager, warrant, sets.endsAt) : [];
    const done = [
      ...(await endHolds(transaction as EntityManager, deed, changes)),
      ...(await fulfil(transaction as EntityManager, deed)),
    ];
    const touched = new Map([...brought, ...moved, ...done].map((obligation) => [obligation.id, obligation]));
    const duties = [...touched.values()].map(dutyFact);
    await transaction.insert(WarrantEvent, { ...eventOf(deed, to), facts: factsOf(deed, clock, duties) });
    const followUp = await followUpOf(transaction as EntityManager, deed, to);
    if (followUp !== null) await carryOut(transaction as EntityManager, followUp);
    await deed.alongside?.(transaction as EntityManager);
  });
}

/** Countries whose enforcing authority is in the register: it has its copy when the order is issued. */
async function served(transaction: EntityManager): Promise<ReadonlySet<string>> {
  const enforcing = await transaction.find(Authority, { kind: "ENFORCING_AUTHORITY" });
  return new Set(enforcing.map(({ country }) => country));
}

/** One statement for all items that change alike. */
async function changeItems(
  transaction: EntityManager,
  { items }: Deed,
  changes: ReadonlyMap<string, ItemChange>,
): Promise<void> {
  const alike = Map.groupBy(
    items.filter(({ id }) => changes.has(id)),
    ({ id, status }) => JSON.stringify([status, changes.get(id)]),
  );
  for (const group of alike.values()) {
    const [first] = group as [WarrantItem];
    const ids = group.map(({ id }) => id);
    const where = { id: { $in: ids }, status: first.status };
    const moved = await transaction.nativeUpdate(WarrantItem, where, changes.get(first.id) as ItemChange);
    if (moved !== ids.length) throw new Refusal("CHANGED_MEANWHILE");
  }
}

function eventOf(
  { warrant, transition, by, actor, now, reason, policyVersion }: Deed,
  to: WarrantStatus,
): Omit<WarrantEvent, "facts"> {
  return {
    id: `event-${randomUUID()}`,
    warrantId: warrant.id,
    version: warrant.version + 1,
    at: now,
    from: transition.from,
    to,
    by,
    actor,
    reason,
    policyVersion: policyVersion ?? null,
  };
}
