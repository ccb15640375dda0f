import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { askDecisions, type ItemDecision } from "./ask-decisions.js";
import { askLaw, type Preliminary } from "./ask-law.js";
import { beliefOf } from "./canonical-content.js";
import { checkPreserved } from "./check-preserved.js";
import { checkSignature } from "./check-signature.js";
import { checkTargetsUnchanged } from "./check-targets-unchanged.js";
import type { Deed } from "./deed.js";
import { defaultValidators, reviewsOf, validationDue } from "./emergency.js";
import { askingOf, caseOf, targetsOf } from "./load.js";
import { doAct, type PreparedAct, prepareAct, transitionFor } from "./prepare-act.js";
import { asPreservation } from "./preserve.js";
import { refuseIfAny } from "./rule-broken.js";
import type { IssueWarrantInput } from "./types/inputs.js";
import type { WarrantPayload } from "./types/payloads.js";
import { userError } from "./types/user-error.js";

/**
 * Issues a draft. The authority is the obstacle: another kind would be permitted → RuleBroken with the rule; a validation is missing → the
 * warrant awaits it. What the law denies to everybody may be asked for: the door withholds it. Throws GraphUnavailable; nothing changes then.
 */
export async function issueWarrant(
  context: SubgraphContext,
  judge: Principal,
  { id, contentHash, signature }: IssueWarrantInput,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const prepared = await prepareAct(context, judge, { act: "ISSUE", id, contentHash });
  const { warrant, now } = prepared;
  const [inCase, targets] = await Promise.all([caseOf(context, warrant), targetsOf(context, warrant)]);
  if (inCase.closedAt !== null) refuseIfAny([userError("CASE_CLOSED", "The case of this warrant is closed.", ["id"])]);
  refuseIfAny(await checkPreserved(context, warrant, targets));
  const signed = await checkSignature(context, warrant.authorityId, warrant.content, signature);
  const seal = { signature: signed?.jws ?? null, signingKeyId: signed?.keyId ?? null };
  await checkTargetsUnchanged(context.graph, warrant.platform, targets);
  const question: Preliminary = {
    at: now,
    platform: warrant.platform,
    categories: warrant.categories,
    offenceCodes: inCase.offenceCodes,
    committedOnline: inCase.committedOnline,
    offenceCountry: inCase.offenceCountry,
    solePurposeIdentification: warrant.solePurposeIdentification,
    kind: warrant.kind,
    emergency: warrant.emergency,
    believed: targets.map(beliefOf),
  };
  const { competence, warnings, validators } = await askLaw(context.graph, question);
  refuseIfAny(competence.filter(({ code }) => code !== "VALIDATION_MISSING"));
  if (validators !== null) {
    refuseIfAny(validators.length > 0 ? [] : [noCommonValidator]);
    const transition = transitionFor(prepared, true);
    return doAct(
      context,
      { ...prepared, transition },
      { sets: { ...seal, validators: [...validators] }, warnings: [...competence, ...warnings] },
    );
  }
  const decisions = await askDecisions(context.graph, id);
  const kept = asPreservation(prepared, decisions);
  if (!warrant.emergency) return doAct(context, prepared, { decisions, warnings, sets: { ...seal, ...kept } });
  const emergency = await asEmergency(context, prepared, question, decisions);
  return doAct(context, prepared, { ...emergency, warnings, sets: { ...seal, ...kept, ...emergency.sets } });
}

/** What an emergency brings beside the order: who must look at it, and by when whom it must be validated. */
async function asEmergency(
  context: SubgraphContext,
  prepared: PreparedAct,
  question: Preliminary,
  decisions: ReadonlyMap<string, ItemDecision>,
): Promise<Pick<Deed, "decisions" | "brings" | "sets">> {
  const { warrant, now } = prepared;
  const { authority } = await askingOf(context, warrant, now);
  const dueAt = validationDue(decisions, authority.kind, now);
  if (dueAt === null) return { decisions, brings: await reviewsOf(context, prepared, null) };
  if (dueAt >= warrant.expiresAt) refuseIfAny([expiresTooEarly]);
  const ordinary = await askLaw(context.graph, { ...question, emergency: false });
  const validators = [...(ordinary.validators ?? defaultValidators())];
  const said = [...decisions.values()].some(({ duties }) => duties.some(({ kind }) => kind === "VALIDATE_AFTERWARDS"));
  return {
    decisions,
    brings: await reviewsOf(context, prepared, said ? null : dueAt),
    sets: { validators, validationDueAt: dueAt },
  };
}

const expiresTooEarly = userError(
  "EXPIRES_TOO_EARLY",
  "This emergency must be validated afterwards: it may not expire before the validation is due.",
  ["id"],
);

const noCommonValidator = userError(
  "VALIDATION_BY_SEVERAL",
  "No one authority could validate all the categories of this warrant: order them in several.",
  ["id"],
);
