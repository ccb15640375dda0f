import type { Answer } from "./answer.js";
import { isData } from "./data.js";
import type { Decided } from "./decided.js";
import { misshapen } from "./failure.js";
import { Disclosed, Mark, putMark } from "./mark.js";
import { clone } from "./merge.js";
import type { IdentityUnit } from "./passage.js";
import { type Group, groupKey, type Member, recognitionKey } from "./regroup.js";
import { itemsFor, markFor } from "./settle-entities.js";

const wrong = new Mark({ kind: "FAILED", failure: misshapen });

/**
 * Takes a group's answer over, entity by entity (door.md, M6): the list must be as long as what was asked, and each item of the type and key of its
 * representation, else that entity fails; of each item only the keys asked for, of each value only the rows in the period.
 */
export function settleGroup(group: Group, index: number, answer: Answer): void {
  const items = itemsFor(answer, groupKey(index), group.members.length);
  group.members.forEach((member, position) => {
    const item = items[position];
    const recognised =
      isData(item) &&
      item.__typename === group.of.type &&
      item[recognitionKey] === member.lot.representation[group.of.key];
    for (const unit of group.units) {
      if (item === null) disclose(member, unit, null);
      else if (!isData(item)) failUnit(member, unit, markFor(item, unit.key));
      else if (!recognised) failUnit(member, unit, wrong);
      else settleUnit(member, unit, Object.hasOwn(item, unit.key) ? item[unit.key] : wrong);
    }
  });
}

function settleUnit(member: Member, unit: IdentityUnit, value: unknown): void {
  if (value instanceof Mark) failUnit(member, unit, value);
  else disclose(member, unit, value);
}

function failUnit({ lot }: Member, { key }: IdentityUnit, mark: Mark): void {
  for (const target of lot.targets) putMark(target, key, mark);
}

function disclose({ lot, decided }: Member, { field, key, rows }: IdentityUnit, value: unknown): void {
  const { ask, verdict } = decided.get(field.field) as Decided;
  const cut = rows.within(value, verdict.kind === "PERMITTED" ? verdict.window : null);
  const disclosure = { ask, rows: rows.count(cut) };
  lot.targets.forEach((target, index) => {
    if (!(target[key] instanceof Mark)) target[key] = new Disclosed(disclosure, index === 0 ? cut : clone(cut));
  });
}
