import { coordinateOf, markedCoordinates, marksOf } from "../marks.js";
import { reach, typesOfField } from "../reach.js";
import { hasDirective } from "../sdl-nodes.js";
import { isEntity, rootTypes, type Subgraph } from "../subgraph.js";
import { allMarked } from "./graph-fields.js";
import type { LintRule } from "./rule.js";

/**
 * A type that only an identity field leads to is part of that field's value. As an entity it would have a second entry, `_entities` of the public half, which
 * no door guards.
 */
export const hiddenEntity: LintRule = {
  name: "hidden-entity",
  check: (subgraphs) => {
    const open = openReach(subgraphs);
    return subgraphs.flatMap((subgraph) => {
      const marked = markedCoordinates(subgraph);
      return marksOf(subgraph).flatMap((mark) => {
        const below = reach(subgraph, typesOfField(mark.node), {
          follow: (type, field) => !marked.has(`${type}.${field.name.value}`),
        });
        return [...below]
          .filter((type) => isEntity(subgraph.types.get(type)) && !open.has(type))
          .map((type) => ({
            subgraph: subgraph.name,
            coordinate: type,
            message: `${type} is an entity that only the identity field ${coordinateOf(mark)} leads to, so its other fields would be open to _entities. Remove @key from ${type}, or mark its fields with @identity and give it an open field that leads to it`,
          }));
      });
    });
  },
};

/** The types that clients can come to in any subgraph without passing an identity field or an inaccessible one. */
function openReach(subgraphs: readonly Subgraph[]): ReadonlySet<string> {
  const marked = allMarked(subgraphs);
  const open = new Set<string>(rootTypes);
  for (let before = 0; before < open.size; ) {
    before = open.size;
    for (const subgraph of subgraphs) {
      const reached = reach(subgraph, open, {
        follow: (type, field) => !marked.has(`${type}.${field.name.value}`) && !hasDirective(field, "inaccessible"),
      });
      for (const type of reached) open.add(type);
    }
  }
  return open;
}
