import { definitionPlaces } from "../definition-places.js";
import { identityDirective, publicDirective } from "../identity-spec.js";
import { textArgument } from "../sdl-nodes.js";
import type { LintRule } from "./rule.js";

/** Words that a reason has at the least: fewer say "public" once more. */
const fewestWords = 3;

/** Who says in writing that something is no identity data says why, to whoever reads it years later; and nothing is both. */
export const publicReason: LintRule = {
  name: "public-reason",
  check: (subgraphs) =>
    subgraphs.flatMap((subgraph) =>
      definitionPlaces(subgraph).flatMap(({ coordinate, directives }) => {
        const open = directives.find((directive) => directive.name.value === publicDirective);
        if (!open) return [];
        const refuse = (message: string) => [{ subgraph: subgraph.name, coordinate, message }];
        if (directives.some((directive) => directive.name.value === identityDirective))
          return refuse(
            `${coordinate} has @identity and @public. Remove @public: what is identity data goes through the door`,
          );
        const reason = textArgument(open, "reason") ?? "";
        return reason.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length < fewestWords
          ? refuse(
              `${coordinate} has @public(reason: ${JSON.stringify(reason)}), which says nothing. Write a sentence that says why nobody can be identified or reached by it`,
            )
          : [];
      }),
    ),
};
