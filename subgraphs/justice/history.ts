import type { Warrant } from "./entities/warrant.js";
import type { WarrantEvent } from "./entities/warrant-event.js";
import { type End, endAt } from "./status-at.js";

export interface Reading {
  readonly now: Date;
  /** Leave out what came before the issue. */
  readonly fromIssue: boolean;
  /** Say who at the provider acted without a word, and whether by her policy. */
  readonly asProvider: boolean;
}

/** Why the clock ended a warrant; it does so by the will of the authority that gave the order. */
const endReasons = {
  EXPIRE: "The warrant reached the end that its content names.",
  PRESERVATION_OVER: "The preservation is over: the time for which the data are kept has passed.",
  LAPSE: "The validation was not given in time.",
} as const;

/**
 * The life of a warrant, oldest first. What the clock did stands in its place, whether or not it was written down yet. An authority reads that the provider accepted, and
 * not who did or how: an acceptance by policy says that the facts she declared are those that are known.
 */
export function history(
  warrant: Warrant,
  acts: readonly WarrantEvent[],
  { now, fromIssue, asProvider }: Reading,
): WarrantEvent[] {
  const { issuedAt, status } = warrant;
  const told = acts
    .filter(({ at, to }) => !fromIssue || (issuedAt !== null && at >= issuedAt && to !== "DRAFT"))
    .map((event) => (asProvider ? withPolicy(event) : withoutActor(event, warrant)))
    .sort((one, other) => one.at.getTime() - other.at.getTime() || one.version - other.version);
  const end = endAt(warrant, now);
  if (end === null) return told;
  const ended: WarrantEvent = {
    id: `event-end-${warrant.id}`,
    warrantId: warrant.id,
    version: warrant.version + 1,
    at: end.at,
    from: status,
    to: end.status,
    by: "ISSUING_AUTHORITY",
    actor: "clock",
    reason: endReasonOf(warrant, end),
    facts: null,
    policyVersion: null,
  };
  return [...told.filter(({ at }) => at < end.at), ended, ...told.filter(({ at }) => at >= end.at)];
}

function withPolicy(event: WarrantEvent): WarrantEvent {
  return event.policyVersion === null
    ? event
    : {
        ...event,
        reason: `Accepted by version ${event.policyVersion} of the acceptance policy, which this person set.`,
      };
}

/** What the provider says in words, a person says; the rest may be the policy's act. */
function withoutActor(event: WarrantEvent, { platform }: Warrant): WarrantEvent {
  return event.by === "PROVIDER" && event.reason === null ? { ...event, actor: platform } : event;
}

/** The same where it is written down. */
export function endReasonOf({ issuedAt, kind }: Pick<Warrant, "issuedAt" | "kind">, { act }: Pick<End, "act">): string {
  return endReasons[act === "EXPIRE" && issuedAt !== null && kind === "PRESERVATION" ? "PRESERVATION_OVER" : act];
}
