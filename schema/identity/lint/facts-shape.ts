import { print, type TypeDefinitionNode } from "graphql";
import { factFields, factsField, factsType, factsTypeSdl } from "../identity-spec.js";
import { hasDirective, hasFields } from "../sdl-nodes.js";
import type { Subgraph } from "../subgraph.js";
import { factsPlaces } from "./facts-once.js";
import type { LintRule, Violation } from "./rule.js";

/** The facts have the same shape wherever they stand, and no client sees them. */
export const factsShape: LintRule = {
  name: "facts-shape",
  check: (subgraphs) => [...subgraphs.flatMap(ofType), ...ofFields(subgraphs)],
};

function ofType(subgraph: Subgraph): readonly Violation[] {
  const type = subgraph.types.get(factsType);
  if (!type || isShaped(type)) return [];
  return [
    {
      subgraph: subgraph.name,
      coordinate: factsType,
      message: `${factsType} is not as the door reads it. Write: ${factsTypeSdl}`,
    },
  ];
}

function isShaped(type: TypeDefinitionNode): boolean {
  if (!hasFields(type) || !hasDirective(type, "inaccessible") || !hasDirective(type, "shareable")) return false;
  const fields = (type.fields ?? []).map((field) => `${field.name.value}: ${print(field.type)}`).sort();
  return fields.join() === expected.join();
}

const expected = factFields.map((field) => factsTypeSdl.match(new RegExp(`${field}: \\S+`))?.[0] ?? field).sort();

function ofFields(subgraphs: readonly Subgraph[]): readonly Violation[] {
  return factsPlaces(subgraphs)
    .filter(
      ({ field }) =>
        field.name.value !== factsField ||
        print(field.type) !== `${factsType}!` ||
        !hasDirective(field, "inaccessible") ||
        field.arguments?.length,
    )
    .map(({ subgraph, coordinate }) => ({
      subgraph: subgraph.name,
      coordinate,
      message: `${coordinate} carries the facts that the door decides on, hidden from clients. Write ${factsField}: ${factsType}! @inaccessible`,
    }));
}
