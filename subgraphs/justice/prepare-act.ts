import type { Party } from "../../schema/law/vocabulary.js";
import type { Principal } from "../../schema/principal.js";
import { keepOutcome } from "../kit/act-once.js";
import { EntityReference } from "../kit/outcome-text.js";
import { Refusal } from "../kit/refusal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { carryOut } from "./carry-out.js";
import type { Deed } from "./deed.js";
import type { Warrant } from "./entities/warrant.js";
import type { WarrantItem } from "./entities/warrant-item.js";
import { type Act, findTransition, type Transition } from "./life.js";
import { findWarrant, forgetWarrant, itemsOf } from "./load.js";
import { partyOf } from "./party-of.js";
import { RuleBroken, refuseIfAny } from "./rule-broken.js";
import { owesValidation, statusAt } from "./status-at.js";
import { tellPlatform } from "./tell-platform.js";
import type { WarrantPayload } from "./types/payloads.js";
import { type UserError, userError } from "./types/user-error.js";

/** An act somebody wants to do: it may be done as things stand, and nothing is done yet. */
export interface PreparedAct {
  readonly act: Act;
  readonly warrant: Warrant;
  /** All items, as they were read with the warrant. */
  readonly items: readonly WarrantItem[];
  readonly transition: Transition;
  /** The items that the act is about. */
  readonly named: readonly WarrantItem[];
  readonly by: Party;
  readonly actor: string;
  readonly now: Date;
}

export interface ActRequest {
  readonly act: Act;
  readonly id: string;
  /** Of the text she read; null: the act does not ask for it. */
  readonly contentHash?: string | null;
  /** Null: all that the act can be about. */
  readonly itemIds?: readonly string[] | null;
}

/**
 * What must hold before an act: she sees the warrant and read this text, the table has the transition for her, and the items she names can take it.
 * Throws RuleBroken with the reason, and Refusal CONTENT_HASH.
 */
export async function prepareAct(
  context: SubgraphContext,
  caller: Principal,
  { act, id, contentHash = null, itemIds = null }: ActRequest,
): Promise<PreparedAct> {
  const now = context.clock();
  const warrant = await findWarrant(context, id);
  if (warrant === null) throw new RuleBroken([userError("WARRANT_UNKNOWN", "There is no such warrant.", ["id"])]);
  if (contentHash !== null && contentHash !== warrant.contentHash) throw new Refusal("CONTENT_HASH");
  const items = await itemsOf(context, warrant);
  const by = partyOf(caller, warrant);
  const asked = { act, warrant, items, by, actor: caller.sub, now };
  const transition = transitionFor(asked, false);
  const named = transition.items === "ALL" ? items : nameItems(items, transition, itemIds);
  return { ...asked, transition, named };
}

/** The transition that the act makes now. Throws RuleBroken with the reason why there is none. */
export function transitionFor(
  { act, warrant, items, by, now }: Omit<PreparedAct, "transition" | "named">,
  validationMissing: boolean,
): Transition {
  const standing = {
    validationMissing,
    validationOwed: owesValidation(warrant),
    contested: items.some(({ status }) => status === "CONTESTED"),
    approvalMissing: warrant.emergency && warrant.approvedBy === null,
    preservation: warrant.kind === "PRESERVATION",
    extended: warrant.extendedAt !== null,
    policyAccepts: false,
  };
  const found = findTransition(act, statusAt(warrant, now), by, standing);
  if ("code" in found) throw new RuleBroken([userError(found.code, found.message, ["id"])]);
  return found;
}

/** Does what was prepared. Throws Refusal CHANGED_MEANWHILE where somebody was faster. */
export async function doAct(
  context: SubgraphContext,
  prepared: PreparedAct,
  how: Partial<Pick<Deed, "reason" | "refusalGround" | "decisions" | "sets" | "brings" | "fulfils">> & {
    readonly warnings?: readonly UserError[];
  },
): Promise<Omit<WarrantPayload, "userErrors">> {
  const { named, warrant } = prepared;
  const { warnings = [], ...more } = how;
  const answered = { warrant: new EntityReference("Warrant", warrant.id), warnings, userErrors: [] };
  await carryOut(context.em, {
    ...{ ...prepared, reason: null, ...more, named: named.map(({ id }) => id) },
    alongside: (transaction) => keepOutcome(context, transaction, answered),
  });
  forgetWarrant(context, warrant.id);
  await tellPlatform(context, warrant);
  return { warrant: await findWarrant(context, warrant.id), warnings: [...warnings] };
}

function nameItems(
  items: readonly WarrantItem[],
  { moves }: Transition,
  ids: readonly string[] | null,
): readonly WarrantItem[] {
  const possible = Object.keys(moves);
  if (ids === null) {
    const open = items.filter(({ status }) => possible.includes(status));
    if (open.length > 0) return open;
    const message = `No item of this warrant is ${possible.join(" or ")}: there is nothing to do.`;
    throw new RuleBroken([userError("NOTHING_OPEN", message, ["itemIds"])]);
  }
  if (ids.length === 0)
    throw new RuleBroken([
      userError("ITEMS_EMPTY", "Name at least one item, or leave `itemIds` out for all.", ["itemIds"]),
    ]);
  const errors: UserError[] = [];
  const named = new Set<WarrantItem>();
  ids.forEach((id, index) => {
    const item = items.find((one) => one.id === id);
    const say = (code: string, message: string) => errors.push(userError(code, message, ["itemIds", index]));
    if (!item) say("ITEM_UNKNOWN", `This warrant has no item ${id}.`);
    else if (!possible.includes(item.status))
      say("ITEM_NOT_OPEN", `Item ${id} is ${item.status}; this takes one that is ${possible.join(" or ")}.`);
    else named.add(item);
  });
  refuseIfAny(errors);
  return [...named];
}
