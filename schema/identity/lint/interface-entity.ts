import { Kind } from "graphql";
import { standsForInterface } from "../gateway-roots.js";
import { coordinateOf, hasFacts, marksOf, subjectTypes } from "../marks.js";
import { implementations, reach, typesOfField } from "../reach.js";
import { hasDirective } from "../sdl-nodes.js";
import { isEntity, type Subgraph } from "../subgraph.js";
import type { LintRule, Violation } from "./rule.js";

/**
 * An interface with a key, and the object by which a subgraph holds one (`@interfaceObject`), answer for types that they do not name: what is open there is open on each
 * of them, under a coordinate that no mark stands on. So none of these types carries identity data or is a person. And no identity field leads to them: below the door
 * nobody is asked which type such an entity has.
 */
export const interfaceEntity: LintRule = {
  name: "interface-entity",
  check: (subgraphs) => {
    const guarded = guardedTypes(subgraphs);
    const names = new Set(subgraphs.flatMap(abstractEntities));
    return [
      ...subgraphs.flatMap((subgraph) =>
        abstractEntities(subgraph).flatMap((name) => standsFor(name, subgraph, subgraphs, guarded)),
      ),
      ...subgraphs.flatMap((subgraph) => ledTo(subgraph, names)),
    ];
  },
};

function abstractEntities({ types }: Subgraph): readonly string[] {
  return [...types.values()]
    .filter((type) => hasDirective(type, "interfaceObject") || (isEntity(type) && standsForInterface(type)))
    .map(({ name }) => name.value);
}

/** Types with identity data of their own, and what makes each of them one; persons are, with or without. */
function guardedTypes(subgraphs: readonly Subgraph[]): ReadonlyMap<string, string> {
  const persons = subgraphs.flatMap((subgraph) =>
    [...subgraph.types.keys()].filter((type) => hasFacts(subgraph, type)).map((type) => [type, "is a person"] as const),
  );
  const marks = subgraphs.flatMap(marksOf);
  const subjects = marks.flatMap((mark) =>
    subjectTypes(mark).map((type) => [type, `is whom ${coordinateOf(mark)} is about`] as const),
  );
  const owners = marks.map((mark) => [mark.type, `has the identity field ${mark.field}`] as const);
  return new Map([...owners.reverse(), ...subjects.reverse(), ...persons]);
}

function standsFor(
  name: string,
  subgraph: Subgraph,
  subgraphs: readonly Subgraph[],
  guarded: ReadonlyMap<string, string>,
): readonly Violation[] {
  const type = [name, ...implementing(name, subgraphs)].find((each) => guarded.has(each));
  if (type === undefined) return [];
  const object = subgraph.types.get(name)?.kind === Kind.OBJECT_TYPE_DEFINITION;
  const instead = object
    ? "Remove @interfaceObject; write the fields on each type that implements the interface, where the door can see about whom they are"
    : `Remove @key from ${name} and write it on each implementation`;
  const message = `${name} is an interface that is resolved by its key, and stands for ${type}, which ${guarded.get(type)}. ${instead}`;
  return [{ subgraph: subgraph.name, coordinate: name, message }];
}

/** Types that implement an interface in any subgraph, those that do by way of another included. */
function implementing(name: string, subgraphs: readonly Subgraph[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const interfaceName = next;
    for (const type of subgraphs.flatMap((subgraph) => implementations(subgraph, interfaceName))) {
      if (found.has(type)) continue;
      found.add(type);
      open.push(type);
    }
  }
  return found;
}

/** Identity fields by which one comes to such an entity; another entity on the way ends it, for there a stage begins (door.md, M2). */
function ledTo(subgraph: Subgraph, names: ReadonlySet<string>): readonly Violation[] {
  return marksOf(subgraph).flatMap((mark) => {
    const below = reach(subgraph, typesOfField(mark.node), { follow: (type) => !isEntity(subgraph.types.get(type)) });
    const name = [...below].find((type) => names.has(type));
    if (name === undefined) return [];
    const coordinate = coordinateOf(mark);
    const message = `${coordinate} is identity data and leads to ${name}, an interface that is resolved by its key: below the door nobody says which type it has. Lead to one of its types, or remove the key of ${name}`;
    return [{ subgraph: subgraph.name, coordinate, message }];
  });
}
