import type { FieldNode } from "graphql";
import type { Alarm } from "../../schema/ledger/vocabulary.js";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { HalfSchema } from "../plan/half-schema.js";
import { type Data, isData } from "./data.js";
import { fieldsIn, keyOf, typedFields } from "./key-tree.js";
import type { Report } from "./report.js";

/**
 * Removes from a public half's answer what was not asked and is none of its business: facts of jurisdiction and subjects, which would be believed later, and
 * identity data, which no grant covers. Whatever it finds is reported.
 */
export type Strip = (value: unknown, report: Report) => void;

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
  const forbidden = forbiddenIn(types, asked, graph);
  const deeper = compileStrips(below, types, half, graph);
  if (forbidden.length === 0 && deeper.length === 0) return null;
  const strip: Strip = (value, report) => {
    if (Array.isArray(value)) {
      for (const item of value) strip(item, report);
      return;
    }
    if (!isData(value)) return;
    removeForbidden(value, forbidden, report);
    for (const each of deeper) each.strip(value[each.key], report);
  };
  return strip;
}

/** The removals in the entities of an `_entities` list. */
export function compileEntityStrip(entities: FieldNode, half: HalfSchema, graph: GuardedGraph): Strip {
  const typed = typedFields(entities.selectionSet);
  const fields = typed.map(({ field }) => field);
  const types = [...new Set(typed.map(({ type }) => type))];
  const forbidden = forbiddenIn([...new Set(types.flatMap(graph.possible))], new Set(fields.map(keyOf)), graph);
  const strips = compileStrips(fields, types, half, graph);
  return (items, report) => {
    if (!Array.isArray(items) || (forbidden.length === 0 && strips.length === 0)) return;
    for (const item of items) {
      if (!isData(item)) continue;
      removeForbidden(item, forbidden, report);
      for (const { key, strip } of strips) strip(item[key], report);
    }
  };
}

interface Forbidden {
  readonly name: string;
  readonly alarm: Alarm;
}

function removeForbidden(object: Data, forbidden: readonly Forbidden[], report: Report): void {
  for (const { name, alarm } of forbidden) {
    if (object[name] === undefined) continue;
    object[name] = undefined;
    report(alarm);
  }
}

function forbiddenIn(types: readonly string[], asked: ReadonlySet<string>, graph: GuardedGraph): readonly Forbidden[] {
  const believed = new Set(types.flatMap((type) => believedOf(type, graph)));
  const identity = new Set(types.flatMap((type) => [...(graph.identity.get(type)?.keys() ?? [])]));
  return [
    ...[...believed].map((name): Forbidden => ({ name, alarm: "FACTS_PLANTED" })),
    ...[...identity].map((name): Forbidden => ({ name, alarm: "FIELDS_NOT_ASKED" })),
  ].filter(({ name }) => !asked.has(name));
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
