import type { GraphQLObjectType, GraphQLOutputType } from "graphql";
import { getNamedType, isObjectType, isRequiredArgument } from "graphql";
import type { KnownFacts } from "../../schema/calls.js";
import { factFields, factsField } from "../../schema/identity/identity-spec.js";
import type { Subgraph } from "../../schema/identity/subgraph.js";
import type { MarkedType } from "./marked-type.js";
import type { SubgraphUnderProbe } from "./subgraph-under-probe.js";

export interface Person {
  readonly id: string;
  readonly facts: KnownFacts;
}

/** An entity that a probe asks about, and the person of each of its fields, as the subgraph says it. */
export interface Sample {
  readonly id: string;
  readonly personOf: ReadonlyMap<string, Person>;
}

/** A way from a root, without an argument, to entities of a type: field names, as `["comments", "author"]`. */
export type RootPath = readonly string[];

const deepest = 5;
const mostSamples = 50;

/** Ways to a type, shortest first; one for each root. */
export function rootPathsTo(type: string, subgraph: Subgraph): readonly RootPath[] {
  const query = subgraph.schema.getQueryType();
  if (!query) return [];
  return Object.values(query.getFields())
    .filter((root) => !root.name.startsWith("_") && !root.args.some(isRequiredArgument))
    .flatMap((root) => shortest(root.name, root.type, type) ?? [])
    .sort((a, b) => a.length - b.length);
}

function shortest(root: string, of: GraphQLOutputType, wanted: string): readonly [RootPath] | null {
  let level: { readonly path: RootPath; readonly type: GraphQLOutputType }[] = [{ path: [root], type: of }];
  for (let depth = 0; depth < deepest; depth += 1) {
    const found = level.find(({ type }) => getNamedType(type).name === wanted);
    if (found) return [found.path];
    level = level.flatMap(({ path, type }) => {
      const named = getNamedType(type);
      return isObjectType(named)
        ? steps(named).map((field) => ({ path: [...path, field.name], type: field.type }))
        : [];
    });
  }
  return null;
}

function steps(type: GraphQLObjectType) {
  return Object.values(type.getFields()).filter((field) => {
    const marked = field.astNode?.directives?.some(({ name }) => name.value === "identity");
    return !marked && !field.args.some(isRequiredArgument) && isObjectType(getNamedType(field.type));
  });
}

/** A selection down a path. */
export function nest(path: RootPath, selection: string): string {
  return path.reduceRight((inner, name) => `{ ${name} ${inner} }`, selection);
}

/** Everything at the end of a path, lists opened. */
export function atPath(data: unknown, path: RootPath): readonly Record<string, unknown>[] {
  let values: unknown[] = [data];
  for (const name of path) values = values.flatMap((value) => (value as Record<string, unknown>)[name] ?? []).flat(3);
  return values.filter((value): value is Record<string, unknown> => typeof value === "object" && value !== null);
}

/** Ids of entities: those given, or those that a root leads to. */
export async function findIds(
  type: string,
  given: readonly string[],
  subgraph: Subgraph,
  probed: SubgraphUnderProbe,
): Promise<readonly string[]> {
  if (given.length > 0) return given;
  for (const path of rootPathsTo(type, subgraph)) {
    const data = await probed.ask({ query: nest(path, "{ id }"), variables: {} });
    const ids = [...new Set(atPath(data, path).map(({ id }) => String(id)))];
    if (ids.length > 0) return ids.slice(0, mostSamples);
  }
  return [];
}

/** Asks who each entity is about, and with which facts. Entities that the subgraph does not know, or without a person, are left out. */
export async function readSamples(
  marked: MarkedType,
  ids: readonly string[],
  probed: SubgraphUnderProbe,
): Promise<readonly Sample[]> {
  const { type, subjects, fields } = marked;
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on ${type} { id ${subjects} } } }`;
  const { _entities } = await probed.ask({ query, variables: { r: ids.map((id) => ({ __typename: type, id })) } });
  return ((_entities ?? []) as (Record<string, unknown> | null)[]).flatMap((entity) => {
    if (entity === null) return [];
    const persons = fields.map(
      ({ name, subject }) => [name, personOf(subject === null ? entity : entity[subject])] as const,
    );
    const known = persons.filter((pair): pair is readonly [string, Person] => pair[1] !== null);
    return known.length === fields.length ? [{ id: String(entity.id), personOf: new Map(known) }] : [];
  });
}

function personOf(value: unknown): Person | null {
  const { id, [factsField]: facts } = (value ?? {}) as { id?: unknown; [factsField]?: Record<string, unknown> };
  if (id === undefined || !facts) return null;
  const known = Object.fromEntries(factFields.map((fact) => [fact, facts[fact] ?? null]));
  return { id: String(id), facts: known as unknown as KnownFacts };
}
