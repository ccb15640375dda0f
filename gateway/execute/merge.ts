import { Bare, type Data, isData } from "./data.js";
import type { KeyTree } from "./key-tree.js";
import { Disclosed, Mark } from "./mark.js";

/**
 * Takes the asked keys of an answer's object over into the data. Marks win; a later value replaces an earlier one; objects that both have are merged;
 * what the answer leaves out stays as it was.
 */
export function merge(target: Data, source: Data, tree: KeyTree): void {
  const { keys, below } = tree;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    const next = source[key];
    if (next === undefined) continue;
    const now = target[key];
    if (now instanceof Mark) continue;
    target[key] = now === undefined || now === null ? next : mergeValue(now, next, below[index] ?? null);
  }
}

function mergeValue(now: unknown, next: unknown, tree: KeyTree | null): unknown {
  if (tree === null || next instanceof Mark) return next;
  if (next === null) {
    blankValue(now, tree);
    return now;
  }
  if (Array.isArray(now) && Array.isArray(next) && now.length === next.length) {
    for (let index = 0; index < now.length; index++) {
      const item: unknown = now[index];
      now[index] = item instanceof Mark ? item : item === null ? next[index] : mergeValue(item, next[index], tree);
    }
    return now;
  }
  if (!isData(now) || !isData(next)) return next;
  merge(now, next, tree);
  return now;
}

/** The entity is not known to the subgraph: null for everything that was asked of it and that nobody else has given. */
export function blank(target: Data, tree: KeyTree): void {
  for (let index = 0; index < tree.keys.length; index++) {
    const key = tree.keys[index] as string;
    const below = tree.below[index] ?? null;
    if (target[key] === undefined) target[key] = null;
    else if (below) blankValue(target[key], below);
  }
}

function blankValue(value: unknown, tree: KeyTree): void {
  if (Array.isArray(value)) for (const item of value) blankValue(item, tree);
  else if (isData(value)) blank(value, tree);
}

/** A copy for a second place of the same entity, so that what is merged into one is not merged into the other. */
export function clone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clone);
  if (value instanceof Disclosed) return new Disclosed(value.disclosure, clone(value.value), value.persons);
  if (!isData(value)) return value;
  const copy = new Bare();
  for (const key of Object.keys(value)) copy[key] = clone(value[key]);
  return copy;
}
