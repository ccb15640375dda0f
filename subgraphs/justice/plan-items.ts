import type { Party } from "../../schema/law/vocabulary.js";
import { Refusal } from "../kit/refusal.js";
import { holdHoursOf, type ItemDecision } from "./ask-decisions.js";
import { deadlineAfter } from "./deadline.js";
import type { WarrantItem } from "./entities/warrant-item.js";
import type { Transition } from "./life.js";
import type { RefusalGround } from "./refusal-grounds.js";

/** What a deed says about items, beside where they go. */
export interface ItemDeed {
  readonly transition: Transition;
  /** All items of the warrant, as they were read with it. */
  readonly items: readonly WarrantItem[];
  /** Ids of the items that the act names; ignored where the transition moves all. */
  readonly named: readonly string[];
  readonly by: Party;
  readonly now: Date;
  readonly reason: string | null;
  readonly refusalGround?: RefusalGround;
  /** What the law says of each item: an order keeps the deadlines and holds under which it was given. */
  readonly decisions?: ReadonlyMap<string, ItemDecision>;
}

export type ItemChange = Partial<Omit<WarrantItem, "id">>;

/** What the deed makes of each item that it moves, by id. Pure. Throws Refusal CHANGED_MEANWHILE where it names one that cannot be moved. */
export function planItems(deed: ItemDeed): Map<string, ItemChange> {
  const { transition, items, named } = deed;
  const chosen = transition.items === "ALL" ? items : items.filter(({ id }) => named.includes(id));
  const changes = new Map<string, ItemChange>();
  for (const item of chosen) {
    const to = transition.moves[item.status];
    if (to !== undefined) changes.set(item.id, { status: to, ...effectOf(item, to, deed) });
    else if (transition.items === "NAMED") throw new Refusal("CHANGED_MEANWHILE");
  }
  return changes;
}

/** The times and reasons that go with where an item goes. */
function effectOf(item: WarrantItem, to: WarrantItem["status"], deed: ItemDeed): ItemChange {
  const { by, now, reason, refusalGround } = deed;
  const refusal =
    refusalGround === undefined ? noRefusal : { refusalGround, refusalBy: by, refusalReason: reason, refusalAt: now };
  const answered = item.status === "CONTESTED" ? resumed(item, now) : {};
  switch (to) {
    case "ORDERED":
      return item.status === "DRAFT" ? ordered(item, deed) : { ...answered, ...noRefusal };
    case "CONTESTED":
      return refusal;
    case "REFUSED":
    case "NOT_HELD":
      return { ...answered, ...refusal, settledAt: item.settledAt ?? now };
    case "DISCLOSED":
      return { disclosedAt: now };
    default:
      return { ...answered, settledAt: item.settledAt ?? now };
  }
}

function ordered(item: WarrantItem, { decisions, now }: ItemDeed): ItemChange {
  const decision = decisions?.get(item.id);
  if (decision === undefined) throw new Error(`item ${item.id} is ordered and no decision was asked`);
  return {
    deadlineAt: deadlineAfter(now, decision.deadlineHours),
    heldUntil: deadlineAfter(now, holdHoursOf(decision)),
  };
}

/** A question stopped the clock; it goes on from where it stood. Regulation (EU) 2023/1543, Art 10(6). */
function resumed({ deadlineAt, refusalAt }: WarrantItem, now: Date): ItemChange {
  if (deadlineAt === null || refusalAt === null) return {};
  return { deadlineAt: new Date(deadlineAt.getTime() + (now.getTime() - refusalAt.getTime())) };
}

const noRefusal: ItemChange = { refusalGround: null, refusalBy: null, refusalReason: null, refusalAt: null };
