import type { Data } from "./data.js";

/**
 * Entities that the subgraph which was asked about them does not know, or does not show to this principal. Such an entity is null as if it did not exist,
 * without an error, where a field of hers that must have a value has none.
 */
const absent = new WeakSet<Data>();

export function noteAbsent(entity: Data): void {
  absent.add(entity);
}

export function isAbsent(entity: Data): boolean {
  return absent.has(entity);
}
