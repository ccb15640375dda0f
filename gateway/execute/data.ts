/** Fetched data: plain objects as they were parsed, at plan keys. */
export type Data = Record<string, unknown>;

/** An object without a prototype that engines still lay out like a class's: no key of a client's can mean anything on it. */
export const Bare = function Bare() {
  // No field is there before it is put.
} as unknown as new () => Data;
Bare.prototype = Object.create(null);

/** True for an object of fields; not for lists, marks and disclosed values. */
export function isData(value: unknown): value is Data {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || prototype === Bare.prototype;
}
