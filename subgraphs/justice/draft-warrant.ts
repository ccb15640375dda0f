import type { Principal } from "../../schema/principal.js";
import { keepOutcome } from "../kit/act-once.js";
import { EntityReference } from "../kit/outcome-text.js";
import type { Graph, SubgraphContext } from "../kit/subgraph.js";
import { askLaw } from "./ask-law.js";
import { beliefOf } from "./canonical-content.js";
import { checkDraft } from "./check-draft.js";
import { checkPreserved } from "./check-preserved.js";
import { defaultExpiry, defaultLifeDays } from "./expiry.js";
import { findWarrant } from "./load.js";
import { makeDraft, storeDraft } from "./make-draft.js";
import { findOwnCase } from "./own-case.js";
import { type Resolved, resolveTargets } from "./resolve-targets.js";
import { refuseIfAny } from "./rule-broken.js";
import type { DraftWarrantInput } from "./types/inputs.js";
import type { WarrantPayload } from "./types/payloads.js";
import { type UserError, userError } from "./types/user-error.js";

/**
 * Drafts a warrant in a case of the judge's authority. Its content is fixed here; what the law will withhold, what is not resolved and what was
 * added are warnings. Throws RuleBroken and GraphUnavailable; nothing is stored then.
 */
export async function draftWarrant(
  context: SubgraphContext,
  judge: Principal,
  input: DraftWarrantInput,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const { graph } = context;
  const now = context.clock();
  const inCase = await findOwnCase(context, judge, input.caseId, "caseId");
  const closed = inCase.closedAt === null ? [] : [userError("CASE_CLOSED", "The case is closed.", ["caseId"])];
  refuseIfAny([...closed, ...checkDraft(input, now), ...(await checkReplaced(context, input))]);
  refuseIfAny(await checkPlatform(graph, input.platform));
  const resolved = await resolveTargets(graph, input.platform, input.targets);
  if (input.kind === "PRESERVATION") refuseIfAny(resolved.flatMap(refuseUnresolved));
  const follows = { ...input, authorityId: inCase.authorityId, preservesId: input.preserves ?? null };
  refuseIfAny(await checkPreserved(context, follows, resolved));
  const outlook = await askLaw(graph, {
    at: now,
    platform: input.platform,
    categories: input.categories,
    offenceCodes: inCase.offenceCodes,
    committedOnline: inCase.committedOnline,
    offenceCountry: inCase.offenceCountry,
    solePurposeIdentification: input.solePurposeIdentification,
    kind: input.kind,
    emergency: input.emergency,
    believed: input.targets.map(({ believed }) => beliefOf(believed)),
  });
  const expiresAt = input.expiresAt ?? defaultExpiry(now);
  const draft = makeDraft({ input: { ...input, expiresAt }, case: inCase, resolved, drafter: judge, now });
  const warnings = [
    ...outlook.competence,
    ...outlook.warnings,
    ...resolved.flatMap((target, index) => warnUnresolved(target, index)),
    ...(input.expiresAt ? [] : [warnExpiry(expiresAt)]),
  ];
  const answered = { warrant: new EntityReference("Warrant", draft.warrant.id), warnings, userErrors: [] };
  await storeDraft(context.em, draft, (transaction) => keepOutcome(context, transaction, answered));
  return { warrant: await findWarrant(context, draft.warrant.id), warnings };
}

async function checkReplaced(context: SubgraphContext, { replaces, caseId }: DraftWarrantInput): Promise<UserError[]> {
  if (!replaces) return [];
  const replaced = await findWarrant(context, replaces);
  if (replaced?.caseId === caseId) return [];
  return [userError("REPLACED_UNKNOWN", "`replaces` names no warrant of this case.", ["replaces"])];
}

async function checkPlatform(graph: Graph, code: string): Promise<UserError[]> {
  const { platform } = await graph<{ platform: { code: string } | null }>(
    "query Platform($code: String!) { platform(code: $code) { code } }",
    { code },
  );
  if (platform !== null) return [];
  return [userError("PLATFORM_UNKNOWN", "There is no such platform: see `platforms { code }`.", ["platform"])];
}

/** What no account stands behind cannot be frozen; and whether there is one behind an address or a number is not told for the asking. */
function refuseUnresolved({ resolution }: Resolved, index: number): UserError[] {
  if (resolution === "RESOLVED") return [];
  const message =
    "A preservation names accounts that the platform knows, by ACCOUNT_ID, HANDLE or POST_URL: for this target nothing could be kept.";
  return [userError("TARGET_NOT_PRESERVABLE", message, ["targets", index])];
}

function warnUnresolved({ resolution }: Resolved, index: number): UserError[] {
  const field = ["targets", index];
  if (resolution === "RESOLVED") return [];
  if (resolution === "NOT_YET") {
    const message =
      "Who stands behind this target is identity data: it opens the search by this very identifier and nothing else. What is kept of an account is ordered by a warrant that names the account.";
    return [userError("TARGET_NOT_RESOLVED", message, field)];
  }
  return [userError("TARGET_UNKNOWN", "The platform knows no such account: nothing will be disclosed for it.", field)];
}

function warnExpiry(expiresAt: Date): UserError {
  const message = `No end was named: this warrant expires ${defaultLifeDays} days after the draft, at ${expiresAt.toISOString()}.`;
  return userError("EXPIRY_SET", message, ["expiresAt"]);
}
