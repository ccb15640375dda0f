import { coordinateOf, marksOf } from "../marks.js";
import { isRootType } from "../subgraph.js";
import type { LintRule } from "./rule.js";

/** Root fields have no subject: nobody to decide about. */
export const identityOnRoot: LintRule = {
  name: "identity-on-root",
  check: (subgraphs) =>
    subgraphs
      .flatMap(marksOf)
      .filter((mark) => isRootType(mark.type))
      .map((mark) => {
        const coordinate = coordinateOf(mark);
        const message = `${coordinate} is a root field, and a root has no subject to decide about. Let it lead to an entity, and mark the fields of that entity`;
        return { subgraph: mark.subgraph.name, coordinate, message };
      }),
};
