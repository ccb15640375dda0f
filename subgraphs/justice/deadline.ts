import { type Ending, endAt } from "./status-at.js";
import type { DeadlineState, ItemStatus } from "./words.js";

/**
 * The clock of an order. The law sets it once, at issue, item by item; from then on it is a fact of the order that no later rule book moves. What is
 * stored is what the last act left; that a deadline was missed follows from the moment, as expiry does.
 */
export interface TimedItem {
  readonly status: ItemStatus;
  readonly deadlineAt: Date | null;
  /** When it stopped waiting for the provider; null also where it lapsed in time and nothing is owed. */
  readonly settledAt: Date | null;
}

export interface OrderClock {
  readonly deadlineAt: Date | null;
  /** As the last act left it: read it through `deadlineStateAt`. */
  readonly deadlineState: DeadlineState | null;
}

/**
 * The deadline of a whole order: the shortest among the items that are still open; once none is, among all, and whether all were settled in time.
 * An item that lapsed unanswered owes nothing, unless it was late already.
 */
export function clockOf(items: readonly TimedItem[]): OrderClock {
  const timed = items.filter((item) => item.deadlineAt !== null);
  const waiting = timed.filter(({ status }) => status === "ORDERED");
  const contested = timed.filter(({ status }) => status === "CONTESTED");
  const open = [...waiting, ...contested];
  const settled = timed.filter(({ settledAt }) => settledAt !== null);
  const late = settled.some(({ settledAt, deadlineAt }) => settledAt && deadlineAt && settledAt > deadlineAt);
  return {
    deadlineAt: shortest(open.length > 0 ? open : timed),
    deadlineState:
      waiting.length > 0
        ? "RUNNING"
        : contested.length > 0
          ? "SUSPENDED"
          : late
            ? "OVERDUE"
            : settled.length > 0
              ? "MET"
              : null,
  };
}

/** The state at a moment. Half-open the other way round: an answer in the very millisecond of the deadline is in time. */
export function deadlineStateAt(warrant: OrderClock & Ending, now: Date): DeadlineState | null {
  const { deadlineAt, deadlineState } = warrant;
  if (deadlineState !== "RUNNING" || deadlineAt === null) return deadlineState;
  const end = endAt(warrant, now);
  if (deadlineAt < (end?.at ?? now)) return "OVERDUE";
  return end === null ? "RUNNING" : null;
}

/** Where an order stands in the queue: 0 while an answer is owed, or came too late; 1 where it came in time, or none was owed. */
export function queueRankOf({ deadlineState }: OrderClock): number {
  return deadlineState === "MET" || deadlineState === null ? 1 : 0;
}

/** A deadline that starts now. Null where the law sets none. */
export function deadlineAfter(now: Date, hours: number | null): Date | null {
  return hours === null ? null : new Date(now.getTime() + hours * 3_600_000);
}

function shortest(items: readonly TimedItem[]): Date | null {
  const times = items.flatMap(({ deadlineAt }) => (deadlineAt === null ? [] : [deadlineAt.getTime()]));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
