import type { Receipt } from "../door/types.js";
import type { Variables } from "../plan/coerce-variables.js";
import type { Answer } from "./answer.js";
import { type Data, isData } from "./data.js";
import type { Decided } from "./decided.js";
import { misshapen } from "./failure.js";
import { Disclosed, Mark, putMark } from "./mark.js";
import { clone } from "./merge.js";
import type { IdentityUnit } from "./passage.js";
import { type Group, groupKey, type Member, recognitionKey } from "./regroup.js";
import type { Report } from "./report.js";
import { itemsFor, markFor } from "./settle-entities.js";

/** What the answers of one identity fetch are held against. */
export interface Settling {
  readonly receipt: Receipt;
  readonly variables: Variables;
  readonly report: Report;
}

const wrong = new Mark({ kind: "FAILED", failure: misshapen });

/**
 * Takes a group's answer over, entity by entity (door.md, M6): the list must be as long as what was asked, and each item of the type and key of its
 * representation, else that entity fails; of each item only the keys asked for, of each value only the selected fields, the rows in the period, and no more of
 * them than were asked for. What is too much is dropped, told to the client in one neutral sentence, and raised as an alarm.
 */
export function settleGroup(group: Group, index: number, answer: Answer, settling: Settling): void {
  const { report } = settling;
  const items = itemsFor(answer, groupKey(index), group.members.length, report);
  group.members.forEach((member, position) => {
    const item = items[position];
    if (item === null) for (const unit of group.units) disclose(member, unit, null, false, settling);
    else if (item instanceof Mark) for (const unit of group.units) failUnit(member, unit, markFor(item, unit.key));
    else if (isData(item) && isTheOne(item, group, member)) settleItem(item, group, member, settling);
    else {
      report("ENTITIES_DIFFER");
      for (const unit of group.units) failUnit(member, unit, wrong);
    }
  });
}

function isTheOne(item: Data, { of }: Group, { lot }: Member): boolean {
  return item.__typename === of.type && item[recognitionKey] === lot.representation[of.key];
}

function settleItem(item: Data, group: Group, member: Member, settling: Settling): void {
  const excess = holdsMore(item, group.units);
  if (excess) settling.report("FIELDS_NOT_ASKED");
  for (const unit of group.units) {
    const value = Object.hasOwn(item, unit.key) ? item[unit.key] : wrong;
    if (value instanceof Mark) failUnit(member, unit, value);
    else disclose(member, unit, value, excess, settling);
  }
}

/** Whether an entity came with more than its type, its key and what was asked of it. */
function holdsMore(item: Data, units: readonly IdentityUnit[]): boolean {
  for (const key in item)
    if (key !== "__typename" && key !== recognitionKey && !units.some((unit) => unit.key === key)) return true;
  return false;
}

function failUnit({ lot }: Member, { key }: IdentityUnit, mark: Mark): void {
  for (const target of lot.targets) putMark(target, key, mark);
}

function disclose(
  { lot, decided }: Member,
  unit: IdentityUnit,
  value: unknown,
  beside: boolean,
  { receipt, variables, report }: Settling,
): void {
  const { key, field, rows } = unit;
  const { ask, verdict } = decided.get(field.field) as Decided;
  const added = unit.cutKeys(value, report);
  const came = rows.count(value);
  const inside = rows.within(value, verdict.kind === "PERMITTED" ? verdict.window : null);
  const left = rows.count(inside);
  if (left < came) report("ROWS_OUTSIDE_PERIOD");
  const page = unit.pageSize(variables);
  const cut = page !== null && left > page ? rows.upTo(inside, page) : inside;
  const shown = rows.count(cut);
  if (shown < left) report("ROWS_BEYOND_PAGE");
  const disclosure = { ask, receipt, rows: shown, excessive: beside || added || shown < came };
  lot.targets.forEach((target, index) => {
    if (!(target[key] instanceof Mark)) target[key] = new Disclosed(disclosure, index === 0 ? cut : clone(cut));
  });
}
