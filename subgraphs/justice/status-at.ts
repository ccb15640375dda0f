import { life, statusesBefore } from "./life.js";
import type { ItemStatus, WarrantStatus } from "./words.js";

/**
 * What only the clock does needs no job: what is stored is the last act, and the status at a moment follows from it and the times that stand beside it.
 * Everything that shows or tests a status asks here.
 */
export interface Ending {
  readonly status: WarrantStatus;
  /** When the clock ends it. */
  readonly endsAt: Date;
  /** By when an order that was given first must be validated; null: it need not. INVARIANT: before `endsAt`. */
  readonly validationDueAt: Date | null;
  /** Who validated it; null: nobody yet. */
  readonly validatingAuthorityId: string | null;
}

/** What the clock made of a warrant, and when. */
export interface End {
  readonly act: "EXPIRE" | "LAPSE";
  readonly status: WarrantStatus;
  readonly at: Date;
}

export interface Holding {
  readonly status: ItemStatus;
  readonly heldUntil: Date | null;
}

/** The statuses that the clock ends, at `endsAt`, and where a validation was not given. */
export const expiringStatuses: readonly WarrantStatus[] = statusesBefore("EXPIRE");
export const lapsingStatuses: readonly WarrantStatus[] = statusesBefore("LAPSE");

/** The end that the clock has put to a warrant; null: none. Half-open: in the very millisecond it is over. */
export function endAt(warrant: Ending, now: Date): End | null {
  const { status, endsAt, validationDueAt } = warrant;
  if (owesValidation(warrant) && validationDueAt !== null && now >= validationDueAt && lapsingStatuses.includes(status))
    return { act: "LAPSE", status: "REVOKED", at: validationDueAt };
  if (now >= endsAt && expiringStatuses.includes(status)) return { act: "EXPIRE", status: "EXPIRED", at: endsAt };
  return null;
}

/** Whether an order that was given first still waits for its validation. Regulation (EU) 2023/1543, Art 4(5). */
export function owesValidation({ validationDueAt, validatingAuthorityId }: Ending): boolean {
  return validationDueAt !== null && validatingAuthorityId === null;
}

/** The status at a moment. */
export function statusAt(warrant: Ending, now: Date): WarrantStatus {
  return endAt(warrant, now)?.status ?? warrant.status;
}

/** The status of an item at a moment: those still open lapse with their warrant; what is accepted is held until the hold is over. */
export function itemStatusAt(item: Holding, warrant: Ending, now: Date): ItemStatus {
  const status = unheldStatusAt(item, warrant, now);
  return status === "ACCEPTED" && isHeldAt(item, now) ? "HELD" : status;
}

/** The same without the hold, for the door, which says of a hold when it ends. */
export function unheldStatusAt({ status }: Pick<Holding, "status">, warrant: Ending, now: Date): ItemStatus {
  return endAt(warrant, now) === null ? status : (lapses[status] ?? status);
}

/** Whether a hold is running. Half-open: at `heldUntil` itself it is over. */
export function isHeldAt({ heldUntil }: Holding, now: Date): boolean {
  return heldUntil !== null && now < heldUntil;
}

/** The statuses of items that lapse when the clock ends the warrant. */
export const lapses: { readonly [status in ItemStatus]?: ItemStatus } =
  life.find((row) => row.act === "EXPIRE")?.moves ?? {};
