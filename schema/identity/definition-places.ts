import { type ConstDirectiveNode, type InputValueDefinitionNode, Kind, type TypeDefinitionNode } from "graphql";
import { hasFields } from "./sdl-nodes.js";
import type { Subgraph } from "./subgraph.js";

/** A definition that directives may stand on. */
export interface DefinitionPlace {
  /** As the GraphQL spec writes it: `User`, `User.email`, `Query.users(phone:)`, `UserFilter.phone`, `Order.EMAIL`. */
  readonly coordinate: string;
  /** In the spec's words, for example FIELD_DEFINITION. */
  readonly location: string;
  readonly directives: readonly ConstDirectiveNode[];
}

/** Everything that a subgraph defines and that directives may stand on. */
export function definitionPlaces(subgraph: Subgraph): readonly DefinitionPlace[] {
  return [...subgraph.types.values()].flatMap((type) => [
    place(type, type.name.value, locations[type.kind]),
    ...membersOf(type),
  ]);
}

const locations: Readonly<Record<TypeDefinitionNode["kind"], string>> = {
  [Kind.SCALAR_TYPE_DEFINITION]: "SCALAR",
  [Kind.OBJECT_TYPE_DEFINITION]: "OBJECT",
  [Kind.INTERFACE_TYPE_DEFINITION]: "INTERFACE",
  [Kind.UNION_TYPE_DEFINITION]: "UNION",
  [Kind.ENUM_TYPE_DEFINITION]: "ENUM",
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: "INPUT_OBJECT",
};

function membersOf(type: TypeDefinitionNode): readonly DefinitionPlace[] {
  const name = type.name.value;
  if (hasFields(type))
    return (type.fields ?? []).flatMap((field) => [
      place(field, `${name}.${field.name.value}`, "FIELD_DEFINITION"),
      ...(field.arguments ?? []).map((argument: InputValueDefinitionNode) =>
        place(argument, `${name}.${field.name.value}(${argument.name.value}:)`, "ARGUMENT_DEFINITION"),
      ),
    ]);
  if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
    return (type.fields ?? []).map((field) => place(field, `${name}.${field.name.value}`, "INPUT_FIELD_DEFINITION"));
  if (type.kind === Kind.ENUM_TYPE_DEFINITION)
    return (type.values ?? []).map((value) => place(value, `${name}.${value.name.value}`, "ENUM_VALUE"));
  return [];
}

function place(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  coordinate: string,
  location: string,
): DefinitionPlace {
  return { coordinate, location, directives: node.directives ?? [] };
}
