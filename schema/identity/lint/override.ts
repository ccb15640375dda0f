import { keyFields } from "../divide-types.js";
import { gatewayRootsHalf, identityHalfSuffix } from "../identity-spec.js";
import { directivesNamed, textArgument } from "../sdl-nodes.js";
import { fieldsOf } from "./graph-fields.js";
import type { LintRule } from "./rule.js";

/** A field may move from one subgraph to another, but not out of an identity half, not as a key, and not for a share of the requests. */
export const override: LintRule = {
  name: "override",
  check: (subgraphs) =>
    fieldsOf(subgraphs).flatMap(({ subgraph, owner, field, coordinate }) =>
      directivesNamed(field, "override").flatMap((directive) => {
        const from = textArgument(directive, "from") ?? "";
        const refuse = (message: string) => [{ subgraph: subgraph.name, coordinate, message }];
        if (from.endsWith(identityHalfSuffix) || from === gatewayRootsHalf)
          return refuse(
            `${coordinate} overrides a field of "${from}", which would answer it past the door. Remove @override`,
          );
        if (keyFields(owner).includes(field.name.value))
          return refuse(
            `${coordinate} is a key, by which the door knows about whom it decides, and is overridden. Remove @override: every subgraph knows its own keys`,
          );
        if (textArgument(directive, "label") !== null)
          return refuse(
            `${coordinate} is overridden for a share of the requests, which is not planned here. Write @override(from: "${from}") without label`,
          );
        return [];
      }),
    ),
};
