import { type FieldDefinitionNode, Kind, type TypeDefinitionNode } from "graphql";
import { hasFields, namedType } from "./sdl-nodes.js";
import type { Subgraph } from "./subgraph.js";

/** How a walk over the types of a subgraph goes. */
export interface Walk {
  /** Whether to follow this field; default: every field. */
  readonly follow?: (type: string, field: FieldDefinitionNode) => boolean;
  /** Whether to go from an interface or union to the types that a value may have; default: yes. */
  readonly throughAbstract?: boolean;
}

/** The types that fields may lead to, directly or not, from the given types (included): results, arguments, possible types. */
export function reach(subgraph: Subgraph, from: Iterable<string>, walk: Walk = {}): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const type = subgraph.types.get(name);
    if (!type || reached.has(name)) continue;
    reached.add(name);
    open.push(...neighbours(subgraph, type, walk));
  }
  return reached;
}

/** The types that a field itself names: its result and its arguments. */
export function typesOfField(field: FieldDefinitionNode): readonly string[] {
  return [namedType(field.type), ...(field.arguments ?? []).map((argument) => namedType(argument.type))];
}

function neighbours(
  subgraph: Subgraph,
  type: TypeDefinitionNode,
  { follow = () => true, throughAbstract = true }: Walk,
): readonly string[] {
  if (hasFields(type)) {
    const followed = (type.fields ?? []).filter((field) => follow(type.name.value, field)).flatMap(typesOfField);
    return type.kind === Kind.INTERFACE_TYPE_DEFINITION && throughAbstract
      ? [...followed, ...implementations(subgraph, type.name.value)]
      : followed;
  }
  if (type.kind === Kind.UNION_TYPE_DEFINITION && throughAbstract)
    return type.types?.map((member) => member.name.value) ?? [];
  if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return type.fields?.map((field) => namedType(field.type)) ?? [];
  return [];
}

/** Types, interfaces included, that declare an interface in this subgraph. */
export function implementations(subgraph: Subgraph, interfaceName: string): readonly string[] {
  return [...subgraph.types.values()]
    .filter(
      (type) => hasFields(type) && type.interfaces?.some((implemented) => implemented.name.value === interfaceName),
    )
    .map((type) => type.name.value);
}
