import type { Effect } from "../../schema/law/vocabulary.js";
import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { askDecisions, type ItemDecision } from "./ask-decisions.js";
import { checkTargetsUnchanged } from "./check-targets-unchanged.js";
import { checkText } from "./check-text.js";
import { checkReviewed } from "./emergency.js";
import type { WarrantItem } from "./entities/warrant-item.js";
import { targetsOf } from "./load.js";
import { doAct, type PreparedAct, prepareAct } from "./prepare-act.js";
import { groundsOf, mayRefuseOn } from "./refusal-grounds.js";
import { refuseIfAny } from "./rule-broken.js";
import { isHeldAt } from "./status-at.js";
import type { AnswerOrderInput, ContestInput } from "./types/inputs.js";
import type { WarrantPayload } from "./types/payloads.js";
import { type UserError, userError } from "./types/user-error.js";

/** What the provider answers to an order, item by item. All throw RuleBroken, and GraphUnavailable; nothing changes then. */

type Answered = Promise<Omit<WarrantPayload, "userErrors">>;

/** Accepts the named items, or all that are open. Only then may the door open. */
export async function acceptWarrant(
  context: SubgraphContext,
  provider: Principal,
  { id, contentHash, itemIds = null }: AnswerOrderInput,
): Answered {
  const prepared = await prepareAct(context, provider, { act: "ACCEPT", id, contentHash, itemIds });
  const { warrant } = prepared;
  if (warrant.emergency) refuseIfAny(await checkReviewed(context, provider, warrant));
  await checkTargetsUnchanged(context.graph, warrant.platform, await targetsOf(context, warrant));
  return doAct(context, prepared, {});
}

/** Asks about the named items, or all that are open: their clock stands still until the issuing authority answers, and the order goes on. */
export async function contestWarrant(context: SubgraphContext, provider: Principal, input: ContestInput): Answered {
  const prepared = await prepareObjection(context, provider, "CONTEST", input);
  return doAct(context, prepared, { reason: input.text, refusalGround: input.ground });
}

/** Refuses the named items, or all that are open: only those that no instrument compels. */
export async function refuseWarrant(context: SubgraphContext, provider: Principal, input: ContestInput): Answered {
  const prepared = await prepareObjection(context, provider, "REFUSE", input);
  if (prepared.act === "REFUSE")
    refuseIfAny(checkVoluntary(prepared.named, await askDecisions(context.graph, input.id)));
  return doAct(context, prepared, { reason: input.text, refusalGround: input.ground });
}

/** Says that the data of the named items, or of all that are accepted and not held, were handed over. */
export async function fulfilItems(
  context: SubgraphContext,
  provider: Principal,
  { id, contentHash, itemIds = null }: AnswerOrderInput,
): Answered {
  const prepared = await prepareAct(context, provider, { act: "FULFIL", id, contentHash, itemIds });
  const held = prepared.named.filter((item) => isHeldAt(item, prepared.now));
  refuseIfAny(
    itemIds === null && held.length < prepared.named.length
      ? []
      : held.map(({ id: item, heldUntil }) => {
          const message = `Item ${item} is held until ${heldUntil?.toISOString()}: nothing may be handed over before.`;
          return userError("ITEM_HELD", message, ["itemIds"]);
        }),
  );
  return doAct(context, { ...prepared, named: prepared.named.filter((item) => !held.includes(item)) }, {});
}

/** That data are not held is an answer and no question: it ends the item, on whatever route. */
async function prepareObjection(
  context: SubgraphContext,
  provider: Principal,
  act: "CONTEST" | "REFUSE",
  { id, itemIds = null, ground, text }: ContestInput,
): Promise<PreparedAct> {
  const prepared = await prepareAct(context, provider, {
    act: ground === "DATA_NOT_HELD" ? "REPORT_NOT_HELD" : act,
    ...{ id, itemIds },
  });
  refuseIfAny(checkText(text, ["text"]));
  if (!mayRefuseOn(ground, "PROVIDER")) {
    const message = `${ground} is not a ground of the provider; these are: ${groundsOf("PROVIDER").join(", ")}.`;
    refuseIfAny([userError("GROUND_NOT_OPEN", message, ["ground"])]);
  }
  return prepared;
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
