import { dataCategories } from "../../law/vocabulary.js";
import { coordinateOf, marksOf } from "../marks.js";
import type { LintRule } from "./rule.js";

/** A mark names one of the categories of the law. */
export const identityCategory: LintRule = {
  name: "identity-category",
  check: (subgraphs) =>
    subgraphs.flatMap(marksOf).flatMap((mark) => {
      if (dataCategories.some((category) => category === mark.category)) return [];
      const coordinate = coordinateOf(mark);
      const given = mark.category === null ? "no category" : `the category ${mark.category}`;
      const message = `${coordinate} is marked with ${given}. Write one of ${dataCategories.join(", ")}: @identity(category: …)`;
      return [{ subgraph: mark.subgraph.name, coordinate, message }];
    }),
};
