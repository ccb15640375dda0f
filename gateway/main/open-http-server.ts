import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fastify from "fastify";
import type { Logger } from "pino";
import { refuse } from "../respond/refuse.js";
import { requestError } from "../respond/request-error.js";
import { apiHeaders } from "../respond/security-headers.js";
import { answerBrokenRequest } from "./answer-broken-request.js";
import type { Ending } from "./answer-operation.js";
import { answerRequest } from "./answer-request.js";
import { toApolloRequest } from "./ask-apollo.js";
import { closeSilentOnes } from "./close-server.js";
import { openEventStreams, takesEvents } from "./events/open-event-streams.js";
import { readSubscription } from "./events/read-subscription.js";
import { openStreamPlaces, type StreamPlaces } from "./events/stream-places.js";
import { limits } from "./limits.js";
import type { Metrics } from "./metrics.js";
import type { Serving, Succession } from "./open-succession.js";
import type { OperationContext } from "./operation-state.js";
import { readJsonBody } from "./read-json-body.js";

export interface HttpParts {
  readonly succession: Succession;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Absent: this process has places of its own. */
  readonly places?: StreamPlaces | undefined;
  /** Milliseconds to receive a request; absent: `limits.receiveMs`. */
  readonly receiveMs?: number;
}

/**
 * The HTTP front of the GraphQL endpoint. A request is authenticated before its body is read, and measured before it is parsed; what it may do wrong on the
 * way is answered with 4xx and a GraphQL error body.
 */
export function openHttpServer(parts: HttpParts): FastifyInstance {
  const { succession, metrics, log, places = openStreamPlaces(), receiveMs = limits.receiveMs } = parts;
  const server = fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: receiveMs,
    keepAliveTimeout: limits.idleMs,
    exposeHeadRoutes: false,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: receiveMs,
      // Node looks for connections that are late only this often; its own half minute would be three times the limit.
      connectionsCheckingInterval: receiveMs / 10,
    },
    clientErrorHandler: answerBrokenRequest(receiveMs),
    frameworkErrors: (error, _request, reply) => answerError(error, reply as FastifyReply),
  });
  const streams = openEventStreams(succession, places, log);
  server.addHook("preClose", async () => streams.close());
  closeSilentOnes(server);
  const begun = new WeakMap<FastifyRequest, { readonly serving: Serving; readonly context: OperationContext }>();

  const answerError = (error: unknown, reply: FastifyReply): FastifyReply => {
    const { status, headers, body, ours } = requestError(error);
    if (ours)
      log.error(
        { fault: (error as Error).name, stack: (error as Error).stack?.split("\n").slice(1, 12) },
        "a request failed",
      );
    return reply
      .code(status)
      .headers({ ...apiHeaders, ...headers })
      .type("application/json; charset=utf-8")
      .send(JSON.stringify(body));
  };
  server.setErrorHandler((error, _request, reply) => {
    const tooLarge = (error as { code?: unknown }).code === "FST_ERR_CTP_BODY_TOO_LARGE";
    return answerError(
      tooLarge ? refuse("BAD_USER_INPUT", `The body is too large: at most ${limits.bodyBytes} bytes.`, 413) : error,
      reply,
    );
  });
  server.setNotFoundHandler((_request, reply) => {
    return answerError(refuse("BAD_USER_INPUT", "Nothing lives at this address.", 404), reply);
  });
  server.addHook("onRequest", async (request, reply) => {
    reply.headers(apiHeaders);
    if (Buffer.byteLength(request.url) > limits.addressBytes)
      throw refuse(
        "BAD_USER_INPUT",
        `The address is too long: at most ${limits.addressBytes} bytes. Ask by POST.`,
        414,
      );
    if (isGraphql(request) && request.method !== "GET" && request.method !== "POST") {
      reply.header("allow", "GET, POST");
      throw refuse("BAD_USER_INPUT", "The API answers POST, and GET for queries.", 405);
    }
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    /^application\/json\s*(?:;|$)/i,
    { parseAs: "buffer" },
    async (_request: FastifyRequest, body: Buffer) => readJsonBody(body),
  );

  server.route({
    method: ["GET", "POST"],
    url: "/graphql",
    onRequest: async (request, reply) => {
      checkHeaders(request);
      const { serving, release } = succession.use();
      const ending = endingOf(reply);
      void ending.ended.then(release);
      const method = request.method as "GET" | "POST";
      const context = await serving.walk.begin(request.headers.authorization, method, ending);
      begun.set(request, { serving, context });
    },
    handler: async (request, reply) => {
      const operation = begun.get(request);
      if (operation === undefined) throw new Error("a request came to its operation without having begun");
      const { serving, context } = operation;
      const { principal } = context.operation;
      if (takesEvents(request)) {
        const { body } = toApolloRequest(request, serving.documents, principal);
        const subscription = readSubscription(body, principal);
        if (subscription !== null) return streams.serve(subscription, principal, request, reply);
      }
      return answerRequest(serving, request, context, reply);
    },
    onResponse: async (request, reply) => {
      metrics.answered(reply.statusCode, reply.elapsedTime / 1000);
      const state = begun.get(request)?.context.operation;
      const ms = Math.round(reply.elapsedTime);
      log.info(
        {
          operationId: state?.id,
          operationName: state?.name,
          role: state?.principal.role,
          status: reply.statusCode,
          ms,
        },
        "answered",
      );
    },
  });
  return server;
}

function isGraphql(request: FastifyRequest): boolean {
  return request.url.split("?")[0] === "/graphql";
}

/** One host, no packed body, UTF-8. */
function checkHeaders(request: FastifyRequest): void {
  if (!URL.canParse(`http://${request.headers.host ?? ""}/`))
    throw refuse("BAD_USER_INPUT", "The header `host` is not well formed.");
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding.toLowerCase() !== "identity")
    throw refuse("BAD_USER_INPUT", "Bodies are read as they are: send no content-encoding.", 415);
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers["content-type"] ?? "")?.[1];
  if (charset !== undefined && charset.toLowerCase() !== "utf-8")
    throw refuse("BAD_USER_INPUT", "JSON is read in UTF-8: expected `content-type: application/json`.", 415);
}

/** The client has gone when the connection closes before the answer was handed over whole. */
function endingOf(reply: FastifyReply): Ending {
  const gone = new AbortController();
  const ended = new Promise<"ANSWERED" | "ABORTED">((resolve) => {
    reply.raw.once("close", () => {
      const whole = reply.raw.writableFinished;
      if (!whole) gone.abort(new Error("the client has gone"));
      resolve(whole ? "ANSWERED" : "ABORTED");
    });
  });
  return { gone: gone.signal, ended };
}
