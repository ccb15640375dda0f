import { Kind, print } from "graphql";
import { coordinateOf, marksOf } from "../marks.js";
import { nullableType } from "../sdl-nodes.js";
import type { LintRule } from "./rule.js";

/** A field that may be withheld is nullable, or one denial would take away what the law permits beside it. */
export const nullableIdentity: LintRule = {
  name: "nullable-identity",
  check: (subgraphs) =>
    subgraphs.flatMap(marksOf).flatMap((mark) => {
      if (mark.node.type.kind !== Kind.NON_NULL_TYPE) return [];
      const coordinate = coordinateOf(mark);
      const message = `${coordinate} is identity data and may be withheld, so it must be nullable. Write ${mark.field}: ${print(nullableType(mark.node.type))}`;
      return [{ subgraph: mark.subgraph.name, coordinate, message }];
    }),
};
