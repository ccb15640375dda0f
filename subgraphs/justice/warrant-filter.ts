import { type FilterQuery, raw } from "@mikro-orm/core";
import type { EntityManager } from "../kit/subgraph.js";
import { isStorable } from "./check-text.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { expiringStatuses, lapses, lapsingStatuses } from "./status-at.js";
import type { WarrantFilter } from "./types/inputs.js";
import type { DeadlineState, ItemStatus, WarrantStatus } from "./words.js";

/** A client's filter as a condition at a moment, so that expiry, which nobody writes down, is found as well. */
export function warrantsLike(em: EntityManager, filter: WarrantFilter, now: Date): FilterQuery<Warrant> {
  const texts = [filter.platform, filter.authorityId, filter.caseId];
  if (texts.some((text) => text && !isStorable(text))) return { id: { $in: [] } };
  const parts: object[] = [];
  if (filter.status) parts.push({ $or: filter.status.map((status) => standsAt(status, now)) });
  if (filter.itemStatus) parts.push({ $or: filter.itemStatus.map((status) => hasItem(em, status, now)) });
  if (filter.platform) parts.push({ platform: filter.platform });
  if (filter.country) parts.push({ country: filter.country });
  if (filter.authorityId) parts.push({ authorityId: filter.authorityId });
  if (filter.caseId) parts.push({ caseId: filter.caseId });
  if (typeof filter.emergency === "boolean") parts.push({ emergency: filter.emergency });
  if (filter.deadlineBefore) parts.push(dueBefore(filter.deadlineBefore));
  if (filter.deadlineState) parts.push(deadlineStands(filter.deadlineState, now));
  if (filter.changedSince && filter.changedSince.getTime() > 0) parts.push(changedSince(filter.changedSince, now));
  return { $and: parts } as FilterQuery<Warrant>;
}

function standsAt(status: WarrantStatus, now: Date): object {
  if (status === "EXPIRED") return { $or: [{ status }, { $and: [expired(now), { $not: lapsed(now) }] }] };
  if (status === "REVOKED") return { $or: [{ status }, lapsed(now)] };
  return { $and: [{ status }, { $not: ended(now) }] };
}

/** Nothing was due before 1970, and no database holds every moment that a client can write. */
function dueBefore(moment: Date): object {
  return moment.getTime() > 0 ? { deadlineAt: { $lt: moment } } : { id: { $in: [] } };
}

/** As `deadlineStateAt` says. */
function deadlineStands(state: DeadlineState, now: Date): object {
  const running = { deadlineState: "RUNNING" };
  if (state === "RUNNING") return { $and: [{ ...running, deadlineAt: { $gte: now } }, { $not: ended(now) }] };
  if (state !== "OVERDUE") return { deadlineState: state };
  const beforeItsEnd = { deadlineAt: { $lt: raw("ends_at") } };
  return { $or: [{ deadlineState: state }, { $and: [{ ...running, deadlineAt: { $lt: now } }, beforeItsEnd] }] };
}

/** As `itemStatusAt` says. */
function hasItem(em: EntityManager, status: ItemStatus, now: Date): object {
  const having = (where: object): object => ({ id: { $in: warrantsWithItems(em, where) } });
  if (status === "LAPSED") {
    const open = having({ status: { $in: Object.keys(lapses) } });
    return { $or: [having({ status }), { $and: [ended(now), open] }] };
  }
  if (status === "HELD")
    return { $and: [having({ status: "ACCEPTED", heldUntil: { $gt: now } }), { $not: ended(now) }] };
  const unheld = status === "ACCEPTED" ? { $or: [{ heldUntil: null }, { heldUntil: { $lte: now } }] } : {};
  const has = having({ status, ...unheld });
  return status in lapses ? { $and: [has, { $not: ended(now) }] } : has;
}

function changedSince(since: Date, now: Date): object {
  return {
    $or: [
      { changedAt: { $gte: since } },
      { $and: [expired(now), { endsAt: { $gte: since } }] },
      { $and: [lapsed(now), { validationDueAt: { $gte: since } }] },
    ],
  };
}

/** As `endAt` says. */
function ended(now: Date): object {
  return { $or: [expired(now), lapsed(now)] };
}

/** What the clock ended, and nobody wrote down yet. */
export function over(now: Date): FilterQuery<Warrant> {
  return ended(now) as FilterQuery<Warrant>;
}

/** Orders of which an item waits for the provider after its deadline, and nobody wrote that down yet. */
export function overdue(now: Date): FilterQuery<Warrant> {
  const sooner = (end: string): object => ({ deadlineAt: { $lt: raw(end) } });
  return {
    ...{ deadlineState: "RUNNING", status: { $in: [...expiringStatuses] } },
    $and: [
      { deadlineAt: { $lt: now } },
      sooner("ends_at"),
      { $or: [{ validationDueAt: null }, { validatingAuthorityId: { $ne: null } }, sooner("validation_due_at")] },
      { $or: [{ missedDeadlineAt: null }, { missedDeadlineAt: { $ne: raw("deadline_at") } }] },
    ],
  } as FilterQuery<Warrant>;
}

function expired(now: Date): object {
  return { status: { $in: [...expiringStatuses] }, endsAt: { $lte: now } };
}

/** An order that was not validated in time. */
export function lapsed(now: Date): object {
  return {
    status: { $in: [...lapsingStatuses] },
    validatingAuthorityId: null,
    $and: [{ validationDueAt: { $ne: null } }, { validationDueAt: { $lte: now } }],
  };
}

function warrantsWithItems(em: EntityManager, where: object): unknown {
  return em.createQueryBuilder(WarrantItem).select("warrantId").where(where).toRaw();
}
