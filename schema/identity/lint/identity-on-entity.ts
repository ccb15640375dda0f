import { Kind } from "graphql";
import { coordinateOf, type Mark, marksOf } from "../marks.js";
import { isNotFalse, plainFieldSet, textArgument } from "../sdl-nodes.js";
import { isRootType, keysOf } from "../subgraph.js";
import { identityValueTypes } from "./identity-inside-identity.js";
import type { LintRule } from "./rule.js";

/** The door knows a thing by its type and id: marked fields stand on object types that have the one key `id` and can be resolved by it. */
export const identityOnEntity: LintRule = {
  name: "identity-on-entity",
  check: (subgraphs) => {
    const judgedElsewhere = (mark: Mark): boolean =>
      isRootType(mark.type) ||
      mark.owner.kind !== Kind.OBJECT_TYPE_DEFINITION ||
      identityValueTypes(mark.subgraph).has(mark.type);
    return subgraphs
      .flatMap(marksOf)
      .filter((mark) => !judgedElsewhere(mark) && !hasOnlyKeyId(mark))
      .map((mark) => {
        const coordinate = coordinateOf(mark);
        const message = `${coordinate} is identity data, and ${mark.type} is not known by its id alone. Write type ${mark.type} @key(fields: "id"), with no other key and resolvable, or mark the field of an entity that leads here`;
        return { subgraph: mark.subgraph.name, coordinate, message };
      });
  },
};

function hasOnlyKeyId(mark: Mark): boolean {
  const [key, ...others] = keysOf(mark.owner);
  return (
    key !== undefined &&
    others.length === 0 &&
    plainFieldSet(textArgument(key, "fields") ?? "")?.join() === "id" &&
    isNotFalse(key, "resolvable")
  );
}
