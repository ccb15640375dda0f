import { type FieldDefinitionNode, Kind, type TypeDefinitionNode } from "graphql";
import { keyFields } from "../divide-types.js";
import { hasDirective, hasFields, namedType } from "../sdl-nodes.js";
import { isEntity, type Subgraph } from "../subgraph.js";
import { fieldsOf } from "./graph-fields.js";

/** The fields that a subgraph itself answers for an entity: neither key nor external. */
export function ownFields(type: TypeDefinitionNode | undefined): readonly FieldDefinitionNode[] {
  if (!hasFields(type) || !isEntity(type)) return [];
  const key = keyFields(type);
  return (type.fields ?? []).filter((field) => !key.includes(field.name.value) && !hasDirective(field, "external"));
}

/**
 * The subgraph that each entity lives in: of those that lead to it and answer fields of it, the one that answers most; where none does both, of those that
 * answer fields. An entity of which nobody answers more than its key has none. An interface lives where its types are known, not where it is held as an object.
 */
export function homesOf(subgraphs: readonly Subgraph[]): ReadonlyMap<string, Subgraph> {
  const ledTo = new Map(
    subgraphs.map((subgraph) => [subgraph, new Set(fieldsOf([subgraph]).map(({ field }) => namedType(field.type)))]),
  );
  const homes = new Map<string, Subgraph>();
  for (const type of new Set(subgraphs.flatMap(({ types }) => [...types.keys()]))) {
    const isInterface = ({ types }: Subgraph): boolean => types.get(type)?.kind === Kind.INTERFACE_TYPE_DEFINITION;
    const knowing = subgraphs.some(isInterface) ? subgraphs.filter(isInterface) : subgraphs;
    const answering = knowing.filter((subgraph) => ownFields(subgraph.types.get(type)).length > 0);
    const leading = answering.filter((subgraph) => ledTo.get(subgraph)?.has(type));
    const most = (a: Subgraph, b: Subgraph): number =>
      ownFields(b.types.get(type)).length - ownFields(a.types.get(type)).length;
    const [home] = (leading.length > 0 ? leading : answering).sort(most);
    if (home) homes.set(type, home);
  }
  return homes;
}
