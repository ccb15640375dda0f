import { coordinateOf, marksOf } from "../marks.js";
import { reach, typesOfField } from "../reach.js";
import { isEntity, type Subgraph } from "../subgraph.js";
import type { LintRule } from "./rule.js";

/** The value of a marked field has one category as a whole: nothing inside it carries a mark of its own, whatever the category. Entities below it are decided anew. */
export const identityInsideIdentity: LintRule = {
  name: "identity-inside-identity",
  check: (subgraphs) =>
    subgraphs.flatMap((subgraph) => {
      const values = identityValueTypes(subgraph);
      return marksOf(subgraph)
        .filter((mark) => values.has(mark.type))
        .map((mark) => {
          const coordinate = coordinateOf(mark);
          const message = `${coordinate} stands inside the value of an identity field, which is released or withheld as a whole in its own category. Remove @identity here; data of another category belongs into a field of the entity`;
          return { subgraph: subgraph.name, coordinate, message };
        });
    }),
};

/** Types, not entities, that marked fields of a subgraph lead to without passing an entity. */
export function identityValueTypes(subgraph: Subgraph): ReadonlySet<string> {
  const entity = (type: string): boolean => isEntity(subgraph.types.get(type));
  const from = marksOf(subgraph)
    .filter((mark) => entity(mark.type))
    .flatMap((mark) => typesOfField(mark.node));
  const reached = reach(subgraph, from, { follow: (type) => !entity(type) });
  return new Set([...reached].filter((type) => !entity(type)));
}
