import { life, statusesBefore } from "./life.js";
import type { ItemStatus, WarrantStatus } from "./words.js";

/**
 * Expiry needs no job: what is stored is the last act, and the status at a moment follows from it and `expiresAt`. Everything that shows or
 * tests a status asks here.
 */
export interface Expiring {
  readonly status: WarrantStatus;
  readonly expiresAt: Date;
}

/** The statuses that the clock ends. */
export const expiringStatuses: readonly WarrantStatus[] = statusesBefore("EXPIRE");

/** The status at a moment. Half-open: at `expiresAt` itself the warrant has expired. */
export function statusAt(warrant: Expiring, now: Date): WarrantStatus {
  return hasExpired(warrant, now) ? "EXPIRED" : warrant.status;
}

/** The status of an item at a moment: those still open lapse with their warrant. */
export function itemStatusAt(status: ItemStatus, warrant: Expiring, now: Date): ItemStatus {
  return hasExpired(warrant, now) ? (lapses[status] ?? status) : status;
}

/** The statuses of items that lapse when the warrant expires. */
export const lapses: { readonly [status in ItemStatus]?: ItemStatus } =
  life.find((row) => row.act === "EXPIRE")?.moves ?? {};

function hasExpired(warrant: Expiring, now: Date): boolean {
  return now.getTime() >= warrant.expiresAt.getTime() && expiringStatuses.includes(warrant.status);
}
