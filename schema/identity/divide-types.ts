import { Kind, type TypeDefinitionNode } from "graphql";
import { type Mark, subjectTypes } from "./marks.js";
import { implementations, reach } from "./reach.js";
import { plainFieldSet, textArgument } from "./sdl-nodes.js";
import { isEntity, isRootType, keysOf, type Subgraph } from "./subgraph.js";

/** Which types and fields of a subgraph stand in which of its halves. */
export interface Division {
  readonly marks: readonly Mark[];
  /** Coordinates that the public half must not have: marked fields, and fields of other subgraphs that only marked ones require. */
  readonly hidden: ReadonlySet<string>;
  /** Fields of other subgraphs that marked ones require: external in the identity half. */
  readonly borrowed: ReadonlySet<string>;
  /** Types of the identity half, facts excluded. */
  readonly identity: ReadonlySet<string>;
  /** Types of the identity half that the public half does not have. */
  readonly identityOnly: ReadonlySet<string>;
  /** Value types of both halves: `@shareable` in both. */
  readonly shared: ReadonlySet<string>;
  /** Types that own a marked field: entities, which the identity half resolves by their key, and Query. */
  readonly owners: ReadonlySet<string>;
  /** Types that are the subject of a marked field, whose facts the identity half requires. */
  readonly subjects: ReadonlySet<string>;
  /** Fields of owners that name the subject: external in the identity half. */
  readonly subjectFields: ReadonlySet<string>;
  /** Whether the identity half has this field. */
  readonly identityHas: (type: string, field: string) => boolean;
}

/** Divides the types between the halves: a value type goes where a field of that half leads to it, an entity is in the public half in any case. */
export function divideTypes(subgraph: Subgraph, marks: readonly Mark[], marked: ReadonlySet<string>): Division {
  const owners = new Set(marks.map((mark) => mark.type));
  const subjectFields = new Set(marks.flatMap((mark) => mark.subjectPath.map((step) => `${mark.type}.${step}`)));
  const borrowed = new Set(marks.flatMap((mark) => mark.requires.map((field) => `${mark.type}.${field}`)));
  const hidden = new Set([...marked, ...borrowed]);
  const identityHas = identityFieldsOf(subgraph, hidden, subjectFields);
  const identity = reach(subgraph, [...owners, ...interfacesOf(marked, subgraph)], {
    follow: (type, field) => identityHas(type, field.name.value),
  });
  const reachedPublicly = publicReach(subgraph, hidden);
  const publicObject = (name: string): boolean => {
    const type = subgraph.types.get(name);
    return (
      type?.kind === Kind.OBJECT_TYPE_DEFINITION && (reachedPublicly.has(name) || isEntity(type) || !identity.has(name))
    );
  };
  const identityOnly = [...identity].filter(
    (name) => !reachedPublicly.has(name) && !publicObject(name) && !implementations(subgraph, name).some(publicObject),
  );
  const shared = [...identity].filter(
    (name) => publicObject(name) && !isEntity(subgraph.types.get(name)) && !isRootType(name),
  );
  return {
    marks,
    hidden,
    borrowed,
    identity,
    identityOnly: new Set(identityOnly),
    shared: new Set(shared),
    owners,
    subjects: new Set(marks.filter((mark) => !isRootType(mark.type)).flatMap(subjectTypes)),
    subjectFields,
    identityHas,
  };
}

/** The types that a client can come to without passing an identity field: from the roots and from every entity. */
export function publicReach(
  subgraph: Subgraph,
  marked: ReadonlySet<string>,
  throughAbstract = true,
): ReadonlySet<string> {
  const from = [...subgraph.types.values()]
    .filter((type) => isRootType(type.name.value) || isEntity(type))
    .map((type) => type.name.value);
  return reach(subgraph, from, {
    follow: (type, field) => !marked.has(`${type}.${field.name.value}`),
    throughAbstract,
  });
}

/** The key fields of an entity, all its keys together. */
export function keyFields(type: TypeDefinitionNode | undefined): readonly string[] {
  return [...new Set(keysOf(type).flatMap((key) => plainFieldSet(textArgument(key, "fields") ?? "") ?? []))];
}

/**
 * Tells which fields the identity half has: of an entity its keys, its marked fields, what these require and what names a subject; of a root its marked fields; of a value type all;
 * of an interface those that each of its implementations has.
 */
function identityFieldsOf(
  subgraph: Subgraph,
  hidden: ReadonlySet<string>,
  subjectFields: ReadonlySet<string>,
): (type: string, field: string) => boolean {
  const has = (name: string, field: string): boolean => {
    const type = subgraph.types.get(name);
    if (!type) return false;
    if (type.kind === Kind.INTERFACE_TYPE_DEFINITION)
      return implementations(subgraph, name)
        .filter((implementation) => subgraph.types.get(implementation)?.kind === Kind.OBJECT_TYPE_DEFINITION)
        .every((implementation) => has(implementation, field));
    if (isRootType(name)) return hidden.has(`${name}.${field}`);
    if (!isEntity(type)) return true;
    return hidden.has(`${name}.${field}`) || subjectFields.has(`${name}.${field}`) || keyFields(type).includes(field);
  };
  return has;
}

function interfacesOf(marked: ReadonlySet<string>, subgraph: Subgraph): readonly string[] {
  return [...marked]
    .map((coordinate) => coordinate.split(".")[0] ?? "")
    .filter((name) => subgraph.types.get(name)?.kind === Kind.INTERFACE_TYPE_DEFINITION);
}
