import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
} from "graphql";
import { apiSchemaOf } from "../../../schema/identity/api-schema.js";
import type { ComposedGraph, IdentityField } from "../../../schema/identity/catalog.js";
import { dependents, fields, foundAt, period, type Thing, thing } from "./data.js";
import { identifierOf, type Policy, subjectOf } from "./policy.js";

/** What one execution did with identity fields, by "coordinate id". */
export interface Seen {
  readonly policy: Policy;
  readonly permitted: Set<string>;
  readonly denied: Set<string>;
}

/** The same API in one schema, the policy in its resolvers: what the gateway has to be indistinguishable from. */
export class Monolith {
  readonly #schema: GraphQLSchema;

  constructor(graph: ComposedGraph) {
    this.#schema = apiSchemaOf(graph.supergraphSdl);
    const identity = new Map(graph.identityFields.map((field) => [field.coordinate, field]));
    for (const type of Object.values(this.#schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith("__")) continue;
      for (const field of Object.values(type.getFields())) {
        const marked = identity.get(`${type.name}.${field.name}`);
        const open = resolver(type.name, field.name);
        field.resolve = marked?.search ? search(marked) : marked ? guard(marked, open) : open;
      }
    }
  }

  run(document: DocumentNode, variableValues: Record<string, unknown>, seen: Seen): ExecutionResult {
    return execute({ schema: this.#schema, document, variableValues, contextValue: seen }) as ExecutionResult;
  }
}

type Resolver = GraphQLFieldResolver<Thing, Seen>;

function resolver(type: string, name: string): Resolver {
  const call = (source: Thing, of: string) => fields[type]?.[of]?.(source as never, {} as never);
  return (source, args) => {
    if (name === "watch") return dependents.watch(call(source, "email"));
    if (name === "greeting") return dependents.greeting(call(source, "name"));
    if (name === "brief") return dependents.brief(call(source, "flaky"));
    if (name === "shout") return dependents.shout(call(source, "title"), args);
    const own = fields[type]?.[name];
    return own ? own(source as never, args as never) : source[name];
  };
}

function guard({ coordinate, category, subjectPath, at }: IdentityField, open: Resolver): Resolver {
  return (source, args, seen, info) => {
    const permitted = seen.policy(category, subjectOf(source, subjectPath));
    (permitted ? seen.permitted : seen.denied).add(`${coordinate} ${source.id}`);
    if (!permitted) throw new GraphQLError("denied", { extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } });
    const value: unknown = open(source, args, seen, info);
    return at === null ? value : within(value, at);
  };
}

/** A search: decided on what is searched by, then on each person; the page is made of those who may be told of. */
function search({ coordinate, category }: IdentityField): Resolver {
  return (_source, args, seen) => {
    const { address, from, to, first, after } = args as {
      readonly address: string;
      readonly from: string;
      readonly to: string;
      readonly first: number | null;
      readonly after?: string | null;
    };
    const size = first ?? 20;
    if (from >= to || size < 1) throw new GraphQLError("no such search", { extensions: { code: "BAD_USER_INPUT" } });
    const identifier = identifierOf(args);
    const note = (permitted: boolean, name: string): boolean => {
      (permitted ? seen.permitted : seen.denied).add(`${coordinate} ${name}`);
      return permitted;
    };
    if (!note(seen.policy(category, null, identifier), identifier))
      throw new GraphQLError("denied", { extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } });
    const told: Thing[] = [];
    for (const id of foundAt(address)) {
      const person = thing(id) as Thing;
      if (told.length > size || (typeof after === "string" && id <= after)) continue;
      if (note(seen.policy(category, subjectOf(person, [])), id)) told.push(person);
    }
    const nodes = told.slice(0, size);
    return {
      nodes,
      edges: nodes.map((node) => ({ cursor: node.id, node })),
      pageInfo: {
        hasNextPage: told.length > size,
        hasPreviousPage: typeof after === "string",
        startCursor: nodes[0]?.id ?? null,
        endCursor: nodes.at(-1)?.id ?? null,
      },
    };
  };
}

function within(value: unknown, at: string): unknown {
  const inside = (row: unknown): boolean => {
    const time = (row as Record<string, string>)[at] as string;
    return time >= period.from && time < period.to;
  };
  if (value === null) return null;
  if (Array.isArray(value)) return value.filter(inside);
  const connection = value as { nodes?: unknown[]; edges?: { node: unknown }[] };
  if (!connection.nodes) return inside(value) ? value : null;
  return {
    ...connection,
    nodes: connection.nodes.filter(inside),
    edges: connection.edges?.filter(({ node }) => inside(node)),
  };
}
