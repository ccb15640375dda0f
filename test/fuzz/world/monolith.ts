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
import { dependents, fields, period, type Thing } from "./data.js";
import { type Policy, subjectOf } from "./policy.js";

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
        field.resolve = marked ? guard(marked, open) : open;
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
