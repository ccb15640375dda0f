import { createHash } from "node:crypto";
import { Refusal } from "./refusal.js";

/** A value that rows are ordered by. Never null. Times count to the millisecond. */
export type CursorValue = string | number | Date;

/** The list and its filter, as a short text: a cursor of another list, or of the same list under another filter, is refused. */
export function listKey(list: string, filter: unknown = null): string {
  return `${list} ${JSON.stringify(filter, sortKeys)}`;
}

/** The place after one row, opaque to clients. */
export function encodeCursor(key: string, place: readonly CursorValue[]): string {
  const text = JSON.stringify(place.map((value) => (value instanceof Date ? { t: value.getTime() } : value)));
  return Buffer.from(`${digest(key, text)}${text}`, "utf8").toString("base64url");
}

/** Throws Refusal CURSOR for a cursor of another list or filter, and for one that was altered. */
export function decodeCursor(key: string, cursor: string): CursorValue[] {
  const decoded = Buffer.from(cursor, "base64url").toString("utf8");
  const text = decoded.slice(digestLength);
  if (decoded.slice(0, digestLength) !== digest(key, text)) throw new Refusal("CURSOR");
  const place = JSON.parse(text) as (string | number | { t: number })[];
  return place.map((value) => (typeof value === "object" ? new Date(value.t) : value));
}

const digestLength = 12;

/** Binds place, list and filter. No secret: whoever recomputes it only pages to another place of a list that she may read anyway. */
function digest(key: string, text: string): string {
  return createHash("sha256").update(key).update("\0").update(text).digest("base64url").slice(0, digestLength);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
