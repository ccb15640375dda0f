import type { DataCategory } from "../../schema/law/vocabulary.js";
import type { DoorItem, DoorTarget, DoorWarrant } from "./warrant.js";

/** A warrant's targets by account and its items by category and target, so that a thousand persons are not sought a thousand times each. The first of two counts. */
interface Index {
  readonly targets: ReadonlyMap<string, DoorTarget>;
  readonly items: ReadonlyMap<DataCategory, ReadonlyMap<string, DoorItem>>;
}

const indexes = new WeakMap<DoorWarrant, Index>();

/** The target that is this account; undefined where the warrant names no such. */
export function targetOf(warrant: DoorWarrant, accountId: string): DoorTarget | undefined {
  return indexOf(warrant).targets.get(accountId);
}

/** The item of this target and category. */
export function itemOf(warrant: DoorWarrant, { id }: DoorTarget, category: DataCategory): DoorItem | undefined {
  return indexOf(warrant).items.get(category)?.get(id);
}

function indexOf(warrant: DoorWarrant): Index {
  const known = indexes.get(warrant);
  if (known !== undefined) return known;
  const targets = new Map<string, DoorTarget>();
  for (const target of warrant.targets)
    if (target.accountId !== null && !targets.has(target.accountId)) targets.set(target.accountId, target);
  const items = new Map<DataCategory, Map<string, DoorItem>>();
  for (const item of warrant.items) {
    const ofCategory = items.get(item.category) ?? new Map<string, DoorItem>();
    items.set(item.category, ofCategory);
    if (!ofCategory.has(item.targetId)) ofCategory.set(item.targetId, item);
  }
  const index = { targets, items };
  indexes.set(warrant, index);
  return index;
}
