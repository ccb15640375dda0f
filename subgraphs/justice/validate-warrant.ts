import type { Principal } from "../../schema/principal.js";
import { loadEntity } from "../kit/load-entity.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { askDecisions } from "./ask-decisions.js";
import { checkSignature } from "./check-signature.js";
import { checkTargetsUnchanged } from "./check-targets-unchanged.js";
import { checkText } from "./check-text.js";
import { restriction } from "./emergency.js";
import { Authority } from "./entities/authority.js";
import { caseOf, targetsOf } from "./load.js";
import { doAct, type PreparedAct, prepareAct } from "./prepare-act.js";
import { asPreservation } from "./preserve.js";
import { refuseIfAny } from "./rule-broken.js";
import type { IssueWarrantInput } from "./types/inputs.js";
import type { WarrantPayload } from "./types/payloads.js";
import { userError } from "./types/user-error.js";

/**
 * Validates what another authority ordered and may not order alone: the order is issued, under the law as it is with this validation; an emergency that was
 * issued first stays in force. Throws RuleBroken
 * where her kind is not one that the rules name, and GraphUnavailable; nothing changes then.
 */
export async function validateWarrant(
  context: SubgraphContext,
  judge: Principal,
  { id, contentHash, signature }: IssueWarrantInput,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const prepared = await prepareAct(context, judge, { act: "VALIDATE", id, contentHash });
  const { warrant } = prepared;
  await checkValidator(context, judge, prepared);
  const inCase = await caseOf(context, warrant);
  if (inCase.closedAt !== null) refuseIfAny([userError("CASE_CLOSED", "The case of this warrant is closed.", ["id"])]);
  await checkTargetsUnchanged(context.graph, warrant.platform, await targetsOf(context, warrant));
  const signed = await checkSignature(context, judge.authority ?? "", warrant.content, signature);
  const sets = {
    validatingAuthorityId: judge.authority,
    validationSignature: signed?.jws ?? null,
    validationKeyId: signed?.keyId ?? null,
  };
  if (warrant.issuedAt !== null) return doAct(context, prepared, { sets, fulfils: ["VALIDATE_AFTERWARDS"] });
  const decisions = await askDecisions(context.graph, id);
  return doAct(context, prepared, { decisions, sets: { ...sets, ...asPreservation(prepared, decisions) } });
}

/** Refuses the validation: the order was never given. Throws RuleBroken. */
export async function declineValidation(
  context: SubgraphContext,
  judge: Principal,
  id: string,
  reason: string,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const prepared = await prepareAct(context, judge, { act: "DECLINE", id });
  await checkValidator(context, judge, prepared);
  refuseIfAny(checkText(reason, ["reason"]));
  return doAct(context, prepared, {
    reason,
    fulfils: ["VALIDATE_AFTERWARDS"],
    brings: prepared.warrant.issuedAt === null ? [] : [restriction(prepared)],
    sets: { validatingAuthorityId: judge.authority },
  });
}

async function checkValidator(context: SubgraphContext, judge: Principal, { warrant }: PreparedAct): Promise<void> {
  const authority = judge.authority === null ? null : await loadEntity(context, Authority, judge.authority);
  if (authority !== null && warrant.validators.includes(authority.kind)) return;
  const message = `This warrant is validated by ${warrant.validators.join(" or ")}, and not by ${authority?.kind ?? "nobody"}.`;
  refuseIfAny([userError("VALIDATOR_NOT_COMPETENT", message, ["id"])]);
}
