import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { askDecisions } from "./ask-decisions.js";
import { askLaw } from "./ask-law.js";
import { beliefOf } from "./canonical-content.js";
import { carryOut } from "./carry-out.js";
import { checkTargetsUnchanged } from "./check-targets-unchanged.js";
import { findForAct, transitionOf } from "./find-for-act.js";
import { caseOf, findWarrant, forgetWarrant, itemsOf, targetsOf } from "./load.js";
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
  { id, contentHash }: IssueWarrantInput,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const now = context.clock();
  const warrant = await findForAct(context, id, contentHash);
  transitionOf(warrant, "ISSUE", "ISSUING_AUTHORITY", { validationMissing: false, unanswered: true }, now);
  const [inCase, targets, items] = await Promise.all([
    caseOf(context, warrant),
    targetsOf(context, warrant),
    itemsOf(context, warrant),
  ]);
  if (inCase.closedAt !== null) refuseIfAny([userError("CASE_CLOSED", "The case of this warrant is closed.", ["id"])]);
  await checkTargetsUnchanged(context.graph, warrant.platform, targets);
  const { competence, warnings } = await askLaw(context.graph, {
    at: now,
    platform: warrant.platform,
    categories: warrant.categories,
    offenceCodes: inCase.offenceCodes,
    committedOnline: inCase.committedOnline,
    offenceCountry: inCase.offenceCountry,
    solePurposeIdentification: warrant.solePurposeIdentification,
    believed: targets.map(beliefOf),
  });
  refuseIfAny(competence.filter(({ code }) => code !== "VALIDATION_MISSING"));
  const standing = { validationMissing: competence.length > 0, unanswered: true };
  const transition = transitionOf(warrant, "ISSUE", "ISSUING_AUTHORITY", standing, now);
  await carryOut(context.em, {
    ...{ warrant, items, transition, now },
    named: [],
    decisions: await askDecisions(context.graph, id),
    by: "ISSUING_AUTHORITY",
    actor: judge.sub,
    reason: null,
  });
  forgetWarrant(context, id);
  return { warrant: await findWarrant(context, id), warnings: [...competence, ...warnings] };
}
