import { Kind, print, type TypeNode } from "graphql";
import { factsType } from "../identity-spec.js";
import { possibleTypes } from "../marks.js";
import { hasDirective, namedType, nullableType } from "../sdl-nodes.js";
import type { Subgraph } from "../subgraph.js";
import { homesOf, ownFields } from "./entity-home.js";
import { type FieldPlace, fieldsOf } from "./graph-fields.js";
import type { LintRule } from "./rule.js";

/**
 * Every edge that another subgraph answers is nullable, and a list over such edges is [T]: one subgraph down must not null what another one already
 * disclosed. An edge is answered elsewhere where it leads to an entity whose home is another subgraph, and so is a field that a subgraph adds to such an entity,
 * or that requires something of another subgraph.
 */
export const nullableEdge: LintRule = {
  name: "nullable-edge",
  check: (subgraphs) => {
    const homes = homesOf(subgraphs);
    return fieldsOf(subgraphs).flatMap((place) => {
      const { subgraph, field, coordinate } = place;
      const fault = faultOf(place, homes);
      if (fault === null) return [];
      const message = `${coordinate} ${fault}, so it must be nullable: that subgraph's failure must not null what others answered. Write ${field.name.value}: ${print(open(field.type))}`;
      return [{ subgraph: subgraph.name, coordinate, message }];
    });
  },
};

type Homes = ReadonlyMap<string, Subgraph>;

function faultOf({ subgraph, owner, field }: FieldPlace, homes: Homes): string | null {
  if (hasDirective(field, "external") || namedType(field.type) === factsType) return null;
  const foreign = targetsOf(subgraph, namedType(field.type)).find((type) => isElsewhere(type, subgraph, homes));
  if (foreign && !isOpen(field.type)) return `leads to ${foreign}, which "${homes.get(foreign)?.name}" answers`;
  if (field.type.kind !== Kind.NON_NULL_TYPE || !ownFields(owner).includes(field)) return null;
  if (isElsewhere(owner.name.value, subgraph, homes))
    return `is added by "${subgraph.name}" to an entity of "${homes.get(owner.name.value)?.name}"`;
  return hasDirective(field, "requires") ? "@requires something of another subgraph" : null;
}

function targetsOf(subgraph: Subgraph, type: string): readonly string[] {
  const found = subgraph.schema.getType(type);
  return found ? possibleTypes(subgraph, found) : [];
}

function isElsewhere(type: string, subgraph: Subgraph, homes: Homes): boolean {
  const home = homes.get(type);
  return home !== undefined && home !== subgraph;
}

/** Nullable at every level. */
function isOpen(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return false;
  return type.kind === Kind.LIST_TYPE ? isOpen(type.type) : true;
}

function open(type: TypeNode): TypeNode {
  const nullable = nullableType(type);
  return nullable.kind === Kind.LIST_TYPE ? { ...nullable, type: open(nullable.type) } : nullable;
}
