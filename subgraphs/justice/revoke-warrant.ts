import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { carryOut } from "./carry-out.js";
import { checkText } from "./check-text.js";
import { findForAct, transitionOf } from "./find-for-act.js";
import { findWarrant, forgetWarrant, itemsOf } from "./load.js";
import { refuseIfAny } from "./rule-broken.js";
import type { WarrantPayload } from "./types/payloads.js";

/**
 * Revokes a warrant; the issuing authority may also discard a draft. Everything in it that is not over lapses at once. Throws RuleBroken.
 */
export async function revokeWarrant(
  context: SubgraphContext,
  revoker: Principal,
  id: string,
  reason: string,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const now = context.clock();
  const by = revoker.role === "CENTRAL_AUTHORITY" ? "CENTRAL_AUTHORITY" : "ISSUING_AUTHORITY";
  const warrant = await findForAct(context, id, null);
  const transition = transitionOf(warrant, "REVOKE", by, { validationMissing: false, unanswered: true }, now);
  refuseIfAny(checkText(reason, ["reason"]));
  await carryOut(context.em, {
    ...{ warrant, transition, now, reason },
    items: await itemsOf(context, warrant),
    named: [],
    by,
    actor: revoker.sub,
  });
  forgetWarrant(context, id);
  return { warrant: await findWarrant(context, id), warnings: [] };
}
