import type { Effect } from "../../schema/law/vocabulary.js";
import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { askDecisions, type ItemDecision } from "./ask-decisions.js";
import { carryOut } from "./carry-out.js";
import { checkTargetsUnchanged } from "./check-targets-unchanged.js";
import { checkText } from "./check-text.js";
import type { WarrantItem } from "./entities/warrant-item.js";
import { findForAct, transitionOf } from "./find-for-act.js";
import { findWarrant, forgetWarrant, itemsOf, targetsOf } from "./load.js";
import { groundsOf, mayRefuseOn } from "./refusal-grounds.js";
import { RuleBroken, refuseIfAny } from "./rule-broken.js";
import type { AnswerOrderInput, ContestInput } from "./types/inputs.js";
import type { WarrantPayload } from "./types/payloads.js";
import { type UserError, userError } from "./types/user-error.js";

/** What the provider answers to an order, item by item. Both throw RuleBroken, and GraphUnavailable; nothing changes then. */

/** Accepts the named items, or all that are open. Only then may the door open. */
export async function acceptWarrant(
  context: SubgraphContext,
  provider: Principal,
  { id, contentHash, itemIds }: AnswerOrderInput,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const now = context.clock();
  const warrant = await findForAct(context, id, contentHash);
  const transition = transitionOf(warrant, "ACCEPT", "PROVIDER", { validationMissing: false, unanswered: true }, now);
  const items = await itemsOf(context, warrant);
  const named = openItems(items, itemIds);
  await checkTargetsUnchanged(context.graph, warrant.platform, await targetsOf(context, warrant));
  await carryOut(context.em, {
    ...{ warrant, items, transition, now },
    named: named.map((item) => item.id),
    by: "PROVIDER",
    actor: provider.sub,
    reason: null,
  });
  forgetWarrant(context, id);
  return { warrant: await findWarrant(context, id), warnings: [] };
}

/** Refuses the named items, or all that are open: only those that no instrument compels. */
export async function refuseWarrant(
  context: SubgraphContext,
  provider: Principal,
  { id, itemIds, ground, text }: ContestInput,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const now = context.clock();
  const warrant = await findForAct(context, id, null);
  const items = await itemsOf(context, warrant);
  transitionOf(warrant, "REFUSE", "PROVIDER", { validationMissing: false, unanswered: true }, now);
  const named = openItems(items, itemIds);
  refuseIfAny(checkText(text, ["text"]));
  if (!mayRefuseOn(ground, "PROVIDER")) {
    const message = `${ground} is not a ground of the provider; these are: ${groundsOf("PROVIDER").join(", ")}.`;
    refuseIfAny([userError("GROUND_NOT_OPEN", message, ["ground"])]);
  }
  refuseIfAny(checkVoluntary(named, await askDecisions(context.graph, id)));
  const unanswered = items.some((item) => item.status === "ORDERED" && !named.includes(item));
  const standing = { validationMissing: false, unanswered };
  await carryOut(context.em, {
    transition: transitionOf(warrant, "REFUSE", "PROVIDER", standing, now),
    ...{ warrant, items, now },
    named: named.map((item) => item.id),
    by: "PROVIDER",
    actor: provider.sub,
    reason: text,
    refusalGround: ground,
  });
  forgetWarrant(context, id);
  return { warrant: await findWarrant(context, id), warnings: [] };
}

function openItems(items: readonly WarrantItem[], ids: readonly string[] | null | undefined): WarrantItem[] {
  if (!ids) {
    const open = items.filter(({ status }) => status === "ORDERED");
    if (open.length > 0) return open;
    throw new RuleBroken([userError("NOTHING_OPEN", "Every item of this warrant is answered already.", ["itemIds"])]);
  }
  if (ids.length === 0)
    throw new RuleBroken([
      userError("ITEMS_EMPTY", "Name at least one item, or leave `itemIds` out for all.", ["itemIds"]),
    ]);
  const errors: UserError[] = [];
  const named = new Set<WarrantItem>();
  ids.forEach((id, index) => {
    const item = items.find((one) => one.id === id);
    if (!item) errors.push(userError("ITEM_UNKNOWN", `This warrant has no item ${id}.`, ["itemIds", index]));
    else if (item.status !== "ORDERED") {
      errors.push(
        userError("ITEM_ANSWERED", `Item ${id} is ${item.status}; only an ORDERED one can be answered.`, [
          "itemIds",
          index,
        ]),
      );
    } else named.add(item);
  });
  refuseIfAny(errors);
  return [...named];
}

const compelling: readonly Effect[] = ["PERMIT_COMPULSORY", "PERMIT_PRESERVATION"];

function checkVoluntary(items: readonly WarrantItem[], decisions: ReadonlyMap<string, ItemDecision>): UserError[] {
  return items.flatMap((item) => {
    const decision = decisions.get(item.id);
    if (!decision) throw new Error(`the graph answered no decision for item ${item.id}`);
    if (!compelling.includes(decision.effect)) return [];
    const message = `${item.category} is ordered by an instrument that binds the provider: it cannot be refused, only contested.`;
    return [userError("ORDER_COMPULSORY", message, ["itemIds"], decision.ruleId)];
  });
}
