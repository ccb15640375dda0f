import { Kind } from "graphql";
import { coordinateOf, marksOf } from "../marks.js";
import { implementations } from "../reach.js";
import { hasFields } from "../sdl-nodes.js";
import type { Subgraph } from "../subgraph.js";
import type { LintRule, Violation } from "./rule.js";

/**
 * An interface that exposes identity data is split along with its implementations. That needs all of them, in every subgraph, to mark the field, in the same
 * category, and something left of the interface when it is gone.
 */
export const interfaceIdentity: LintRule = {
  name: "interface-identity",
  check: (subgraphs) => {
    const categories = new Map(subgraphs.flatMap(marksOf).map((mark) => [coordinateOf(mark), mark.category]));
    return subgraphs.flatMap((subgraph) =>
      interfacesOf(subgraph).flatMap((name) => faultsOf(name, subgraph, subgraphs, categories)),
    );
  },
};

function interfacesOf(subgraph: Subgraph): readonly string[] {
  return [...subgraph.types.values()]
    .filter((type) => type.kind === Kind.INTERFACE_TYPE_DEFINITION)
    .map((type) => type.name.value);
}

function faultsOf(
  name: string,
  subgraph: Subgraph,
  subgraphs: readonly Subgraph[],
  categories: ReadonlyMap<string, string | null>,
): readonly Violation[] {
  const type = subgraph.types.get(name);
  const fields = hasFields(type) ? (type.fields ?? []).map((field) => field.name.value) : [];
  const objects = [
    ...new Set(
      subgraphs.flatMap((one) => implementations(one, name).filter((implementation) => isObject(one, implementation))),
    ),
  ];
  const exposed = fields.filter((field) => [name, ...objects].some((owner) => categories.has(`${owner}.${field}`)));
  const refuse = (coordinate: string, message: string): Violation => ({ subgraph: subgraph.name, coordinate, message });
  const found = exposed.flatMap((field) => {
    const coordinate = `${name}.${field}`;
    const open = objects
      .filter((object) => !categories.has(`${object}.${field}`))
      .map((object) => `${object}.${field}`);
    if (open.length > 0)
      return [
        refuse(
          coordinate,
          `${coordinate} exposes identity data, but ${open.join(", ")} is not marked. Mark it with @identity in every implementation, or take ${field} out of ${name}`,
        ),
      ];
    const given = new Set(
      [name, ...objects]
        .map((owner) => categories.get(`${owner}.${field}`))
        .filter((category) => category !== undefined),
    );
    return given.size > 1
      ? [
          refuse(
            coordinate,
            `${coordinate} is marked in different categories (${[...given].join(", ")}). Write the same category in ${name} and every implementation`,
          ),
        ]
      : [];
  });
  if (exposed.length > 0 && exposed.length === fields.length)
    found.push(
      refuse(
        name,
        `${name} exposes identity data only, so nothing of it would be left in the public half. Give it the field id: ID!`,
      ),
    );
  return found;
}

function isObject(subgraph: Subgraph, type: string): boolean {
  return subgraph.types.get(type)?.kind === Kind.OBJECT_TYPE_DEFINITION;
}
