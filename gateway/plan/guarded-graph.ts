import { Kind, type SelectionSetNode } from "graphql";
import type { ComposedGraph, IdentityField } from "../../schema/identity/catalog.js";
import { factsField } from "../../schema/identity/identity-spec.js";
import { parseFieldSet } from "../../schema/identity/sdl-nodes.js";
import { type HalfSchema, readHalf } from "./half-schema.js";

/** The composed graph with everything that guards it: which fields are identity, and which half alone may say who a person is and what is known of her. */
export interface GuardedGraph {
  readonly halves: ReadonlyMap<string, HalfSchema>;
  /** By object type, then by field. */
  readonly identity: ReadonlyMap<string, ReadonlyMap<string, IdentityField>>;
  /** By coordinate: the one half that may be asked for facts of jurisdiction, or for the person that an entity is about. */
  readonly owners: ReadonlyMap<string, string>;
  /** Object types of an interface or union, in any half; an object type stands for itself. */
  possible(type: string): readonly string[];
  /** True for an enum value that any half marks `@inaccessible`: subgraphs may give it, and clients may not see it. */
  isHidden(type: string, value: string): boolean;
  /** Whether any half provides (`@provides`) fields through a union or an interface. */
  readonly providesAbstract: boolean;
}

/** @throws Error where two halves, or none, claim to define the facts or a subject. */
export function guardGraph(graph: ComposedGraph): GuardedGraph {
  const halves = new Map(graph.halves.map((half) => [half.name, readHalf(half)]));
  const identity = new Map<string, Map<string, IdentityField>>();
  for (const field of graph.identityFields) {
    const ofType = identity.get(field.type) ?? new Map<string, IdentityField>();
    ofType.set(field.field, field);
    identity.set(field.type, ofType);
  }
  const possible = possibleTypes([...halves.values()]);
  const owners = new Map<string, string>();
  for (const field of graph.identityFields) {
    let types = [field.search?.person ?? field.type];
    for (const step of [...field.subjectPath, factsField]) {
      const found = types.map((type) => own(halves, owners, type, step));
      types = step === factsField ? [] : [...new Set(found.flatMap(possible))];
    }
  }
  const isHidden = (type: string, value: string): boolean =>
    [...halves.values()].some(({ hiddenValues }) => hiddenValues.get(type)?.includes(value));
  const providesAbstract = [...halves.values()].some(providesThroughAbstract);
  return { halves, identity, owners, possible, isHidden, providesAbstract };
}

/** Pins a field to the half that defines it; gives the name of its type. */
function own(
  halves: ReadonlyMap<string, HalfSchema>,
  owners: Map<string, string>,
  type: string,
  field: string,
): string {
  const defining = [...halves.values()].flatMap((half) => {
    const defined = half.types.get(type)?.fields.get(field);
    return defined && !defined.external ? [{ half: half.name, type: defined.type }] : [];
  });
  const [first, ...others] = defining;
  if (!first || others.length > 0)
    throw new Error(
      `${type}.${field} says who a person is or what is known of her, so exactly one subgraph must define it; ${
        first ? defining.map(({ half }) => half).join(" and ") : "none"
      } does`,
    );
  owners.set(`${type}.${field}`, first.half);
  return first.type;
}

function providesThroughAbstract({ types }: HalfSchema): boolean {
  const passes = ({ selections }: SelectionSetNode, name: string): boolean => {
    const type = types.get(name);
    if (!type?.possible.has(name)) return true;
    return selections.some(
      (each) =>
        each.kind === Kind.FIELD &&
        each.selectionSet &&
        passes(each.selectionSet, type.fields.get(each.name.value)?.type ?? name),
    );
  };
  return [...types.values()].some(({ fields }) =>
    [...fields.values()].some(({ type, provides }) => provides !== null && passes(parseFieldSet(provides), type)),
  );
}

function possibleTypes(halves: readonly HalfSchema[]): (type: string) => readonly string[] {
  const all = new Map<string, Set<string>>();
  for (const { types } of halves) {
    for (const { name, possible } of types.values()) {
      const known = all.get(name) ?? new Set<string>();
      for (const each of possible) known.add(each);
      all.set(name, known);
    }
  }
  const lists = new Map([...all].map(([name, types]) => [name, [...types]]));
  return (type) => lists.get(type) ?? [];
}
