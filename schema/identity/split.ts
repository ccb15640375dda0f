import { type DirectiveDefinitionNode, Kind, print, type TypeDefinitionNode, visit } from "graphql";
import type { DataCategory } from "../law/vocabulary.js";
import type { Half, IdentityField } from "./catalog.js";
import { divideTypes } from "./divide-types.js";
import type { IdentifierKind } from "./identifier.js";
import { identityTypes } from "./identity-half.js";
import {
  federationHeaderFor,
  federationImports,
  identityHalfSuffix,
  identityHeader,
  interfaceObjectImport,
  publicDirective,
  specifiedDirectives,
} from "./identity-spec.js";
import { coordinateOf, foundType, type Mark, markedCoordinates, marksOf } from "./marks.js";
import { publicTypes } from "./public-half.js";
import { hasDirective } from "./sdl-nodes.js";
import { isRootType, type Subgraph } from "./subgraph.js";

/** A service as the planner sees it: one half, or two where it has identity fields. */
export interface SplitSubgraph {
  readonly halves: readonly Half[];
  readonly identityFields: readonly IdentityField[];
}

/**
 * Splits a subgraph so that identity data can only be reached by an `_entities` fetch to the identity half (design.md, section 1). The subgraph must have
 * passed the lint: the split repairs nothing.
 */
export function splitSubgraph(subgraph: Subgraph): SplitSubgraph {
  const marks = marksOf(subgraph).filter((mark) => mark.owner.kind === Kind.OBJECT_TYPE_DEFINITION);
  const { name } = subgraph;
  const definitions = subgraph.directiveDefinitions.filter((definition) =>
    specifiedDirectives.every((specified) => definition.name.value !== specified.name),
  );
  const publicHalf = (types: readonly TypeDefinitionNode[]): Half => ({
    name,
    service: name,
    identity: false,
    sdl: printHalf("", [...definitions, ...types], subgraph),
  });
  if (marks.length === 0) return { halves: [publicHalf([...subgraph.types.values()])], identityFields: [] };
  const division = divideTypes(subgraph, marks, markedCoordinates(subgraph));
  const identityHalf: Half = {
    name: name + identityHalfSuffix,
    service: name,
    identity: true,
    sdl: printHalf(`\n${identityHeader}`, identityTypes(subgraph, division), subgraph),
  };
  const identityFields = marks.map((mark) => identityField(mark, identityHalf.name));
  return { halves: [publicHalf(publicTypes(subgraph, division)), identityHalf], identityFields };
}

function printHalf(
  more: string,
  definitions: readonly (TypeDefinitionNode | DirectiveDefinitionNode)[],
  { extended }: Subgraph,
): string {
  const printed = definitions.map((definition) => {
    const text = print(withoutPublic(definition));
    const isExtension = definition.kind === Kind.OBJECT_TYPE_DEFINITION && extended.has(definition.name.value);
    return isExtension ? `extend ${text}` : text;
  });
  return `${[`${federationHeaderFor(importsFor(definitions))}${more}`, ...printed].join("\n\n")}\n`;
}

function importsFor(definitions: readonly (TypeDefinitionNode | DirectiveDefinitionNode)[]): readonly string[] {
  const holds = definitions.some((node) => "directives" in node && hasDirective(node, interfaceObjectImport.slice(1)));
  return holds ? [...federationImports, interfaceObjectImport] : federationImports;
}

/** What an engineer says in writing is for the lint and for readers: the planner has no use for it, and two halves of one type may give two reasons. */
function withoutPublic<T extends TypeDefinitionNode | DirectiveDefinitionNode>(definition: T): T {
  return visit(definition, { Directive: ({ name }) => (name.value === publicDirective ? null : undefined) }) as T;
}

function identityField(mark: Mark, half: string): IdentityField {
  const person = isRootType(mark.type) ? foundType(mark) : null;
  return {
    coordinate: coordinateOf(mark),
    type: mark.type,
    field: mark.field,
    category: mark.category as DataCategory,
    subjectPath: mark.subjectPath,
    at: mark.at,
    half,
    ...(mark.requires.length === 0 ? {} : { needs: mark.requires.map((name) => `${mark.type}.${name}`) }),
    ...(person === null ? {} : { search: { identifier: mark.identifier as IdentifierKind, person } }),
  };
}
