import { getNamedType, isInterfaceType, isLeafType, isObjectType } from "graphql";
import { commonKey } from "../gateway-roots.js";
import { plainFieldSet, textArgument } from "../sdl-nodes.js";
import { isEntity, keysOf, type Subgraph } from "../subgraph.js";
import type { LintRule, Violation } from "./rule.js";

/** A stage begins with entities by their keys (door.md, M2): every entity has a key of plain fields that all its subgraphs know. */
export const entityKey: LintRule = {
  name: "entity-key",
  check: (subgraphs) => [...subgraphs.flatMap(plainKeys), ...commonKeys(subgraphs)],
};

function plainKeys(subgraph: Subgraph): readonly Violation[] {
  return [...subgraph.types.values()].filter(isEntity).flatMap((type) => {
    const name = type.name.value;
    const refuse = (message: string): Violation => ({ subgraph: subgraph.name, coordinate: name, message });
    return keysOf(type)
      .map((key) => textArgument(key, "fields") ?? "")
      .filter((fields) => !isPlain(subgraph, name, fields))
      .map((fields) =>
        refuse(
          `${name} has @key(fields: "${fields}"). Write a key of plain fields that hold scalars, such as @key(fields: "id")`,
        ),
      );
  });
}

function isPlain(subgraph: Subgraph, type: string, fields: string): boolean {
  const found = subgraph.schema.getType(type);
  if (!isObjectType(found) && !isInterfaceType(found)) return false;
  return plainFieldSet(fields)?.every((field) => isLeafType(getNamedType(found.getFields()[field]?.type))) ?? false;
}

function commonKeys(subgraphs: readonly Subgraph[]): readonly Violation[] {
  const names = new Set(
    subgraphs.flatMap(({ types }) => [...types.values()].filter(isEntity).map((type) => type.name.value)),
  );
  return [...names]
    .filter((name) => commonKey(subgraphs, name) === null)
    .flatMap((name) => {
      const known = subgraphs.filter((subgraph) => isEntity(subgraph.types.get(name)));
      const last = known.at(-1);
      if (!last || known.length < 2) return [];
      const message = `${name} has no key that ${known.map((subgraph) => `"${subgraph.name}"`).join(", ")} have in common. Write the same @key in each of them`;
      return [{ subgraph: last.name, coordinate: name, message }];
    });
}
