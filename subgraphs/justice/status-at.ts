import { life, statusesBefore } from "./life.js";
import type { ItemStatus, WarrantStatus } from "./words.js";

/**
 * What only the clock does needs no job: what is stored is the last act, and the status at a moment follows from it and the times that stand beside it.
 * Everything that shows or tests a status asks here.
 */
export interface Expiring {
  readonly status: WarrantStatus;
  readonly expiresAt: Date;
}

export interface Holding {
  readonly status: ItemStatus;
  readonly heldUntil: Date | null;
}

/** The statuses that the clock ends. */
export const expiringStatuses: readonly WarrantStatus[] = statusesBefore("EXPIRE");

/** The status at a moment. Half-open: at `expiresAt` itself the warrant has expired. */
export function statusAt(warrant: Expiring, now: Date): WarrantStatus {
  return hasExpired(warrant, now) ? "EXPIRED" : warrant.status;
}

/** The status of an item at a moment: those still open lapse with their warrant; what is accepted is held until the hold is over. */
export function itemStatusAt(item: Holding, warrant: Expiring, now: Date): ItemStatus {
  const status = unheldStatusAt(item, warrant, now);
  return status === "ACCEPTED" && isHeldAt(item, now) ? "HELD" : status;
}

/** The same without the hold, for the door, which says of a hold when it ends. */
export function unheldStatusAt({ status }: Pick<Holding, "status">, warrant: Expiring, now: Date): ItemStatus {
  return hasExpired(warrant, now) ? (lapses[status] ?? status) : status;
}

/** Whether a hold is running. Half-open: at `heldUntil` itself it is over. */
export function isHeldAt({ heldUntil }: Holding, now: Date): boolean {
  return heldUntil !== null && now < heldUntil;
}

/** The statuses of items that lapse when the warrant expires. */
export const lapses: { readonly [status in ItemStatus]?: ItemStatus } =
  life.find((row) => row.act === "EXPIRE")?.moves ?? {};

function hasExpired(warrant: Expiring, now: Date): boolean {
  return now.getTime() >= warrant.expiresAt.getTime() && expiringStatuses.includes(warrant.status);
}
