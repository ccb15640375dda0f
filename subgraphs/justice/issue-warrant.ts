import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { askDecisions } from "./ask-decisions.js";
import { askLaw } from "./ask-law.js";
import { beliefOf } from "./canonical-content.js";
import { checkTargetsUnchanged } from "./check-targets-unchanged.js";
import { caseOf, targetsOf } from "./load.js";
import { doAct, prepareAct, transitionFor } from "./prepare-act.js";
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
  const prepared = await prepareAct(context, judge, { act: "ISSUE", id, contentHash });
  const { warrant, now } = prepared;
  const [inCase, targets] = await Promise.all([caseOf(context, warrant), targetsOf(context, warrant)]);
  if (inCase.closedAt !== null) refuseIfAny([userError("CASE_CLOSED", "The case of this warrant is closed.", ["id"])]);
  await checkTargetsUnchanged(context.graph, warrant.platform, targets);
  const { competence, warnings, validators } = await askLaw(context.graph, {
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
  });
  refuseIfAny(competence.filter(({ code }) => code !== "VALIDATION_MISSING"));
  if (validators !== null) {
    refuseIfAny(validators.length > 0 ? [] : [noCommonValidator]);
    const transition = transitionFor(prepared, true);
    return doAct(
      context,
      { ...prepared, transition },
      { sets: { validators: [...validators] }, warnings: [...competence, ...warnings] },
    );
  }
  return doAct(context, prepared, { decisions: await askDecisions(context.graph, id), warnings });
}

const noCommonValidator = userError(
  "VALIDATION_BY_SEVERAL",
  "No one authority could validate all the categories of this warrant: order them in several.",
  ["id"],
);
