import { Refusal } from "./refusal.js";

/** What a client asks of a list. */
export interface PageRequest {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** How many rows, from which end, starting beside which cursor. */
export interface Slice {
  readonly size: number;
  readonly backward: boolean;
  readonly cursor: string | null;
}

/** Reads the paging arguments. Throws Refusal PAGE_SIZE for a size outside 1–100, and where both ends are asked for at once. */
export function readSlice({ first, after, last, before }: PageRequest, fallback = 20): Slice {
  const backward = isGiven(last) || isGiven(before);
  if (isGiven(last) && isGiven(first)) throw new Refusal("PAGE_SIZE");
  if (isGiven(after) && isGiven(before)) throw new Refusal("CURSOR");
  const size = (backward ? last : first) ?? fallback;
  if (!Number.isInteger(size) || size < 1 || size > 100) throw new Refusal("PAGE_SIZE");
  return { size, backward, cursor: (backward ? before : after) ?? null };
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
