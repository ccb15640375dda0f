import { randomUUID } from "node:crypto";
import type { ObligationKind } from "../../schema/law/vocabulary.js";
import type { Principal } from "../../schema/principal.js";
import { keepOutcome } from "../kit/act-once.js";
import { EntityReference } from "../kit/outcome-text.js";
import { Refusal } from "../kit/refusal.js";
import type { EntityManager, SubgraphContext } from "../kit/subgraph.js";
import { factsOfDuty } from "./act-facts.js";
import { checkText } from "./check-text.js";
import { Obligation } from "./entities/obligation.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantEvent } from "./entities/warrant-event.js";
import { findObligation, findWarrant, forgetWarrant, obligationsOf } from "./load.js";
import { obligationStateAt } from "./obligation-state.js";
import { partyOf } from "./party-of.js";
import { RuleBroken, refuseIfAny } from "./rule-broken.js";
import { statusAt } from "./status-at.js";
import type { WarrantPayload } from "./types/payloads.js";
import { type UserError, userError } from "./types/user-error.js";

/** What the owner of a duty does about it. Both throw RuleBroken, and Refusal CHANGED_MEANWHILE where somebody acted on the warrant meanwhile. */

type Acted = Promise<Omit<WarrantPayload, "userErrors">>;

/** These end by an act of their own, or by the clock, and not because somebody says so. */
const approved = "An emergency is approved by a second person over a channel of the register: `approveEmergency`.";
const endedOtherwise: { readonly [kind in ObligationKind]?: string } = {
  HOLD: "A hold ends when its time is over, or when the enforcing authority clears it: `clearHold`.",
  VALIDATE_AFTERWARDS: "A validation is given by the authority that validates: `validateWarrant`.",
};

/** Nobody but the platform's own record proves what became of data that were preserved. */
function saidByPlatform({ kind: order }: Warrant, { kind, owner }: Obligation): string | null {
  if (order !== "PRESERVATION" || kind !== "DELETE" || owner !== "PROVIDER") return null;
  return "The platform says by itself what became of the data, when it deletes what it keeps no longer: `deleteExpired`.";
}

/** The owner has done her duty; a missed one can still be done, and the history says when. */
export async function completeObligation(
  context: SubgraphContext,
  owner: Principal,
  id: string,
  note: string | null,
): Acted {
  const obligation = await findObligation(context, id);
  if (obligation === null)
    throw new RuleBroken([userError("OBLIGATION_UNKNOWN", "There is no such obligation.", ["id"])]);
  const warrant = await warrantFor(context, obligation);
  const { kind, owner: party } = obligation;
  const otherwise =
    saidByPlatform(warrant, obligation) ??
    (kind === "REVIEW_EMERGENCY" && party === "PROVIDER" ? approved : endedOtherwise[kind]);
  refuseIfAny([
    ...(otherwise === undefined ? [] : [userError("OBLIGATION_ENDS_OTHERWISE", otherwise, ["id"])]),
    ...checkOwner(owner, warrant, obligation),
    ...checkText(note, ["note"]),
  ]);
  return writeChange(context, owner, { warrant, obligation, note, change: { state: "DONE", doneAt: context.clock() } });
}

/**
 * The issuing authority puts off informing the person, with a reason on file: Regulation (EU) 2023/1543, Art 13(2), and Directive (EU) 2016/680, Art 13(3).
 * `id` is the obligation's, or the warrant's.
 */
export async function deferUserInformation(
  context: SubgraphContext,
  judge: Principal,
  { id, ground, until }: { readonly id: string; readonly ground: string; readonly until: Date },
): Acted {
  const obligation = await findInformation(context, id);
  const warrant = await warrantFor(context, obligation);
  const now = context.clock();
  refuseIfAny([
    ...(partyOf(judge, warrant) === "ISSUING_AUTHORITY" ? [] : [notYours("the issuing authority")]),
    ...(until > now ? [] : [userError("UNTIL_IN_PAST", "`until` must lie in the future.", ["until"])]),
    ...checkText(ground, ["ground"]),
  ]);
  const change = { state: "DEFERRED", deferredUntil: until, dueAt: until } as const;
  return writeChange(context, judge, { warrant, obligation, note: ground, change });
}

async function findInformation(context: SubgraphContext, id: string): Promise<Obligation> {
  const warrant = await findWarrant(context, id);
  const found =
    warrant === null
      ? await findObligation(context, id)
      : ((await obligationsOf(context, warrant)).find(
          ({ kind, state }) => kind === "INFORM_USER" && state !== "DONE",
        ) ?? null);
  if (found?.kind === "INFORM_USER") return found;
  const message = "`id` names no obligation to inform the person, nor a warrant that has one.";
  throw new RuleBroken([userError("OBLIGATION_UNKNOWN", message, ["id"])]);
}

async function warrantFor(context: SubgraphContext, obligation: Obligation): Promise<Warrant> {
  const warrant = await findWarrant(context, obligation.warrantId);
  if (warrant === null) throw new Error(`obligation ${obligation.id} without its warrant`);
  if (obligationStateAt(obligation, context.clock()) !== "DONE") return warrant;
  throw new RuleBroken([userError("OBLIGATION_DONE", "This obligation is done already.", ["id"])]);
}

const owners = {
  ISSUING_AUTHORITY: "the issuing authority",
  VALIDATING_AUTHORITY: "the validating authority",
  ENFORCING_AUTHORITY: "the enforcing authority",
  CENTRAL_AUTHORITY: "the central authority",
  PROVIDER: "the provider",
} as const;

function checkOwner(caller: Principal, warrant: Warrant, { owner }: Obligation): UserError[] {
  return partyOf(caller, warrant) === owner ? [] : [notYours(owners[owner])];
}

function notYours(owner: string): UserError {
  return userError("NOT_YOUR_ACT", `This is for ${owner} to do.`, ["id"]);
}

interface Writing {
  readonly warrant: Warrant;
  readonly obligation: Obligation;
  readonly note: string | null;
  readonly change: Partial<Pick<Obligation, "state" | "doneAt" | "deferredUntil" | "dueAt">>;
}

/** Obligation and history in one transaction; the warrant's version guards both. Throws Refusal CHANGED_MEANWHILE. */
export async function writeChange(context: SubgraphContext, { sub, ...caller }: Principal, writing: Writing): Acted {
  const { warrant, obligation, note, change } = writing;
  const now = context.clock();
  const status = statusAt(warrant, now);
  await context.em.transactional(async (transaction) => {
    const changed = await transaction.nativeUpdate(
      Warrant,
      { id: warrant.id, version: warrant.version },
      { version: warrant.version + 1, changedAt: now },
    );
    if (changed !== 1) throw new Refusal("CHANGED_MEANWHILE");
    await transaction.nativeUpdate(Obligation, { id: obligation.id }, { ...change, note, actor: sub });
    await transaction.insert(WarrantEvent, {
      policyVersion: null,
      id: `event-${randomUUID()}`,
      warrantId: warrant.id,
      version: warrant.version + 1,
      at: now,
      from: status,
      to: status,
      by: partyOf({ sub, ...caller }, warrant),
      actor: sub,
      reason: [`${obligation.kind} ${change.state}`, ...(note === null ? [] : [note])].join(": "),
      facts: factsOfDuty(warrant, { ...obligation, ...change }),
    });
    const answered = { warrant: new EntityReference("Warrant", warrant.id), warnings: [], userErrors: [] };
    await keepOutcome(context, transaction as EntityManager, answered);
  });
  forgetWarrant(context, warrant.id);
  return { warrant: await findWarrant(context, warrant.id), warnings: [] };
}
