import { Kind } from "graphql";
import { factsField } from "../identity-spec.js";
import { coordinateOf, hasFacts, type Mark, marksOf, subjectField, subjectTypes } from "../marks.js";
import { plainFieldSet, textArgument } from "../sdl-nodes.js";
import { isEntity, isRootType, keysOf, type Subgraph } from "../subgraph.js";
import type { LintRule } from "./rule.js";

/** The subject is a person the door can decide about: an entity with the key `id` that carries the facts of jurisdiction. */
export const subjectFacts: LintRule = {
  name: "subject-facts",
  check: (subgraphs) =>
    subgraphs
      .flatMap(marksOf)
      .filter((mark) => mark.owner.kind === Kind.OBJECT_TYPE_DEFINITION && !isRootType(mark.type))
      .filter((mark) => (mark.subjectPath.length === 0 ? isEntity(mark.owner) : subjectField(mark) !== undefined))
      .flatMap((mark) => {
        const fault = faultOf(mark, subgraphs);
        const coordinate = coordinateOf(mark);
        return fault === null
          ? []
          : [{ subgraph: mark.subgraph.name, coordinate, message: `${coordinate} is identity data ${fault}` }];
      }),
};

function faultOf(mark: Mark, subgraphs: readonly Subgraph[]): string | null {
  const types = subjectTypes(mark);
  if (types.length === 0)
    return `about "${mark.subjectPath.join(".")}", which is no entity. Write a subject that leads to the person`;
  const keyless = types.find(
    (type) =>
      !keysOf(mark.subgraph.types.get(type)).some(
        (key) => plainFieldSet(textArgument(key, "fields") ?? "")?.join() === "id",
      ),
  );
  if (keyless)
    return `about ${keyless}, which has no @key(fields: "id"). Write type ${keyless} @key(fields: "id"), or name the person with @identity(…, subject: …)`;
  const factless = types.find((type) => !subgraphs.some((subgraph) => hasFacts(subgraph, type)));
  if (factless)
    return `about ${factless}, which has no ${factsField}. Write @identity(…, subject: "…") with the field that leads to the person, or give ${factless} the field ${factsField}: Jurisdiction! @inaccessible`;
  return null;
}
