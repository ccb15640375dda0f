import {
  type FieldDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { markedCoordinates } from "../marks.js";
import {
  directivesNamed,
  type FieldsNode,
  hasFields,
  namedType,
  parseFieldSet,
  textArgument,
  topFields,
} from "../sdl-nodes.js";
import type { Subgraph } from "../subgraph.js";

/** A field where it is defined. */
export interface FieldPlace {
  readonly subgraph: Subgraph;
  readonly owner: FieldsNode;
  readonly field: FieldDefinitionNode;
  readonly coordinate: string;
}

/** A field set that a directive carries: the place it stands at, and every coordinate that it selects. */
export interface FieldSetPlace {
  readonly subgraph: Subgraph;
  readonly coordinate: string;
  readonly text: string;
  readonly selects: readonly string[];
  /** Names of the fields at its top. */
  readonly top: readonly string[];
}

/** Every field of every object and interface type of the graph. */
export function fieldsOf(subgraphs: readonly Subgraph[]): readonly FieldPlace[] {
  return subgraphs.flatMap((subgraph) =>
    [...subgraph.types.values()].filter(hasFields).flatMap((owner) =>
      (owner.fields ?? []).map((field) => ({
        subgraph,
        owner,
        field,
        coordinate: `${owner.name.value}.${field.name.value}`,
      })),
    ),
  );
}

/** The coordinates that any subgraph marks. */
export function allMarked(subgraphs: readonly Subgraph[]): ReadonlySet<string> {
  return new Set(subgraphs.flatMap((subgraph) => [...markedCoordinates(subgraph)]));
}

/** Every field set of a kind in the graph. */
export function fieldSetsOf(
  subgraphs: readonly Subgraph[],
  directive: "key" | "requires" | "provides",
): readonly FieldSetPlace[] {
  if (directive === "key")
    return subgraphs.flatMap((subgraph) =>
      [...subgraph.types.values()]
        .filter(hasFields)
        .flatMap((type) =>
          directivesNamed(type, directive).map((key) =>
            fieldSet(subgraph, type.name.value, type.name.value, textArgument(key, "fields")),
          ),
        ),
    );
  return fieldsOf(subgraphs).flatMap(({ subgraph, owner, field, coordinate }) =>
    directivesNamed(field, directive).map((found) => {
      const from = directive === "requires" ? owner.name.value : namedType(field.type);
      return fieldSet(subgraph, coordinate, from, textArgument(found, "fields"));
    }),
  );
}

function fieldSet(subgraph: Subgraph, coordinate: string, from: string, text: string | null): FieldSetPlace {
  const selects = text === null ? [] : selectedBy(subgraph, subgraph.schema.getType(from), parseFieldSet(text));
  return { subgraph, coordinate, text: text ?? "", selects, top: text === null ? [] : topFields(text) };
}

function selectedBy(
  subgraph: Subgraph,
  parent: GraphQLNamedType | undefined,
  set: SelectionSetNode,
): readonly string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition ? subgraph.schema.getType(selection.typeCondition.name.value) : parent;
      return selectedBy(subgraph, type, selection.selectionSet);
    }
    if (selection.kind !== Kind.FIELD || !(isObjectType(parent) || isInterfaceType(parent))) return [];
    const field = parent.getFields()[selection.name.value];
    const below =
      field && selection.selectionSet ? selectedBy(subgraph, getNamedType(field.type), selection.selectionSet) : [];
    return [...coordinatesOf(subgraph, parent, selection.name.value), ...below];
  });
}

/** A field of an interface is the field of every object that may stand there. */
function coordinatesOf(
  subgraph: Subgraph,
  parent: GraphQLObjectType | GraphQLInterfaceType,
  field: string,
): readonly string[] {
  const concrete = isInterfaceType(parent) ? subgraph.schema.getPossibleTypes(parent) : [];
  return [parent, ...concrete].map((type) => `${type.name}.${field}`);
}
