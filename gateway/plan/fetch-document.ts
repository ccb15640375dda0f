import {
  type FieldNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

export const typeName: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** A fetch's operation with its fragments put in place: the planner shares them between selections, so none can be edited where it stands. */
export function readFetch(operation: string): OperationDefinitionNode {
  const document = parse(operation, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  let found: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) found = definition;
  }
  if (!found) throw new Error("a planned fetch holds no operation");
  return { ...found, selectionSet: inline(found.selectionSet, fragments) };
}

function inline(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): SelectionSetNode {
  return { ...set, selections: set.selections.map((selection) => inlineSelection(selection, fragments)) };
}

function inlineSelection(
  selection: SelectionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionNode {
  if (selection.kind !== Kind.FRAGMENT_SPREAD)
    return selection.selectionSet
      ? { ...selection, selectionSet: inline(selection.selectionSet, fragments) }
      : selection;
  const fragment = fragments.get(selection.name.value);
  if (!fragment) throw new Error(`a planned fetch spreads the unknown fragment ${selection.name.value}`);
  const inlined: InlineFragmentNode = {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: fragment.typeCondition,
    selectionSet: inline(fragment.selectionSet, fragments),
  };
  return inlined;
}
