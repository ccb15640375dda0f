import { allMarked, fieldSetsOf } from "./graph-fields.js";
import type { LintRule } from "./rule.js";

/** Keys travel in every representation and through every subgraph: none may carry identity data, in any subgraph. */
export const identityInKey: LintRule = {
  name: "identity-in-key",
  check: (subgraphs) => {
    const marked = allMarked(subgraphs);
    return fieldSetsOf(subgraphs, "key").flatMap(({ subgraph, text, selects }) =>
      selects
        .filter((coordinate) => marked.has(coordinate))
        .map((coordinate) => ({
          subgraph: subgraph.name,
          coordinate,
          message: `${coordinate} is identity data and stands in @key(fields: "${text}"): a key travels past the door. Write a key that says nothing about the person: @key(fields: "id")`,
        })),
    );
  },
};
