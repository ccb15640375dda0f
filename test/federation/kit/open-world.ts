import { type DocumentNode, execute, type GraphQLSchema, parse, printSchema, validate } from "graphql";
import type { Door, GraphQLAnswer } from "../../../gateway/door/types.js";
import { type Executed, runOperation } from "../../../gateway/execute/run-operation.js";
import { openPlanner, type Planner } from "../../../gateway/plan/open-planner.js";
import { apiSchemaOf } from "../../../schema/identity/api-schema.js";
import { composeSupergraph } from "../../../schema/identity/compose-supergraph.js";
import { gatewayRoots } from "../../../schema/identity/gateway-roots.js";
import { readSubgraph, type Subgraph } from "../../../schema/identity/subgraph.js";
import { serveSubgraph } from "./serve-subgraph.js";
import type { World } from "./world.js";

const imports = [
  ...["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible"],
  ...["@interfaceObject", "@context", "@fromContext", "@extends", "@tag", "@composeDirective"],
].map((name) => JSON.stringify(name));
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: [${imports.join(", ")}])`;

/** What a gateway asked while it answered. */
export interface Call {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Answered extends Executed {
  readonly calls: readonly Call[];
}

/** Lets a test stand between the gateway and a subgraph. */
export type Interfere = (call: Call, answer: () => Promise<GraphQLAnswer>) => Promise<GraphQLAnswer>;

export interface OpenWorld {
  readonly planner: Planner;
  /** The supergraph as one schema, without directives of federation. */
  readonly supergraphSdl: string;
  ask(document: DocumentNode, variables?: Readonly<Record<string, unknown>>, interfere?: Interfere): Promise<Answered>;
  close(): Promise<void>;
}

/** The gateway's own walk, from document to answer, over a world without identity data. What it sends is validated, as a real server does. */
export async function openWorld({ subgraphs, things, fields }: World): Promise<OpenWorld> {
  const sources = Object.entries(subgraphs).map(([name, { sdl, link: linked }]) => ({
    name,
    sdl: linked === false ? sdl : `${link}\n${sdl}`,
  }));
  const halves = [
    ...sources.map(({ name, sdl }) => ({ name, service: name, identity: false, sdl })),
    ...gatewayRoots(sources.map(readSubgraph) as Subgraph[]),
  ];
  const composed = composeSupergraph(halves);
  if ("errors" in composed) throw new Error(composed.errors.map(({ message }) => message).join("\n"));
  const { supergraphSdl } = composed;
  const apiSdl = printSchema(apiSchemaOf(supergraphSdl));
  const planner = await openPlanner({ supergraphSdl, apiSdl, halves, identityFields: [] });
  const served = new Map<string, GraphQLSchema>();
  for (const { name, sdl } of sources)
    served.set(name, serveSubgraph(sdl, things, { ...fields, ...subgraphs[name]?.fields }));

  return {
    planner,
    supergraphSdl,
    async ask(document, variables = {}, interfere = (_, answer) => answer()) {
      const calls: Call[] = [];
      const operation = await planner.prepare(document, null, variables);
      const executed = await runOperation(operation, {
        variables,
        sendPublic: ({ half, query, variables: sent }) => {
          const schema = served.get(half);
          if (!schema) throw new Error(`nobody serves ${half}`);
          const call = { subgraph: half, query, variables: JSON.parse(JSON.stringify(sent)) as Call["variables"] };
          calls.push(call);
          return interfere(call, () => answer(schema, call));
        },
        door: noDoor,
        signal: new AbortController().signal,
        asText: true,
      });
      const { text } = executed;
      return { ...executed, ...(text === undefined ? {} : { data: JSON.parse(text) as Answered["data"] }), calls };
    },
    close: () => planner.close(),
  };
}

async function answer(schema: GraphQLSchema, { subgraph, query, variables }: Call): Promise<GraphQLAnswer> {
  const document = parse(query);
  const [fault] = validate(schema, document);
  if (fault) throw new Error(`${subgraph} was sent an invalid operation: ${fault.message}\n${query}`);
  const answered = await execute({ schema, document, variableValues: variables });
  return JSON.parse(JSON.stringify(answered)) as GraphQLAnswer;
}

const never = (): never => {
  throw new Error("there is no identity data in this world");
};
const noDoor: Door = {
  prepare: never,
  judge: never,
  record: never,
  recordSilently: never,
  send: never,
  lastLook: async () => null,
  released: never,
  alarm: () => undefined,
};
