import { Refusal } from "../kit/refusal.js";
import { holdHoursOf, notifiedCountryOf } from "./ask-decisions.js";
import { deadlineAfter } from "./deadline.js";
import type { Deed } from "./deed.js";
import type { WarrantItem } from "./entities/warrant-item.js";

export type ItemChange = Partial<Omit<WarrantItem, "id">>;

/** What the deed makes of each item that it moves, by id. Pure. Throws Refusal CHANGED_MEANWHILE where it names one that cannot be moved. */
export function planItems(deed: Deed): Map<string, ItemChange> {
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

/** The times and reasons that go with where an item goes. What stays where it is was cleared: its hold ends. */
function effectOf(item: WarrantItem, to: WarrantItem["status"], deed: Deed): ItemChange {
  const { by, now, reason, refusalGround } = deed;
  if (to === item.status) return { clearedAt: now, heldUntil: now };
  const refusal =
    refusalGround === undefined ? noRefusal : { refusalGround, refusalBy: by, refusalReason: reason, refusalAt: now };
  const answered = item.status === "CONTESTED" ? resumed(item, now) : {};
  switch (to) {
    case "ORDERED":
      return item.status === "DRAFT" ? ordered(item, deed) : { ...answered, ...noRefusal };
    case "CONTESTED":
      return { ...refusal, forPerson: "CONTESTED_BEFORE" };
    case "ACCEPTED":
      return { ...answered, settledAt: item.settledAt ?? now, policyVersion: deed.policyVersion ?? null };
    case "REFUSED":
    case "NOT_HELD":
      return { ...answered, ...refusal, settledAt: item.settledAt ?? now };
    case "DISCLOSED":
      return { disclosedAt: now };
    case "LAPSED":
      return {
        ...answered,
        settledAt: item.settledAt ?? (item.deadlineAt !== null && now > item.deadlineAt ? now : null),
      };
    default:
      return { ...answered, settledAt: item.settledAt ?? now };
  }
}

function ordered(item: WarrantItem, { decisions, now }: Deed): ItemChange {
  const decision = decisions?.get(item.id);
  if (decision === undefined) throw new Error(`item ${item.id} is ordered and no decision was asked`);
  return {
    deadlineAt: deadlineAfter(now, decision.deadlineHours),
    heldUntil: deadlineAfter(now, holdHoursOf(decision)),
    notifiedCountry: notifiedCountryOf(decision),
  };
}

/** A question stopped the clock; it goes on from where it stood. Regulation (EU) 2023/1543, Art 10(6). */
function resumed({ deadlineAt, refusalAt }: WarrantItem, now: Date): ItemChange {
  if (deadlineAt === null || refusalAt === null) return {};
  return { deadlineAt: new Date(deadlineAt.getTime() + (now.getTime() - refusalAt.getTime())) };
}

const noRefusal: ItemChange = { refusalGround: null, refusalBy: null, refusalReason: null, refusalAt: null };
