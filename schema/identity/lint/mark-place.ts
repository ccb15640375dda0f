import { Kind, parse } from "graphql";
import { definitionPlaces } from "../definition-places.js";
import { identityDirective, specifiedDirectives } from "../identity-spec.js";
import type { LintRule } from "./rule.js";

/** A mark stands where its spec has it, and once: anywhere else it would look like protection and protect nothing. */
export const markPlace: LintRule = {
  name: "mark-place",
  check: (subgraphs) =>
    subgraphs.flatMap((subgraph) =>
      definitionPlaces(subgraph).flatMap(({ coordinate, location, directives }) =>
        specified.flatMap(({ name, locations }) => {
          const times = directives.filter((directive) => directive.name.value === name).length;
          const refuse = (message: string) => [{ subgraph: subgraph.name, coordinate, message }];
          if (times > 0 && !locations.includes(location))
            return refuse(
              `@${name} stands on ${coordinate} (${location}), where it does nothing. Write it on ${instead(name)}`,
            );
          if (times > 1)
            return refuse(
              `${coordinate} has @${name} ${times} times. Write it once: what belongs to two categories is two fields`,
            );
          return [];
        }),
      ),
    ),
};

const specified = specifiedDirectives.map(({ name, sdl }) => {
  const [definition] = parse(sdl).definitions;
  const locations = definition?.kind === Kind.DIRECTIVE_DEFINITION ? definition.locations : [];
  return { name, locations: locations.map(({ value }) => value) };
});

function instead(name: string): string {
  return name === identityDirective
    ? "each field that is identity data"
    : "the field, argument or input field that is none";
}
