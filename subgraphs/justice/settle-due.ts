import { randomUUID } from "node:crypto";
import type { EntityManager } from "../kit/subgraph.js";
import { carryOut } from "./carry-out.js";
import { restriction } from "./emergency.js";
import { Obligation } from "./entities/obligation.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantEvent } from "./entities/warrant-event.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { endReasons } from "./history.js";
import { findTransition, ordinarily } from "./life.js";
import { obligationStateAt } from "./obligation-state.js";
import { endAt, statusAt } from "./status-at.js";
import { lapsed } from "./warrant-filter.js";

/** Most warrants, and most obligations, that one step writes down. */
const stepSize = 100;

/**
 * Writes down what became due: emergencies that nobody validated are revoked, and their data's use restricted; obligations are missed, holds over. What
 * anybody reads, and what the door does, never waits for it: that follows from the moment. One process at a time (advisory lock); a second run finds
 * nothing left to do. Returns how many things it wrote down; null: another process is at it.
 */
export async function settleDue(em: EntityManager, now: Date): Promise<number | null> {
  return em.transactional(async (inner) => {
    const transaction = inner as EntityManager;
    const [lock] = await transaction.execute<{ mine: boolean }[]>(
      "select pg_try_advisory_xact_lock(hashtext('justice settles what is due')) as mine",
    );
    if (lock?.mine !== true) return null;
    const warrants = await transaction.find(Warrant, lapsed(now), { limit: stepSize });
    for (const warrant of warrants) await revokeUnvalidated(transaction, warrant, now);
    const due = { state: { $in: ["OPEN" as const, "DEFERRED" as const] }, dueAt: { $lt: now } };
    const obligations = await transaction.find(Obligation, due, {
      limit: stepSize,
      orderBy: { dueAt: "asc", id: "asc" },
    });
    for (const obligation of obligations) await settle(transaction, obligation, now);
    return warrants.length + obligations.length;
  });
}

async function revokeUnvalidated(em: EntityManager, warrant: Warrant, now: Date): Promise<void> {
  const end = endAt(warrant, now);
  if (end === null) throw new Error(`warrant ${warrant.id} was found lapsed and is not`);
  const transition = findTransition("LAPSE", warrant.status, null, { ...ordinarily, validationOwed: true });
  if ("code" in transition) throw new Error(`warrant ${warrant.id}: ${transition.message}`);
  await carryOut(em, {
    ...{
      warrant,
      transition,
      named: [],
      by: "ISSUING_AUTHORITY",
      actor: "clock",
      now: end.at,
      reason: endReasons.LAPSE,
    },
    items: await em.find(WarrantItem, { warrantId: warrant.id }),
    brings: [restriction({ warrant, now: end.at })],
  });
}

async function settle(em: EntityManager, obligation: Obligation, now: Date): Promise<void> {
  const warrant = await em.findOneOrFail(Warrant, { id: obligation.warrantId }, { refresh: true });
  const state = obligationStateAt(obligation, now);
  const at = obligation.dueAt ?? now;
  const changed = await em.nativeUpdate(
    Warrant,
    { id: warrant.id, version: warrant.version },
    { version: warrant.version + 1, changedAt: now },
  );
  // Somebody acts on the warrant this very moment: the next run finds what is left.
  if (changed !== 1) return;
  await em.nativeUpdate(Obligation, { id: obligation.id }, { state, ...(state === "DONE" && { doneAt: at }) });
  const status = statusAt(warrant, now);
  await em.insert(WarrantEvent, {
    id: `event-${randomUUID()}`,
    warrantId: warrant.id,
    version: warrant.version + 1,
    at: now,
    ...{ from: status, to: status, by: obligation.owner, actor: "clock" },
    reason: `${obligation.kind} ${state}: it was due at ${at.toISOString()}.`,
    policyVersion: null,
  });
}
