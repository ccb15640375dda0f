import { type HoldGround, holdGrounds } from "../../../schema/ledger/vocabulary.js";
import {
  describeHold,
  type HeldMatter,
  type HoldOrder,
  liftHold,
  listHolds,
  placeHold,
} from "../../../subgraphs/audit/index.js";
import { holdDraft } from "../../record/hold-draft.js";
import { printLine } from "../print-line.js";
import { readOperator } from "../read-operator.js";
import type { Settings } from "../settings.js";
import { type RecordInLog, withAudit } from "../with-audit.js";
import { WrongCall } from "../wrong-call.js";

export interface HoldCall {
  readonly warrant?: string;
  readonly case?: string;
  readonly from?: string;
  readonly to?: string;
  readonly ground: string;
  readonly by: string;
}
export type LiftCall = Pick<HoldCall, "ground" | "by">;

/** Keeps the records of a warrant, a case or a time from erasure and from the end of retention. Throws WrongCall. */
export async function hold(call: HoldCall, settings: Settings): Promise<void> {
  const matter = matterOf(call);
  const order = orderOf(call, "ENDED");
  const id = await withAudit(settings, (audit, record) =>
    placeHold(audit.em(), matter, { ...order(record), at: audit.clock() }),
  );
  printLine(`hold ${id} stands until \`rogatory hold lift ${id}\``);
}

/** Throws WrongCall where no such hold stands. */
export async function lift(id: string, call: LiftCall, settings: Settings): Promise<void> {
  const order = orderOf(call, "PROCEEDINGS");
  if (!(await withAudit(settings, (audit, record) => liftHold(audit.em(), id, order(record)))))
    throw new WrongCall(`no hold ${id} stands: expected one that \`rogatory hold list\` shows`);
  printLine(`hold ${id} is lifted`);
}

export async function list(settings: Settings): Promise<void> {
  for (const one of await withAudit(settings, (audit) => listHolds(audit.em())))
    printLine(`${describeHold(one)}, by ${one.placedBy} on ${one.placedAt.toISOString()}`);
}

/** Who answers for it and why; `not` is a ground of the other call. Throws WrongCall. */
function orderOf({ ground, by }: LiftCall, not: HoldGround): (record: RecordInLog) => HoldOrder {
  const grounds = holdGrounds.filter((one) => one !== not);
  const known = grounds.find((one) => one === ground);
  if (known === undefined) throw new WrongCall(`--ground is ${ground}: expected one of ${grounds.join(", ")}`);
  const operator = readOperator(by);
  return (record) => ({ ground: known, by: operator, record: (told) => record([holdDraft(told)]) });
}

function matterOf({ warrant, case: inCase, from, to }: HoldCall): HeldMatter {
  const period = from !== undefined || to !== undefined;
  if ([warrant !== undefined, inCase !== undefined, period].filter(Boolean).length !== 1)
    throw new WrongCall("expected one of --warrant, --case, or --from and --to");
  if (warrant !== undefined) return { warrant };
  if (inCase !== undefined) return { case: inCase };
  const matter = { from: instant(from, "--from"), to: instant(to, "--to") };
  if (matter.from >= matter.to) throw new WrongCall("--from must lie before --to");
  return matter;
}

function instant(text: string | undefined, option: string): Date {
  const time = new Date(text ?? "");
  if (Number.isNaN(time.getTime()))
    throw new WrongCall(`${option} is ${text ?? "missing"}: expected a moment such as 2026-01-01T00:00:00Z`);
  return time;
}
