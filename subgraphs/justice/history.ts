import type { Warrant } from "./entities/warrant.js";
import type { WarrantEvent } from "./entities/warrant-event.js";
import { statusAt } from "./status-at.js";

export interface Reading {
  readonly now: Date;
  /** Leave out what came before the issue. */
  readonly fromIssue: boolean;
}

/**
 * The life of a warrant, oldest first. Expiry, which nobody writes down, stands in its place: it happened at `expiresAt`, by the will of the
 * authority that set it.
 */
export function history(warrant: Warrant, acts: readonly WarrantEvent[], { now, fromIssue }: Reading): WarrantEvent[] {
  const { issuedAt, expiresAt, status } = warrant;
  const told = fromIssue
    ? acts.filter((act) => issuedAt !== null && act.at >= issuedAt && act.to !== "DRAFT")
    : [...acts];
  if (statusAt(warrant, now) !== "EXPIRED" || status === "EXPIRED") return told;
  const expiry: WarrantEvent = {
    id: `event-expiry-${warrant.id}`,
    warrantId: warrant.id,
    version: warrant.version + 1,
    at: expiresAt,
    from: status,
    to: "EXPIRED",
    by: "ISSUING_AUTHORITY",
    actor: "clock",
    reason: "The warrant reached the end that its content names.",
  };
  return [...told.filter(({ at }) => at < expiresAt), expiry, ...told.filter(({ at }) => at >= expiresAt)];
}
