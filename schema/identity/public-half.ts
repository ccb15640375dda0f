import { type FieldDefinitionNode, Kind, type TypeDefinitionNode } from "graphql";
import type { Division } from "./divide-types.js";
import { hasFields } from "./sdl-nodes.js";
import { shareable } from "./shareable.js";
import { isRootType, type Subgraph } from "./subgraph.js";

/** The types of the public half: everything but the marked fields and what only they lead to. */
export function publicTypes(subgraph: Subgraph, division: Division): readonly TypeDefinitionNode[] {
  return [...subgraph.types.values()]
    .filter((type) => !division.identityOnly.has(type.name.value))
    .map((type) => publicType(type, division))
    .filter((type) => !isRootType(type.name.value) || !hasFields(type) || (type.fields ?? []).length > 0);
}

function publicType(type: TypeDefinitionNode, division: Division): TypeDefinitionNode {
  const name = type.name.value;
  if (type.kind === Kind.UNION_TYPE_DEFINITION)
    return { ...type, types: type.types?.filter((member) => !division.identityOnly.has(member.name.value)) ?? [] };
  if (!hasFields(type)) return type;
  const isPublic = (field: FieldDefinitionNode): boolean => !division.hidden.has(`${name}.${field.name.value}`);
  const kept = { ...type, fields: type.fields?.filter(isPublic) ?? [] };
  return division.shared.has(name) && kept.kind === Kind.OBJECT_TYPE_DEFINITION ? shareable(kept) : kept;
}
