import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import { parseFieldSet, textArgument } from "./sdl-nodes.js";

/**
 * A subgraph's SDL with what `@requires` says of an interface or union inside another value said of each of its object types: `... on Bar { a }` becomes
 * `... on Baz { a } ... on Qux { a }`. It means the same, and the composer, which takes the first for a condition that cannot be met, understands it.
 * An SDL that says nothing of the kind is given back as it is.
 */
export function expandRequires(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  return visit(document, {
    Directive(node, _key, _parent, _path, ancestors) {
      const directive = node as ConstDirectiveNode;
      if (directive.name.value !== "requires") return undefined;
      const owner = ancestors.findLast((node) => "kind" in node && "fields" in node);
      const type = owner && "name" in owner ? schema.getType(owner.name?.value ?? "") : undefined;
      const set = parseFieldSet(textArgument(directive, "fields") ?? "");
      if (!isCompositeType(type) || !saysOfMany(set, schema)) return undefined;
      return { ...directive, arguments: [fieldsArgument(directive, expand(set, type, schema))] };
    },
  });
}

function saysOfMany(set: SelectionSetNode, schema: GraphQLSchema): boolean {
  return set.selections.some(
    (selection) =>
      (selection.kind === Kind.INLINE_FRAGMENT && isAbstractType(conditionOf(selection, schema))) ||
      (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet && saysOfMany(selection.selectionSet, schema)),
  );
}

/** The selections of a value of this type, without a fragment on anything but an object type. */
function expand(set: SelectionSetNode, type: GraphQLCompositeType, schema: GraphQLSchema): readonly SelectionNode[] {
  return set.selections.flatMap((selection): readonly SelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
    if (selection.kind === Kind.FIELD) {
      const field = "getFields" in type ? type.getFields()[selection.name.value] : undefined;
      const below = getNamedType(field?.type);
      if (!selection.selectionSet || !isCompositeType(below)) return [selection];
      return [
        {
          ...selection,
          selectionSet: { ...selection.selectionSet, selections: expand(selection.selectionSet, below, schema) },
        },
      ];
    }
    const condition = conditionOf(selection, schema) ?? type;
    if (covers(condition, type, schema)) return expand(selection.selectionSet, type, schema);
    return possible(condition, schema)
      .filter((object) => covers(type, object, schema))
      .map((object) => ({
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: object.name } },
        selectionSet: { kind: Kind.SELECTION_SET, selections: expand(selection.selectionSet, object, schema) },
      }));
  });
}

function conditionOf({ typeCondition }: InlineFragmentNode, schema: GraphQLSchema): GraphQLCompositeType | undefined {
  const type = typeCondition && schema.getType(typeCondition.name.value);
  return isCompositeType(type) ? type : undefined;
}

/** Whether every value of the second type is one of the first. */
function covers(wide: GraphQLCompositeType, narrow: GraphQLCompositeType, schema: GraphQLSchema): boolean {
  return wide === narrow || (isAbstractType(wide) && !("getTypes" in narrow) && schema.isSubType(wide, narrow));
}

function possible(type: GraphQLCompositeType, schema: GraphQLSchema): readonly GraphQLObjectType[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
}

function fieldsArgument(
  { arguments: given = [] }: ConstDirectiveNode,
  selections: readonly SelectionNode[],
): NonNullable<ConstDirectiveNode["arguments"]>[number] {
  const name = given[0]?.name ?? { kind: Kind.NAME, value: "fields" };
  const value = selections.map((selection) => print(selection).replace(/\s+/g, " ")).join(" ");
  return { kind: Kind.ARGUMENT, name, value: { kind: Kind.STRING, value } };
}
