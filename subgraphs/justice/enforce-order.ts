import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { checkText } from "./check-text.js";
import type { Obligation } from "./entities/obligation.js";
import type { WarrantItem } from "./entities/warrant-item.js";
import { obligationOf } from "./plan-obligations.js";
import { doAct, type PreparedAct, prepareAct } from "./prepare-act.js";
import { groundsOf, mayRefuseOn } from "./refusal-grounds.js";
import { RuleBroken, refuseIfAny } from "./rule-broken.js";
import { isHeldAt } from "./status-at.js";
import type { AnswerOrderInput, ContestInput } from "./types/inputs.js";
import type { WarrantPayload } from "./types/payloads.js";
import { userError } from "./types/user-error.js";

/** What the enforcing authority says of an order that was notified to it: Regulation (EU) 2023/1543, Art 8 and 12. All throw RuleBroken. */

/** Ends the hold of the named items, or of all that are held, before its time. */
export async function clearHold(
  context: SubgraphContext,
  enforcer: Principal,
  { id, contentHash, itemIds = null }: AnswerOrderInput,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const prepared = await prepareAct(context, enforcer, { act: "CLEAR", id, contentHash, itemIds });
  const named = chooseOwn(enforcer, prepared, itemIds, (item) => isHeldAt(item, prepared.now), "is held");
  return doAct(context, { ...prepared, named }, {});
}

/** Objects to the named items, or to all that may still be reviewed: they are refused, and what was sent already is deleted or used no further. */
export async function objectToWarrant(
  context: SubgraphContext,
  enforcer: Principal,
  { id, itemIds = null, ground, text }: ContestInput,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const prepared = await prepareAct(context, enforcer, { act: "OBJECT", id, itemIds });
  const { now } = prepared;
  const named = chooseOwn(enforcer, prepared, itemIds, (item) => isOpenToReview(item, now), "can still be reviewed");
  refuseIfAny(checkText(text, ["text"]));
  if (!mayRefuseOn(ground, "ENFORCING_AUTHORITY")) {
    const message = `${ground} is not a ground of the enforcing authority; these are: ${groundsOf("ENFORCING_AUTHORITY").join(", ")}.`;
    refuseIfAny([userError("GROUND_NOT_OPEN", message, ["ground"])]);
  }
  return doAct(
    context,
    { ...prepared, named },
    { reason: text, refusalGround: ground, brings: deletions(prepared, named) },
  );
}

/** Until a hold is over, or was cleared; where nothing is held, as in an emergency, a later word still counts. */
function isOpenToReview(item: WarrantItem, now: Date): boolean {
  return item.clearedAt === null && (item.heldUntil === null || isHeldAt(item, now));
}

/** Of the items that she could act on, those notified to her state of which this is so. */
function chooseOwn(
  { country }: Principal,
  { named }: PreparedAct,
  itemIds: readonly string[] | null,
  isSo: (item: WarrantItem) => boolean,
  what: string,
): readonly WarrantItem[] {
  const chosen = named.filter((item) => item.notifiedCountry === country && isSo(item));
  if (chosen.length > 0 && (itemIds === null || chosen.length === named.length)) return chosen;
  const message = `${itemIds === null ? "No item" : "Not every item named"} of this warrant was notified to ${country} and ${what}.`;
  throw new RuleBroken([userError("NOT_OPEN_TO_REVIEW", message, ["itemIds"])]);
}

/** Art 12(4): data that may have been sent before the objection. */
function deletions(prepared: PreparedAct, named: readonly WarrantItem[]): Obligation[] {
  const sent = named.some(
    (item) => item.status === "DISCLOSED" || (item.status === "ACCEPTED" && !isHeldAt(item, prepared.now)),
  );
  if (!sent) return [];
  const text =
    "The enforcing authority objected after data may have been sent: delete them, or use them only as it allows " +
    "(Regulation (EU) 2023/1543, Art 12).";
  return [obligationOf({ kind: "DELETE", owner: "ISSUING_AUTHORITY", dueHours: null, text }, null, prepared)];
}
