import type { ObligationKind } from "../../schema/law/vocabulary.js";
import type { ObligationState } from "./words.js";

/** What stands written of an obligation. */
export interface Owed {
  readonly kind: ObligationKind;
  readonly state: ObligationState;
  readonly dueAt: Date | null;
  readonly doneAt: Date | null;
}

/**
 * The state at a moment. A hold is done when its time is over; anything else that is not done by then was missed, and one that was deferred is due when
 * the delay ends. In the very millisecond it is still in time.
 */
export function obligationStateAt({ kind, state, dueAt }: Owed, now: Date): ObligationState {
  if (state === "DONE" || dueAt === null) return state;
  if (kind === "HOLD") return now < dueAt ? state : "DONE";
  return dueAt < now ? "MISSED" : state;
}

/** When it was done, a hold by the clock. */
export function obligationDoneAt(owed: Owed, now: Date): Date | null {
  if (owed.doneAt !== null || obligationStateAt(owed, now) !== "DONE") return owed.doneAt;
  return owed.dueAt;
}

/** The same as a condition on stored obligations. */
export function obligationsStanding(state: ObligationState, now: Date): object {
  const over = { dueAt: { $lt: now } };
  const open = { $or: [{ dueAt: null }, { dueAt: { $gte: now } }] };
  switch (state) {
    case "DONE":
      return { $or: [{ state }, { kind: "HOLD", dueAt: { $lte: now } }] };
    case "MISSED":
      return { $or: [{ state }, { $and: [{ kind: { $ne: "HOLD" }, state: { $in: ["OPEN", "DEFERRED"] } }, over] }] };
    case "OPEN":
      return { $and: [{ state }, open, { $not: { kind: "HOLD", dueAt: { $lte: now } } }] };
    case "DEFERRED":
      return { $and: [{ state }, open] };
  }
}
