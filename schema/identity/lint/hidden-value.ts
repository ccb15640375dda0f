import { Kind } from "graphql";
import { publicReach } from "../divide-types.js";
import { markedCoordinates } from "../marks.js";
import { isEntity } from "../subgraph.js";
import { identityValueTypes } from "./identity-inside-identity.js";
import type { LintRule } from "./rule.js";

/** A value of an identity field is not, by way of an interface or a union, also a value of a public one: it would be open there without anybody having said so. */
export const hiddenValue: LintRule = {
  name: "hidden-value",
  check: (subgraphs) =>
    subgraphs.flatMap((subgraph) => {
      const marked = markedCoordinates(subgraph);
      const named = publicReach(subgraph, marked, false);
      const possible = publicReach(subgraph, marked);
      return [...identityValueTypes(subgraph)]
        .filter(
          (type) =>
            subgraph.types.get(type)?.kind === Kind.OBJECT_TYPE_DEFINITION && !isEntity(subgraph.types.get(type)),
        )
        .filter((type) => possible.has(type) && !named.has(type))
        .map((type) => ({
          subgraph: subgraph.name,
          coordinate: type,
          message: `${type} is the value of an identity field, and a public field may give it too, through an interface or union. Take ${type} out of that interface or union, or write a type of its own for the public field`,
        }));
    }),
};
