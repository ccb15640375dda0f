import { randomUUID } from "node:crypto";
import type { EntityManager } from "../kit/subgraph.js";
import { factsAsStanding, factsOfDuty } from "./act-facts.js";
import { carryOut } from "./carry-out.js";
import { restriction } from "./emergency.js";
import { Obligation } from "./entities/obligation.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantEvent } from "./entities/warrant-event.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { endReasonOf } from "./history.js";
import { findTransition, ordinarily } from "./life.js";
import { obligationStateAt } from "./obligation-state.js";
import { endAt, statusAt } from "./status-at.js";
import { over, overdue } from "./warrant-filter.js";

/** Most things of each kind that one step writes down. */
const stepSize = 100;

/**
 * Writes down what became due, for the history and for the access log: deadlines are missed, emergencies that nobody validated are revoked and their data's use
 * restricted, warrants expire, obligations are missed, holds over. What anybody reads, and what the door does, never waits for it: that follows from the moment. One
 * process at a time (advisory lock); a second run finds nothing left to do. Returns how many things it wrote down; null: another process is at it.
 */
export async function settleDue(em: EntityManager, now: Date): Promise<number | null> {
  return em.transactional(async (inner) => {
    const transaction = inner as EntityManager;
    const [lock] = await transaction.execute<{ mine: boolean }[]>(
      "select pg_try_advisory_xact_lock(hashtext('justice settles what is due')) as mine",
    );
    if (lock?.mine !== true) return null;
    const late = await transaction.find(Warrant, overdue(now), { limit: stepSize });
    for (const warrant of late) await missDeadline(transaction, warrant, now);
    const ended = await transaction.find(Warrant, over(now), { limit: stepSize });
    for (const warrant of ended) await end(transaction, warrant, now);
    const due = { state: { $in: ["OPEN" as const, "DEFERRED" as const] }, dueAt: { $lt: now } };
    const obligations = await transaction.find(Obligation, due, {
      limit: stepSize,
      orderBy: { dueAt: "asc", id: "asc" },
    });
    for (const obligation of obligations) await settle(transaction, obligation, now);
    return late.length + ended.length + obligations.length;
  });
}

/** The order's clock is left as it is: that it is overdue follows from the moment. */
async function missDeadline(em: EntityManager, warrant: Warrant, now: Date): Promise<void> {
  const { deadlineAt } = warrant;
  await write(em, warrant, now, {
    sets: { missedDeadlineAt: deadlineAt },
    by: "PROVIDER",
    reason: `The deadline was over at ${deadlineAt?.toISOString()}, and something waited for the provider.`,
    facts: factsAsStanding({ ...warrant, deadlineState: "OVERDUE" }, "MISS_DEADLINE"),
  });
}

/** What the clock ended: a missing validation revokes, the end that the content names expires. */
async function end(em: EntityManager, { id }: Warrant, now: Date): Promise<void> {
  const warrant = await em.findOneOrFail(Warrant, { id }, { refresh: true });
  const ending = endAt(warrant, now);
  if (ending === null) throw new Error(`warrant ${id} was found over and is not`);
  const { act, at } = ending;
  const transition = findTransition(act, warrant.status, null, { ...ordinarily, validationOwed: true });
  if ("code" in transition) throw new Error(`warrant ${id}: ${transition.message}`);
  await carryOut(em, {
    ...{ warrant, transition, named: [], by: "ISSUING_AUTHORITY", actor: "clock", now: at },
    reason: endReasonOf(warrant, ending),
    items: await em.find(WarrantItem, { warrantId: id }),
    brings: act === "LAPSE" ? [restriction({ warrant, now: at })] : [],
  });
}

async function settle(em: EntityManager, obligation: Obligation, now: Date): Promise<void> {
  const warrant = await em.findOneOrFail(Warrant, { id: obligation.warrantId }, { refresh: true });
  const state = obligationStateAt(obligation, now);
  const at = obligation.dueAt ?? now;
  const written = await write(em, warrant, now, {
    by: obligation.owner,
    reason: `${obligation.kind} ${state}: it was due at ${at.toISOString()}.`,
    facts: factsOfDuty(warrant, { ...obligation, state }),
  });
  if (!written) return;
  await em.nativeUpdate(Obligation, { id: obligation.id }, { state, ...(state === "DONE" && { doneAt: at }) });
}

/** What the clock says of a warrant whose status it leaves alone. False: somebody acts on it this very moment, and the next run finds what is left. */
async function write(
  em: EntityManager,
  warrant: Warrant,
  now: Date,
  { sets = {}, ...said }: Pick<WarrantEvent, "by" | "reason" | "facts"> & { readonly sets?: Partial<Warrant> },
): Promise<boolean> {
  const changed = await em.nativeUpdate(
    Warrant,
    { id: warrant.id, version: warrant.version },
    { ...sets, version: warrant.version + 1, changedAt: now },
  );
  if (changed !== 1) return false;
  const status = statusAt(warrant, now);
  await em.insert(WarrantEvent, {
    id: `event-${randomUUID()}`,
    warrantId: warrant.id,
    version: warrant.version + 1,
    at: now,
    ...{ from: status, to: status, actor: "clock", policyVersion: null },
    ...said,
  });
  return true;
}
