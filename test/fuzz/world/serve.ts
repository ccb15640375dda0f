import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  type DocumentNode,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  parse,
  validate,
} from "graphql";
import type { GraphQLAnswer } from "../../../gateway/door/types.js";
import { dependents, fields, type Thing, thing } from "./data.js";
import { identifierOf } from "./policy.js";
import type { sources as worldSources } from "./sdl.js";

/** What the resolvers of a subgraph see of the operation they serve. */
export interface Watch {
  /** Called for every identity field that is really resolved. */
  identity(coordinate: string, id: string): void;
}

/** The services as they would run: each answers for both of its halves. Every operation they are sent is validated, as a real server does. */
export class Services {
  readonly #schemas = new Map<string, GraphQLSchema>();
  readonly #documents = new Map<string, DocumentNode>();

  constructor(sources: typeof worldSources) {
    for (const { name, sdl } of sources) this.#schemas.set(name, serve(sdl));
  }

  async ask(
    half: string,
    query: string,
    variables: Readonly<Record<string, unknown>>,
    watch: Watch,
  ): Promise<GraphQLAnswer> {
    const schema = this.#schemas.get(half.replace(/_identity$/, ""));
    if (!schema) throw new Error(`nobody serves ${half}`);
    const key = `${half} ${query}`;
    const document = this.#documents.get(key) ?? read(schema, half, query);
    this.#documents.set(key, document);
    if (this.#documents.size > 5_000) this.#documents.clear();
    const wire = JSON.parse(JSON.stringify(variables)) as Record<string, unknown>;
    const answer = await execute({ schema, document, variableValues: wire, contextValue: watch });
    return JSON.parse(JSON.stringify(answer)) as GraphQLAnswer;
  }
}

function read(schema: GraphQLSchema, half: string, query: string): DocumentNode {
  const document = parse(query);
  const [fault] = validate(schema, document);
  if (fault) throw new Error(`${half} was sent an invalid operation: ${fault.message}\n${query}`);
  return document;
}

function serve(sdl: string): GraphQLSchema {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("_")) continue;
    Object.assign(type, { resolveReference: (reference: { id: string }) => thing(reference.id) && { ...reference } });
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith("_")) continue;
      const identity = field.astNode?.directives?.some(({ name }) => name.value === "identity") ?? false;
      field.resolve = resolver(type.name, field.name, identity);
    }
  }
  return schema;
}

function resolver(type: string, name: string, identity: boolean): GraphQLFieldResolver<Thing, Watch> {
  const own = fields[type]?.[name];
  return (source, args, watch) => {
    if (identity) watch.identity(`${type}.${name}`, type === "Query" ? identifierOf(args) : source.id);
    if (name === "watch") return dependents.watch(source.email);
    if (name === "greeting") return dependents.greeting(source.name);
    if (name === "brief") return dependents.brief(source.flaky);
    if (name === "shout") return dependents.shout(source.title, args);
    return own ? own(source as never, args as never) : source[name];
  };
}
