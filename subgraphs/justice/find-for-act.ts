import type { Party } from "../../schema/law/vocabulary.js";
import { Refusal } from "../kit/refusal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import type { Warrant } from "./entities/warrant.js";
import { type Act, findTransition, type Standing, type Transition } from "./life.js";
import { findWarrant } from "./load.js";
import { RuleBroken } from "./rule-broken.js";
import { statusAt } from "./status-at.js";
import { userError } from "./types/user-error.js";

/** The warrant somebody wants to act on. Throws RuleBroken where she sees none, and Refusal CONTENT_HASH where she read another text. */
export async function findForAct(context: SubgraphContext, id: string, contentHash: string | null): Promise<Warrant> {
  const warrant = await findWarrant(context, id);
  if (warrant === null) throw new RuleBroken([userError("WARRANT_UNKNOWN", "There is no such warrant.", ["id"])]);
  if (contentHash !== null && contentHash !== warrant.contentHash) throw new Refusal("CONTENT_HASH");
  return warrant;
}

/** The transition that the act makes now. Throws RuleBroken with the reason why there is none. */
export function transitionOf(warrant: Warrant, act: Act, by: Party, standing: Standing, now: Date): Transition {
  const found = findTransition(act, statusAt(warrant, now), by, standing);
  if (typeof found === "string") throw new RuleBroken([userError("NOT_IN_THIS_STATUS", found, ["id"])]);
  return found;
}
