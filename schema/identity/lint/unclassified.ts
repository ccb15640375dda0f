import { type InputValueDefinitionNode, Kind } from "graphql";
import { identityDirective, publicDirective } from "../identity-spec.js";
import { identityWord } from "../identity-words.js";
import { markedCoordinates, possibleTypes } from "../marks.js";
import { reach } from "../reach.js";
import { type FieldsNode, hasDirective, hasFields, namedType } from "../sdl-nodes.js";
import { isEntity, isRootType, type Subgraph } from "../subgraph.js";
import { allMarked } from "./graph-fields.js";
import type { LintRule, Violation } from "./rule.js";

/**
 * Nothing that looks like identity data is open because nobody thought of it. Whatever clients, or other subgraphs, come to without passing an identity field,
 * and whose name or type speaks of identity, says in writing what it is. A mark covers the whole value of its field; an argument is classified on its own, since
 * whoever may search by a value learns from the answer whose it is.
 */
export const unclassified: LintRule = {
  name: "unclassified",
  check: (subgraphs) => {
    const marked = allMarked(subgraphs);
    return subgraphs.flatMap((subgraph) => {
      const reached = openTypes(subgraph);
      return [...subgraph.types.values()]
        .filter((type) => reached.has(type.name.value))
        .flatMap((type) => {
          if (hasFields(type)) return inFields(subgraph, type, marked);
          if (type.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) return [];
          return (type.fields ?? []).flatMap((field) =>
            searching(subgraph, field, `${type.name.value}.${field.name.value}`),
          );
        });
    });
  },
};

/** Types that an unclassified field leads to, from the roots and every entity; and what arguments take, but those of identity fields. */
function openTypes(subgraph: Subgraph): ReadonlySet<string> {
  const marked = markedCoordinates(subgraph);
  const types = [...subgraph.types.values()];
  const taken = types
    .filter(hasFields)
    .flatMap((type) => type.fields ?? [])
    .filter((field) => hasDirective(field, publicDirective))
    .flatMap((field) => (field.arguments ?? []).map((argument) => namedType(argument.type)));
  const from = types.filter((type) => isRootType(type.name.value) || isEntity(type)).map((type) => type.name.value);
  return reach(subgraph, [...from, ...taken], {
    follow: (type, field) => !marked.has(`${type}.${field.name.value}`) && !hasDirective(field, publicDirective),
  });
}

/** Of an object what it answers and takes; an interface answers with objects. What is external, or marked by another subgraph, is classified there. */
function inFields(subgraph: Subgraph, type: FieldsNode, marked: ReadonlySet<string>): readonly Violation[] {
  return (type.fields ?? []).flatMap((field) => {
    const coordinate = `${type.name.value}.${field.name.value}`;
    if (marked.has(coordinate) || hasDirective(field, "external")) return [];
    const word = identityWord(field.name.value) ?? typeWord(subgraph, namedType(field.type));
    const message = `${coordinate} looks like identity data (${word}), and nobody has said whether it is. Write @identity(category: …), or @public(reason: "…") with the reason why nobody can be identified or reached by it`;
    const answers =
      word !== null && type.kind === Kind.OBJECT_TYPE_DEFINITION && !hasDirective(field, publicDirective)
        ? [{ subgraph: subgraph.name, coordinate, message }]
        : [];
    const takes = (field.arguments ?? []).flatMap((argument) =>
      searching(subgraph, argument, `${coordinate}(${argument.name.value}:)`),
    );
    return [...answers, ...takes];
  });
}

function searching(subgraph: Subgraph, input: InputValueDefinitionNode, coordinate: string): readonly Violation[] {
  if (hasDirective(input, publicDirective) || hasDirective(input, identityDirective)) return [];
  const type = namedType(input.type);
  const word = identityWord(input.name.value) ?? typeWord(subgraph, type) ?? choiceOf(subgraph, type);
  if (word === null) return [];
  const message = `${coordinate} asks by what looks like identity data (${word}): whoever may ask learns from the answer whose it is. Remove it, mark the field that takes it with @identity, or write @public(reason: "…") on it with the reason why nothing about a person can be learnt by it`;
  return [{ subgraph: subgraph.name, coordinate, message }];
}

/** Scalars in which anything may stand, so that a name inside them is never seen here. */
const opaque = /^(json|jsonobject|any|map|object|unknown)$/i;

/** What the type of a value says, or any type that may stand in its place. */
function typeWord(subgraph: Subgraph, type: string): string | null {
  if (opaque.test(type)) return type;
  const found = subgraph.schema.getType(type);
  const names = [type, ...(found ? possibleTypes(subgraph, found) : [])];
  return names.map(identityWord).find((word) => word !== null) ?? null;
}

/** An enum by which one may choose identity data to sort, filter or count by. */
function choiceOf(subgraph: Subgraph, type: string): string | null {
  const found = subgraph.types.get(type);
  if (found?.kind !== Kind.ENUM_TYPE_DEFINITION) return null;
  return found.values?.map((value) => identityWord(value.name.value)).find((word) => word !== null) ?? null;
}
