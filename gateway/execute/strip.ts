import type { FieldNode } from "graphql";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { HalfSchema } from "../plan/half-schema.js";
import { isData } from "./data.js";
import { fieldsIn, keyOf } from "./key-tree.js";

/** Removes from an answer what was not asked and would be believed later: facts of jurisdiction and subjects that a lying subgraph adds to its objects. */
export type Strip = (value: unknown) => void;

/** Compiles the removal for the fields under one response key; null where nothing in their values could be believed. */
export function compileStrip(
  fields: readonly FieldNode[],
  parents: readonly string[],
  half: HalfSchema,
  graph: GuardedGraph,
): Strip | null {
  const types = possibleTypes(fields, parents, half, graph);
  const below = fields.flatMap(({ selectionSet }) => fieldsIn(selectionSet));
  if (types.length === 0 || below.length === 0) return null;
  const asked = new Set(below.map(keyOf));
  const forbidden = [...new Set(types.flatMap((type) => believedOf(type, graph)))].filter((name) => !asked.has(name));
  const deeper = compileStrips(below, types, half, graph);
  if (forbidden.length === 0 && deeper.length === 0) return null;
  const strip: Strip = (value) => {
    if (Array.isArray(value)) {
      for (const item of value) strip(item);
      return;
    }
    if (!isData(value)) return;
    for (const name of forbidden) if (value[name] !== undefined) value[name] = undefined;
    for (const each of deeper) each.strip(value[each.key]);
  };
  return strip;
}

/** The removals below an object, by response key. */
export function compileStrips(
  fields: readonly FieldNode[],
  parents: readonly string[],
  half: HalfSchema,
  graph: GuardedGraph,
): readonly { readonly key: string; readonly strip: Strip }[] {
  return [...new Set(fields.map(keyOf))].flatMap((key) => {
    const same = fields.filter((field) => keyOf(field) === key);
    const strip = compileStrip(same, parents, half, graph);
    return strip ? [{ key, strip }] : [];
  });
}

function possibleTypes(
  fields: readonly FieldNode[],
  parents: readonly string[],
  { types }: HalfSchema,
  graph: GuardedGraph,
): readonly string[] {
  const named = parents.flatMap((parent) => fields.map(({ name }) => types.get(parent)?.fields.get(name.value)?.type));
  return [...new Set(named.flatMap((type) => (type === undefined ? [] : graph.possible(type))))];
}

/** Fields of a type that say whom it is about, or what is known of her. */
function believedOf(type: string, { owners }: GuardedGraph): readonly string[] {
  return [...owners.keys()].flatMap((coordinate) =>
    coordinate.startsWith(`${type}.`) ? [coordinate.slice(type.length + 1)] : [],
  );
}
