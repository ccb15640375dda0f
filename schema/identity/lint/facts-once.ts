import { Kind } from "graphql";
import { factsField, factsType } from "../identity-spec.js";
import { marksOf, subjectTypes } from "../marks.js";
import { hasDirective, namedType } from "../sdl-nodes.js";
import type { Subgraph } from "../subgraph.js";
import { homesOf } from "./entity-home.js";
import { type FieldPlace, fieldSetsOf, fieldsOf } from "./graph-fields.js";
import type { LintRule, Violation } from "./rule.js";

/** Whoever answers the facts of jurisdiction answers the question: each person's come from one subgraph, and nobody shares, overrides, provides, computes or borrows them. */
export const factsOnce: LintRule = {
  name: "facts-once",
  check: (subgraphs) => {
    const homes = homesOf(subgraphs);
    const places = factsPlaces(subgraphs);
    const coordinates = [...new Set(places.map((place) => place.coordinate))];
    return [
      ...coordinates.flatMap((coordinate) =>
        oneOwner(
          places.filter((place) => place.coordinate === coordinate),
          homes,
        ),
      ),
      ...fieldsOf(subgraphs).flatMap(takenOver),
      ...provisions(subgraphs),
    ];
  },
};

/** Where the graph declares facts: `jurisdiction` of every subject, and every field of the facts' type. */
export function factsPlaces(subgraphs: readonly Subgraph[]): readonly FieldPlace[] {
  const subjects = new Set(subgraphs.flatMap(marksOf).flatMap(subjectTypes));
  return fieldsOf(subgraphs).filter(
    ({ owner, field }) =>
      owner.kind === Kind.OBJECT_TYPE_DEFINITION &&
      ((field.name.value === factsField && subjects.has(owner.name.value)) || namedType(field.type) === factsType),
  );
}

function oneOwner(places: readonly FieldPlace[], homes: ReadonlyMap<string, Subgraph>): readonly Violation[] {
  const defining = places.filter((place) => !hasDirective(place.field, "external"));
  const home = homes.get(places[0]?.owner.name.value ?? "");
  const owner = defining.find((place) => place.subgraph === home) ?? defining[0];
  return places
    .filter((place) => place.subgraph !== owner?.subgraph)
    .map((place) => ({
      subgraph: place.subgraph.name,
      coordinate: place.coordinate,
      message: `${place.coordinate} are the facts that the door decides on${owner ? ` and belong to "${owner.subgraph.name}"` : ""}: no other subgraph may define or require them. Remove the field from "${place.subgraph.name}"`,
    }));
}

function takenOver({ subgraph, owner, field, coordinate }: FieldPlace): readonly Violation[] {
  const isFacts = namedType(field.type) === factsType;
  const inFacts = owner.name.value === factsType;
  const found = ["shareable", "override", "provides", "requires"].filter(
    (name) => hasDirective(field, name) && (isFacts || (inFacts && name !== "shareable")),
  );
  if (isFacts && hasDirective(owner, "shareable")) found.push("shareable");
  return found.map((name) => ({
    subgraph: subgraph.name,
    coordinate,
    message: `${coordinate} are the facts that the door decides on and have @${name}. Remove @${name}: one subgraph answers them`,
  }));
}

function provisions(subgraphs: readonly Subgraph[]): readonly Violation[] {
  return fieldSetsOf(subgraphs, "provides").flatMap(({ subgraph, coordinate, text, selects }) => {
    const facts = selects.find(
      (selected) => selected.endsWith(`.${factsField}`) || selected.startsWith(`${factsType}.`),
    );
    const message = `${coordinate} has @provides(fields: "${text}"), which would answer ${facts} in place of its owner. Remove it from @provides`;
    return facts ? [{ subgraph: subgraph.name, coordinate, message }] : [];
  });
}
