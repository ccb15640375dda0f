import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Principal } from "../../schema/principal.js";
import { formatError } from "../respond/format-error.js";
import type { Walk } from "./answer-operation.js";
import type { GatewayInterface } from "./gateway-interface.js";
import { KnownOperations } from "./known-operations.js";
import { limits } from "./limits.js";
import type { Serving } from "./open-succession.js";
import type { OperationContext } from "./operation-state.js";
import { refuseOperation } from "./refuse-operation.js";
import { respondPlugin } from "./respond-plugin.js";

export interface ApolloParts {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly walk: Walk;
  readonly log: Logger;
  readonly production: boolean;
  /** How many operations are kept read; absent: `limits.knownOperations`. */
  readonly knownOperations?: number | undefined;
}

/**
 * Apollo Server in front of a gateway of our own: it parses, validates against the API schema and formats; our executor does the rest. Everything that
 * reports to a third party, caches answers or shows a page is off. Started when the promise resolves.
 */
export async function openApollo({
  apiSchema,
  supergraphSdl,
  walk,
  log,
  production,
  knownOperations,
}: ApolloParts): Promise<Pick<Serving, "apollo" | "known" | "refuse">> {
  const known = new KnownOperations(knownOperations);
  const gateway: GatewayInterface = {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema, coreSupergraphSdl: supergraphSdl });
      return () => undefined;
    },
    load: async () => ({
      executor: ({ context: given, ...asked }) => {
        const context = given as OperationContext;
        return context.outcome?.() ?? walk.execute({ ...asked, context });
      },
    }),
    stop: async () => undefined,
  };
  const mayIntrospect = ({ role }: Principal): boolean => !production || role === "ENGINEER";
  const apollo = new ApolloServer<OperationContext>({
    gateway,
    nodeEnv: production ? "production" : "development",
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: production,
    allowBatchedHttpRequests: false,
    // Hashes are turned into texts before a request comes here: see ask-apollo.ts.
    persistedQueries: false,
    // Clients authenticate by a header that no browser sends across origins without asking first; without it a request is 401 before it gets here.
    csrfPrevention: { requestHeaders: ["authorization", "apollo-require-preflight", "x-apollo-operation-name"] },
    parseOptions: { maxTokens: limits.documentTokens },
    maxRecursiveSelections: limits.expandedSelections,
    stopOnTerminationSignals: false,
    formatError,
    logger: forApollo(log),
    plugins: [
      respondPlugin(log, mayIntrospect, known),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  const refuse: Serving["refuse"] = ({ document, operation, operationName }, { operation: { method, principal } }) =>
    refuseOperation(
      { document, operation, operationName: operationName ?? undefined, method, principal, schema: apiSchema },
      mayIntrospect,
    );
  return { apollo, known, refuse };
}

/** Apollo's own words, as structured lines. */
function forApollo(log: Logger) {
  const at = (level: "debug" | "info" | "warn" | "error") => (message?: unknown) =>
    log[level]({ from: "apollo" }, String(message).slice(0, 500));
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
