import type { FieldNode } from "graphql";
import { factsField } from "../../schema/identity/identity-spec.js";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { HalfSchema } from "../plan/half-schema.js";
import { isData } from "./data.js";
import { fieldsIn, keyOf } from "./key-tree.js";

/** Removes from an answer what was not asked and would be believed later: facts of jurisdiction and subjects that a lying subgraph adds to its objects. */
export type Strip = (value: unknown) => void;

/** Compiles the removal for a field's value; null where nothing in it could be believed. */
export function compileStrip(field: FieldNode, parent: string, half: HalfSchema, graph: GuardedGraph): Strip | null {
  const type = half.types.get(parent)?.fields.get(field.name.value)?.type;
  if (type === undefined || !field.selectionSet) return null;
  const fields = fieldsIn(field.selectionSet);
  const asked = new Set(fields.map(keyOf));
  const believed = graph.possible(type).flatMap((each) => believedOf(each, graph));
  const forbidden = [...new Set(believed)].filter((name) => !asked.has(name));
  const below = fields.flatMap((each) => {
    const owners = half.types.get(type)?.fields.has(each.name.value) ? [type] : graph.possible(type);
    const strip = owners.map((owner) => compileStrip(each, owner, half, graph)).find((found) => found !== null);
    return strip ? [{ key: keyOf(each), strip }] : [];
  });
  if (forbidden.length === 0 && below.length === 0) return null;
  const strip: Strip = (value) => {
    if (Array.isArray(value)) {
      for (const item of value) strip(item);
      return;
    }
    if (!isData(value)) return;
    for (const name of forbidden) if (value[name] !== undefined) value[name] = undefined;
    for (const each of below) each.strip(value[each.key]);
  };
  return strip;
}

function believedOf(type: string, graph: GuardedGraph): readonly string[] {
  const names = [...graph.owners.keys()].filter((coordinate) => coordinate.startsWith(`${type}.`)).map((coordinate) => coordinate.slice(type.length + 1));
  return names.length > 0 ? [...names, factsField] : [];
}
