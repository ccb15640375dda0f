import type { LintRule } from "./rule.js";

/** Roots have their usual names, so that nothing passes for an ordinary type that is one. */
export const rootNames: LintRule = {
  name: "root-names",
  check: (subgraphs) =>
    subgraphs.flatMap((subgraph) =>
      subgraph.renamedRoots.map((type) => ({
        subgraph: subgraph.name,
        coordinate: type,
        message: `"${subgraph.name}" calls a root type ${type}. Write Query, Mutation or Subscription`,
      })),
    ),
};
