import { coordinateOf, marksOf } from "../marks.js";
import { hasDirective } from "../sdl-nodes.js";
import { allMarked, fieldSetsOf } from "./graph-fields.js";
import type { LintRule, Violation } from "./rule.js";

/** What is computed from identity data would carry it past the door, and a marked field requires the facts of its subject and nothing else. */
export const identityRequires: LintRule = {
  name: "identity-requires",
  check: (subgraphs) => {
    const marked = allMarked(subgraphs);
    const dependents = fieldSetsOf(subgraphs, "requires").flatMap(
      ({ subgraph, coordinate, selects }): readonly Violation[] => {
        const taken = selects.filter((selected) => marked.has(selected));
        const message = `${coordinate} @requires ${taken.join(", ")}, which is identity data. Compute it in the subgraph that has the data, as a field with @identity of that category`;
        return taken.length > 0 ? [{ subgraph: subgraph.name, coordinate, message }] : [];
      },
    );
    const requiring = subgraphs
      .flatMap(marksOf)
      .filter((mark) => hasDirective(mark.node, "requires"))
      .map((mark) => ({
        subgraph: mark.subgraph.name,
        coordinate: coordinateOf(mark),
        message: `${coordinateOf(mark)} is identity data and has @requires. Remove @requires: composition writes the one that carries the facts of the subject`,
      }));
    return [...dependents, ...requiring];
  },
};
