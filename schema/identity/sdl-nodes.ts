import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type ListTypeNode,
  type NamedTypeNode,
  parse,
  type SelectionSetNode,
  type TypeDefinitionNode,
  type TypeNode,
} from "graphql";

/** Anything in an SDL document that may carry directives. */
interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** The applications of `@name` on a node. */
export function directivesNamed(node: Directed, name: string): readonly ConstDirectiveNode[] {
  return node.directives?.filter((directive) => directive.name.value === name) ?? [];
}

export function hasDirective(node: Directed, name: string): boolean {
  return directivesNamed(node, name).length > 0;
}

/** The node with every application of the named directives removed. */
export function withoutDirectives<T extends Directed>(
  node: T,
  ...names: readonly string[]
): T & { readonly directives: readonly ConstDirectiveNode[] } {
  return { ...node, directives: node.directives?.filter((directive) => !names.includes(directive.name.value)) ?? [] };
}

/** The string (or enum value) given for an argument; null where it is absent or of another kind. */
export function textArgument(directive: ConstDirectiveNode, name: string): string | null {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : null;
}

/** False only where the argument is the literal `false`. */
export function isNotFalse(directive: ConstDirectiveNode, name: string): boolean {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return !(value?.kind === Kind.BOOLEAN && value.value === false);
}

/** The type that a reference names, without lists and non-nulls. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** The reference without an outer non-null. */
export function nullableType(type: TypeNode): NamedTypeNode | ListTypeNode {
  return type.kind === Kind.NON_NULL_TYPE ? type.type : type;
}

export type FieldsNode = Extract<
  TypeDefinitionNode,
  { readonly kind: Kind.OBJECT_TYPE_DEFINITION | Kind.INTERFACE_TYPE_DEFINITION }
>;

/** True for object and interface types. */
export function hasFields(type: TypeDefinitionNode | undefined): type is FieldsNode {
  return type?.kind === Kind.OBJECT_TYPE_DEFINITION || type?.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

export function fieldNamed(type: TypeDefinitionNode | undefined, name: string): FieldDefinitionNode | undefined {
  return hasFields(type) ? type.fields?.find((field) => field.name.value === name) : undefined;
}

/** A federation field set as a selection set. @throws GraphQLError where the text is no selection. */
export function parseFieldSet(text: string): SelectionSetNode {
  const definition = parse(`{ ${text} }`, { noLocation: true }).definitions[0];
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`"${text}" is no field set`);
  return definition.selectionSet;
}

/** The names of the fields at the top of a field set. */
export function topFields(text: string): readonly string[] {
  return parseFieldSet(text).selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.name.value] : [],
  );
}

/** The fields of a field set, or null where it is nested, aliased or takes arguments. */
export function plainFieldSet(text: string): readonly string[] | null {
  const names: string[] = [];
  for (const selection of parseFieldSet(text).selections) {
    if (selection.kind !== Kind.FIELD || selection.selectionSet || selection.alias || selection.arguments?.length)
      return null;
    names.push(selection.name.value);
  }
  return names;
}
