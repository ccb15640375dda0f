import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import type { Finding } from "../../schema/identity/catalog.js";
import { type IdentifierKind, identifierKinds } from "../../schema/identity/identifier.js";
import { factsSelection } from "../../schema/identity/identity-spec.js";
import { type Mark, markedCoordinates, marksOf, possibleTypes, subjectField } from "../../schema/identity/marks.js";
import { isEntity, isRootType, readSubgraph, type Subgraph } from "../../schema/identity/subgraph.js";
import type { DataCategory } from "../../schema/law/vocabulary.js";

/** One identity field as a probe asks for it. */
export interface MarkedField {
  readonly name: string;
  readonly category: DataCategory;
  /** True where the rows are bound by the grant's period. */
  readonly timed: boolean;
  /** GraphQL text of everything below it that has a value; empty for a scalar. */
  readonly selection: string;
  /** The field that leads to the person; null: the entity itself is the person. */
  readonly subject: string | null;
}

/** An entity with identity fields, found in a subgraph's SDL. */
export interface MarkedType {
  readonly type: string;
  readonly fields: readonly MarkedField[];
  /** GraphQL text that reads id and facts of every person whom the fields are about. */
  readonly subjects: string;
}

/** How deep a probe looks into an identity field. */
const depth = 5;

/** The entities with identity fields. Throws with the finding where the SDL cannot be read. */
export function markedTypesOf(subgraph: Subgraph): readonly MarkedType[] {
  const marks = marksOf(subgraph).filter(({ owner, type }) => isEntity(owner) && !isRootType(type));
  const types = [...new Set(marks.map(({ type }) => type))].filter((type) =>
    isObjectType(subgraph.schema.getType(type)),
  );
  return types.map((type) => {
    const own = marks.filter((mark) => mark.type === type);
    return { type, fields: own.map((mark) => fieldOf(mark, subgraph)), subjects: subjectsOf(own, subgraph) };
  });
}

/** A root field that is identity data itself: it finds persons by an identifier. */
export interface MarkedRoot {
  readonly coordinate: string;
  readonly field: string;
  readonly category: DataCategory;
  /** Null where it is none of the kinds that a warrant can name: then nothing can be granted for it. */
  readonly kind: IdentifierKind | null;
}

/** Root fields that are identity data themselves. */
export function markedRootsOf(subgraph: Subgraph): readonly MarkedRoot[] {
  return marksOf(subgraph)
    .filter(({ type }) => isRootType(type))
    .map(({ type, field, category, identifier }) => ({
      coordinate: `${type}.${field}`,
      field,
      category: category as DataCategory,
      kind: identifierKinds.find((kind) => kind === identifier) ?? null,
    }));
}

/** Reads the SDL that a subgraph answers. Throws with what is wrong. */
export function readServedSdl(name: string, sdl: string): Subgraph {
  const read: Subgraph | Finding = readSubgraph({ name, sdl });
  if ("rule" in read) throw new Error(read.message);
  return read;
}

function fieldOf(mark: Mark, subgraph: Subgraph): MarkedField {
  const field = (subgraph.schema.getType(mark.type) as GraphQLObjectType).getFields()[mark.field];
  if (field === undefined) throw new Error(`${mark.type}.${mark.field} is marked and not there`);
  const marked = markedCoordinates(subgraph);
  return {
    name: mark.field,
    category: mark.category as DataCategory,
    timed: mark.at !== null,
    selection: selectionOf(field.type, subgraph, marked, depth),
    subject: mark.subjectPath[0] ?? null,
  };
}

/** Every leaf that can be asked for without an argument; other entities are left out, since they have grants of their own. */
function selectionOf(of: GraphQLOutputType, subgraph: Subgraph, marked: ReadonlySet<string>, left: number): string {
  const type = getNamedType(of);
  if (isLeafType(type)) return "";
  if (!isObjectType(type) || left === 0) return "{ __typename }";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument) || marked.has(`${type.name}.${field.name}`)) return [];
    const named = getNamedType(field.type);
    if (!isLeafType(named) && isEntity(subgraph.types.get(named.name))) return [];
    return [`${field.name} ${selectionOf(field.type, subgraph, marked, left - 1)}`.trim()];
  });
  return `{ __typename ${fields.join(" ")} }`;
}

function subjectsOf(marks: readonly Mark[], subgraph: Subgraph): string {
  const parts = marks.map((mark) => {
    const field = subjectField(mark);
    if (field === undefined) return factsSelection;
    const fragments = possibleTypes(subgraph, getNamedType(field.type)).map(
      (type) => `... on ${type} { id ${factsSelection} }`,
    );
    return `${field.name} { __typename ${fragments.join(" ")} }`;
  });
  return [...new Set(parts)].join(" ");
}
