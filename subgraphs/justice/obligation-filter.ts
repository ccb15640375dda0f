import { isStorable } from "./check-text.js";
import { obligationsStanding } from "./obligation-state.js";
import type { ObligationFilter } from "./types/inputs.js";

/** A client's filter as a condition at a moment, so that what the clock alone decides is found as well. */
export function obligationsLike(filter: ObligationFilter, now: Date): object {
  const { warrantId, kind, state, dueBefore, country, platform } = filter;
  if ([warrantId, platform].some((text) => text && !isStorable(text))) return { id: { $in: [] } };
  const parts: object[] = [];
  if (warrantId) parts.push({ warrantId });
  if (kind) parts.push({ kind: { $in: kind } });
  if (state) parts.push({ $or: [{ id: { $in: [] } }, ...state.map((one) => obligationsStanding(one, now))] });
  if (dueBefore) parts.push(dueBefore.getTime() > 0 ? { dueAt: { $lt: dueBefore } } : { id: { $in: [] } });
  if (country) parts.push({ country });
  if (platform) parts.push({ platform });
  return { $and: parts };
}
