import type { AddressInfo } from "node:net";
import { buildSchema, execute, getOperationAST, getVariableValues } from "graphql";
import pino from "pino";
import { Unauthenticated } from "../../gateway/authenticate/unauthenticated.js";
import type { DoorOpening } from "../../gateway/door/door-opening.js";
import type { OpenedDoor } from "../../gateway/door/open-door.js";
import type { Denial } from "../../gateway/door/types.js";
import type { Executed } from "../../gateway/main/answer-operation.js";
import { openWalk } from "../../gateway/main/answer-operation.js";
import { closeServer } from "../../gateway/main/close-server.js";
import type { Documents } from "../../gateway/main/documents/documents.js";
import { openKeptDocuments } from "../../gateway/main/documents/keep-documents.js";
import type { KnownOperations } from "../../gateway/main/known-operations.js";
import type { Metrics } from "../../gateway/main/metrics.js";
import { openMetrics } from "../../gateway/main/metrics.js";
import { openApollo } from "../../gateway/main/open-apollo.js";
import { openHttpServer } from "../../gateway/main/open-http-server.js";
import { openSuccession } from "../../gateway/main/open-succession.js";
import { refuse } from "../../gateway/respond/refuse.js";
import type { Principal } from "../../schema/principal.js";

/** The HTTP front and the walk, with a planner, an executor and a door that do as a test says. Tokens are names of roles. */
export interface FakeGateway {
  readonly url: string;
  readonly metrics: Metrics;
  readonly opened: DoorOpening[];
  /** How each door was finished. */
  readonly finished: string[];
  /** What ends the fetches of each operation. */
  readonly signals: AbortSignal[];
  readonly lines: string[];
  /** How often Apollo Server was given a request. */
  readByApollo(): number;
  post(body: unknown, headers?: Record<string, string>): Promise<FakeAnswer>;
  fetch(path: string, init?: RequestInit): Promise<FakeAnswer>;
  close(): Promise<void>;
}

export interface FakeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[];
    extensions?: Record<string, unknown>;
  };
}

export interface FakeParts {
  readonly run?: (executed: Executed) => Executed | Promise<Executed>;
  readonly plan?: () => void;
  readonly door?: Partial<Pick<OpenedDoor, "warrantId" | "report" | "dryRun">>;
  readonly identityFields?: readonly string[];
  readonly production?: boolean;
  readonly receiveMs?: number;
  readonly documents?: Documents;
  readonly knownOperations?: number;
  /** Called each time Apollo Server has read a request. */
  readonly whenRead?: (known: KnownOperations) => void;
}

const apiSchema = buildSchema(`
  directive @warrant(id: ID!, dryRun: Boolean! = false) on QUERY
  type Query { hello: String  echo(text: String!): String  a: Query }
  type Mutation { change: String }
`);

const rootValue = { hello: "world", echo: ({ text }: { text: string }) => text, change: "changed", a: () => rootValue };

export const denial: Denial = {
  code: "NO_ROUTE",
  category: "CONTENT",
  effect: "DENY",
  rule: null,
  reason: "No rule opens this.",
};

export async function startFakeGateway({
  run = (executed) => executed,
  plan = () => undefined,
  door = {},
  identityFields = [],
  production = false,
  receiveMs,
  documents = openKeptDocuments(),
  knownOperations,
  whenRead = () => undefined,
}: FakeParts = {}): Promise<FakeGateway> {
  const metrics = openMetrics();
  const opened: DoorOpening[] = [];
  const finished: string[] = [];
  const signals: AbortSignal[] = [];
  const lines: string[] = [];
  let readByApollo = 0;
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  const walk = openWalk({
    metrics,
    authenticate: async (authorization): Promise<Principal> => {
      const role = /^Bearer (\w+)$/.exec(authorization ?? "")?.[1];
      if (role === undefined) throw new Unauthenticated("A token is needed.");
      return { sub: "somebody", role: role as Principal["role"], country: null, authority: null, platform: null };
    },
    plan: async (document, operationName, variables) => {
      plan();
      const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
      const [fault] = getVariableValues(apiSchema, definitions, variables).errors ?? [];
      if (fault !== undefined) throw refuse("BAD_USER_INPUT", fault.message);
      return { document, operationName, identityFields };
    },
    openDoor: (opening) => {
      opened.push(opening);
      return {
        warrantId: null,
        report: "ERRORS",
        dryRun: false,
        receipts: () => [{ leafHash: "ab" }],
        finish: (outcome: string) => finished.push(outcome),
        ...door,
      } as unknown as OpenedDoor;
    },
    recordReads: async () => [],
    seal: async () => "a seal",
    sendPublicFor: () => async () => ({}),
    askSource: async () => ({ cursor: "0", events: [] }),
    run: async ({ document, operationName }, { variables, signal }) => {
      signals.push(signal);
      const { data, errors = [] } = await execute({
        schema: apiSchema,
        document,
        operationName,
        variableValues: variables,
        rootValue,
      });
      if (data === undefined) throw errors[0];
      return run({
        data: data as Record<string, unknown> | null,
        errors: errors.map((error) => error.toJSON()),
        withheld: [],
        previewed: [],
        failedLog: false,
        usedIdentity: false,
      });
    },
  });
  const front = await openApollo({ apiSchema, supergraphSdl: "", walk, log, production, knownOperations });
  const { apollo } = front;
  const executeHttp = apollo.executeHTTPGraphQLRequest.bind(apollo);
  apollo.executeHTTPGraphQLRequest = async (request) => {
    readByApollo += 1;
    return executeHttp(request).finally(() => whenRead(front.known));
  };
  const succession = openSuccession({ ...front, walk, documents, close: () => front.apollo.stop() }, (fault) =>
    log.error({ err: fault }),
  );
  const server = openHttpServer({ succession, metrics, log, ...(receiveMs === undefined ? {} : { receiveMs }) });
  await server.listen({ port: 0, host: "127.0.0.1" });
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;

  const ask = async (path: string, init: RequestInit = {}): Promise<FakeAnswer> => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text) as FakeAnswer["body"] };
  };
  return {
    url,
    metrics,
    opened,
    finished,
    signals,
    lines,
    readByApollo: () => readByApollo,
    fetch: ask,
    post: (body, headers = {}) =>
      ask("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", authorization: "Bearer JUDICIAL", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    close: async () => {
      await closeServer(server);
      await succession.close();
    },
  };
}
