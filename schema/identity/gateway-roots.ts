import { Kind, print, type TypeDefinitionNode } from "graphql";
import type { Half } from "./catalog.js";
import { federationHeader, gatewayRoot, gatewayRootsHalf } from "./identity-spec.js";
import { fieldNamed, hasDirective, namedType, plainFieldSet, textArgument } from "./sdl-nodes.js";
import { isEntity, keysOf, type Subgraph } from "./subgraph.js";

/**
 * The virtual half by which a stage begins (door.md, M2): one inaccessible root for every entity, `_User: [User!]!`, whose fetch the executor answers
 * itself with the entities that it collected below an identity field. None where there is no entity.
 */
export function gatewayRoots(subgraphs: readonly Subgraph[]): readonly Half[] {
  const leaves = new Map<string, TypeDefinitionNode>();
  const roots: string[] = [];
  const stubs: string[] = [];
  for (const [name, key] of entityKeys(subgraphs)) {
    const owner = subgraphs.find((subgraph) => isEntity(subgraph.types.get(name)));
    const fields = key.map((field) => fieldNamed(owner?.types.get(name), field)).filter((field) => field !== undefined);
    roots.push(`  ${gatewayRoot(name)}: [${name}!]! @inaccessible`);
    const printed = fields.map((field) => `  ${field.name.value}: ${print(field.type)}\n`).join("");
    stubs.push(`type ${name} @key(fields: "${key.join(" ")}", resolvable: false) {\n${printed}}`);
    for (const leaf of fields.map((field) => owner?.types.get(namedType(field.type))))
      if (leaf) leaves.set(leaf.name.value, leaf);
  }
  if (roots.length === 0) return [];
  const parts = [
    federationHeader,
    `type Query {\n${roots.join("\n")}\n}`,
    ...stubs,
    ...[...leaves.values()].map(print),
  ];
  return [{ name: gatewayRootsHalf, service: null, identity: false, sdl: `${parts.join("\n\n")}\n` }];
}

/** For every entity, by name, the first of its keys that each subgraph which knows it declares. The lint makes sure that there is one. */
export function entityKeys(subgraphs: readonly Subgraph[]): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  const entities = subgraphs.flatMap(({ types }) => [...types.values()].filter(isEntity));
  const abstract = new Set(entities.filter(standsForInterface).map((type) => type.name.value));
  const names = new Set(entities.map((type) => type.name.value).filter((name) => !abstract.has(name)));
  for (const name of [...names].sort()) {
    const key = commonKey(subgraphs, name);
    if (key) keys.set(name, key);
  }
  return keys;
}

/** An interface with a key, or the object by which a subgraph holds one: what a stage begins with is its implementations. */
export function standsForInterface(type: TypeDefinitionNode): boolean {
  return type.kind === Kind.INTERFACE_TYPE_DEFINITION || hasDirective(type, "interfaceObject");
}

/** The first plain key that every subgraph with this entity declares; null where there is none. */
export function commonKey(subgraphs: readonly Subgraph[], name: string): readonly string[] | null {
  const types = subgraphs.map((subgraph) => subgraph.types.get(name)).filter((type) => isEntity(type));
  const [first, ...others] = types.map((type) =>
    keysOf(type).map((key) => plainFieldSet(textArgument(key, "fields") ?? "")),
  );
  const same = (a: readonly string[], b: readonly string[] | null): boolean =>
    b !== null && [...a].sort().join() === [...b].sort().join();
  return first?.find((key) => key !== null && others.every((keys) => keys.some((other) => same(key, other)))) ?? null;
}
