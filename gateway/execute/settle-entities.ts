import { noteAbsent } from "./absent.js";
import type { Answer } from "./answer.js";
import { type Data, isData } from "./data.js";
import { misshapen } from "./failure.js";
import { type Lot, missingFor } from "./lot.js";
import { Mark, putMark } from "./mark.js";
import { blank, clone, merge } from "./merge.js";
import type { Report } from "./report.js";

const wrongList = new Mark({ kind: "FAILED", failure: misshapen });

/** The items of an `_entities` answer, one for each lot: an object, null, or a mark. A list that is no answer to what was asked fails whole, with an alarm. */
export function itemsFor(answer: Answer, key: string, count: number, report: Report): readonly unknown[] {
  const list = answer.at(key);
  if (Array.isArray(list) && list.length === count) return list;
  if (!(list instanceof Mark)) report("ENTITIES_DIFFER");
  return new Array<unknown>(count).fill(list instanceof Mark ? list : wrongList);
}

/** Takes one entity's answer over to all its places. A field whose requirement is missing fails for that cause, its neighbours live. */
export function settleEntity(lot: Lot, item: unknown): void {
  const { input, targets, blocked } = lot;
  if (blocked) {
    for (const { key, needs } of input.units) {
      const mark = missingFor(blocked, needs);
      if (mark) for (const target of targets) putMark(target, key, mark);
    }
  }
  const { tree } = input;
  targets.forEach((target, index) => {
    // What has nothing below it is copied by being taken over, but for scalars that are objects.
    if (isData(item))
      merge(target, index === 0 || (tree.flat && !holdsObjects(item)) ? item : (clone(item) as typeof item), tree);
    else if (item === null) {
      blank(target, tree);
      noteAbsent(target);
    } else for (const { key } of input.units) putMark(target, key, markFor(item, key));
  });
}

function holdsObjects(item: Data): boolean {
  for (const key in item) if (typeof item[key] === "object") return true;
  return false;
}

/** Of the faults that made an entity null, the one of this field; a field without one of its own was lost to its neighbour's. */
export function markFor(item: unknown, key: string): Mark {
  if (!(item instanceof Mark)) return wrongList;
  for (let mark: Mark | null = item; mark; mark = mark.also) {
    const [first, ...rest] = mark.below;
    if (first === key) return new Mark(mark.cause, rest);
  }
  return new Mark(item.cause);
}
