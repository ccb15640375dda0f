import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { checkText } from "./check-text.js";
import { doAct, prepareAct } from "./prepare-act.js";
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
  const prepared = await prepareAct(context, revoker, { act: "REVOKE", id });
  refuseIfAny(checkText(reason, ["reason"]));
  return doAct(context, prepared, { reason, fulfils: ["VALIDATE_AFTERWARDS"], sets: { validationDueAt: null } });
}
