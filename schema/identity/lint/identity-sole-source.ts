import { Kind } from "graphql";
import { coordinateOf, type Mark, marksOf } from "../marks.js";
import { hasDirective } from "../sdl-nodes.js";
import type { Subgraph } from "../subgraph.js";
import { allMarked, type FieldPlace, fieldSetsOf, fieldsOf } from "./graph-fields.js";
import type { LintRule, Violation } from "./rule.js";

const routes = ["shareable", "override", "external", "provides"] as const;

/** Identity data has one source, the identity half of the subgraph that marks it. Whatever lets another subgraph answer it is a way around the door. */
export const identitySoleSource: LintRule = {
  name: "identity-sole-source",
  check: (subgraphs) => {
    const places = fieldsOf(subgraphs);
    const marks = subgraphs.flatMap(marksOf);
    return [
      ...marks.flatMap((mark) => [...routesHere(mark), ...routesElsewhere(mark, places)]),
      ...provisions(subgraphs),
    ];
  },
};

function routesHere(mark: Mark): readonly Violation[] {
  const coordinate = coordinateOf(mark);
  return routes
    .filter(
      (name) =>
        hasDirective(mark.node, name) ||
        ((name === "shareable" || name === "external") && hasDirective(mark.owner, name)),
    )
    .map((name) => ({
      subgraph: mark.subgraph.name,
      coordinate,
      message: `${coordinate} is identity data and has @${name}. Remove @${name}: "${mark.subgraph.name}" alone answers it, through the door`,
    }));
}

function routesElsewhere(mark: Mark, places: readonly FieldPlace[]): readonly Violation[] {
  const coordinate = coordinateOf(mark);
  return places
    .filter(
      (place) =>
        place.coordinate === coordinate &&
        place.subgraph !== mark.subgraph &&
        !isBorrowed(place) &&
        mark.owner.kind === Kind.OBJECT_TYPE_DEFINITION,
    )
    .map((place) => ({
      subgraph: place.subgraph.name,
      coordinate,
      message: `${coordinate} is identity data of "${mark.subgraph.name}", and "${place.subgraph.name}" defines it too. Remove it from "${place.subgraph.name}"; clients reach it through ${mark.type}`,
    }));
}

/** True for what another subgraph only takes, as external, so that a marked field of its own can require it: a transfer, at the door. */
function isBorrowed({ subgraph, owner, field }: FieldPlace): boolean {
  const { value: type } = owner.name;
  return (
    hasDirective(field, "external") &&
    marksOf(subgraph).some((mark) => mark.type === type && mark.requires.includes(field.name.value))
  );
}

function provisions(subgraphs: readonly Subgraph[]): readonly Violation[] {
  const marked = allMarked(subgraphs);
  return fieldSetsOf(subgraphs, "provides").flatMap(({ subgraph, coordinate, text, selects }) =>
    selects
      .filter((selected) => marked.has(selected))
      .map((selected) => ({
        subgraph: subgraph.name,
        coordinate,
        message: `${coordinate} has @provides(fields: "${text}"), which would answer ${selected} past the door. Remove ${selected} from @provides`,
      })),
  );
}
