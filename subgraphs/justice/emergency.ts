import type { AuthorityKind } from "../../schema/law/vocabulary.js";
import type { Principal } from "../../schema/principal.js";
import { loadEntity } from "../kit/load-entity.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import type { ItemDecision } from "./ask-decisions.js";
import { Authority } from "./entities/authority.js";
import type { Obligation } from "./entities/obligation.js";
import { Warrant } from "./entities/warrant.js";
import { obligationsOf } from "./load.js";
import { obligationOf } from "./plan-obligations.js";
import { doAct, type PreparedAct, prepareAct } from "./prepare-act.js";
import { refuseIfAny } from "./rule-broken.js";
import type { WarrantPayload } from "./types/payloads.js";
import { type UserError, userError } from "./types/user-error.js";
import { lapsed } from "./warrant-filter.js";

/**
 * Emergencies. Forged ones are how data are had by fraud, mostly from mailboxes of real authorities: so what an authority says of itself counts for nothing,
 * and two persons at the provider, of whom one has called it back over a channel of the register, let the order in.
 */

/** Hours within which an emergency that no judge ordered must be validated: Regulation (EU) 2023/1543, Art 4(5). */
const validationHours = 48;
const judges: readonly AuthorityKind[] = ["JUDGE", "COURT", "INVESTIGATING_JUDGE"];
const hour = 3_600_000;

/** By when the order must be validated, as the decisions say; null: its authority could order alone. */
export function validationDue(
  decisions: ReadonlyMap<string, ItemDecision>,
  kind: AuthorityKind,
  now: Date,
): Date | null {
  const said = [...decisions.values()].flatMap(({ effect, duties }) => {
    const duty = duties.find((one) => one.kind === "VALIDATE_AFTERWARDS");
    if (duty) return [duty.dueHours ?? validationHours];
    return effect === "PERMIT_EMERGENCY" && !judges.includes(kind) ? [validationHours] : [];
  });
  return said.length === 0 ? null : new Date(now.getTime() + Math.min(...said) * hour);
}

/** Kinds that validate where the rules of ordinary orders name none. */
export function defaultValidators(): AuthorityKind[] {
  return [...judges];
}

/** What the provider must look at before it lets the order in, from the register's own memory of this authority. */
export async function reviewsOf(
  { em }: SubgraphContext,
  prepared: PreparedAct,
  dueAt: Date | null,
): Promise<Obligation[]> {
  const { warrant, now } = prepared;
  const before = { authorityId: warrant.authorityId, emergency: true, issuedAt: { $ne: null } };
  const since = new Date(now.getTime() - 24 * hour);
  const [all, today, unvalidated] = await Promise.all([
    em.count(Warrant, before),
    em.count(Warrant, { ...before, issuedAt: { $gte: since } }),
    em.count(Warrant, {
      $and: [before, { validationDueAt: { $ne: null } }, { $or: [{ status: "REVOKED" }, lapsed(now)] }],
    }),
  ]);
  const signals = [
    all === 0
      ? "It is the first emergency of this authority."
      : `Emergencies of this authority before: ${all}, of them in the last 24 hours: ${today}.`,
    ...(unvalidated > 0 ? [`Not validated: ${unvalidated}.`] : []),
  ].join(" ");
  const review = { kind: "REVIEW_EMERGENCY", dueHours: null } as const;
  const call = `Call the authority back over a channel of the register, and never over one that the request names. ${signals}`;
  const central = `An earlier emergency of this authority was never validated: look at this one before the provider accepts it. ${signals}`;
  return [
    obligationOf({ ...review, owner: "PROVIDER", text: call }, null, prepared),
    ...(unvalidated > 0
      ? [obligationOf({ ...review, owner: "CENTRAL_AUTHORITY", text: central }, null, prepared)]
      : []),
    ...(dueAt === null ? [] : [validationOf(prepared, dueAt)]),
  ];
}

function validationOf(prepared: PreparedAct, dueAt: Date): Obligation {
  const text = "Obtain the validation in time, or revoke the order: without it the warrant is revoked by itself.";
  const duty = { kind: "VALIDATE_AFTERWARDS", owner: "ISSUING_AUTHORITY", dueHours: null, text } as const;
  return { ...obligationOf(duty, null, prepared), dueAt };
}

/** What is left to do where an order that was given first was not validated. Regulation (EU) 2023/1543, Art 4(5). */
export function restriction(of: Pick<PreparedAct, "warrant" | "now">): Obligation {
  const text =
    "The validation was not given: delete what was received, or restrict its use (Regulation (EU) 2023/1543, Art 4(5)).";
  return obligationOf({ kind: "DELETE", owner: "ISSUING_AUTHORITY", dueHours: null, text }, null, of);
}

/** A second person at the provider has called the authority back, over a channel that the register names. Throws RuleBroken. */
export async function approveEmergency(
  context: SubgraphContext,
  provider: Principal,
  id: string,
  channel: string,
): Promise<Omit<WarrantPayload, "userErrors">> {
  const prepared = await prepareAct(context, provider, { act: "APPROVE", id });
  const { warrant, now } = prepared;
  const authority = await loadEntity(context, Authority, warrant.authorityId);
  if (!authority?.channels.includes(channel)) {
    const message =
      "This is no channel that the register names for the authority: see `issuingAuthority { channels }`.";
    refuseIfAny([userError("CHANNEL_NOT_IN_REGISTER", message, ["channel"])]);
  }
  return doAct(context, prepared, {
    reason: `Called back over ${channel}.`,
    fulfils: ["REVIEW_EMERGENCY"],
    sets: { approvedBy: provider.sub, approvedAt: now, approvedChannel: channel },
  });
}

/** Whether this person may accept an approved emergency: two persons let it in, and whoever else must look at it has. */
export async function checkReviewed(
  context: SubgraphContext,
  provider: Principal,
  warrant: Warrant,
): Promise<UserError[]> {
  const open = (await obligationsOf(context, warrant)).some(
    ({ kind, state }) => kind === "REVIEW_EMERGENCY" && state !== "DONE",
  );
  return [
    ...(warrant.approvedBy === provider.sub
      ? [userError("SECOND_PERSON", "Whoever approved the emergency does not accept it: a second person does.", ["id"])]
      : []),
    ...(open
      ? [
          userError(
            "REVIEW_OPEN",
            "A review of this emergency is open: see its obligations of the kind REVIEW_EMERGENCY.",
            ["id"],
          ),
        ]
      : []),
  ];
}
