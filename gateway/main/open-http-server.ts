import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from "fastify";
import fastify from "fastify";
import type { Logger } from "pino";
import { refuse } from "../respond/refuse.js";
import { requestError } from "../respond/request-error.js";
import { apiHeaders } from "../respond/security-headers.js";
import { answerBrokenRequest } from "./answer-broken-request.js";
import type { Ending } from "./answer-operation.js";
import { checkPersistedQuery } from "./check-persisted-query.js";
import { findDuplicateKey } from "./find-duplicate-key.js";
import { limitDocument } from "./limit-document.js";
import { limits } from "./limits.js";
import type { Metrics } from "./metrics.js";
import type { Serving, Succession } from "./open-succession.js";
import type { OperationContext } from "./operation-state.js";
import { readJsonBody } from "./read-json-body.js";
import { refuseNul } from "./refuse-nul.js";

export interface HttpParts {
  readonly succession: Succession;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Milliseconds to receive a request; absent: `limits.receiveMs`. */
  readonly receiveMs?: number;
}

/**
 * The HTTP front of the GraphQL endpoint. A request is authenticated before its body is read, and measured before it is parsed; what it may do wrong on the
 * way is answered with 4xx and a GraphQL error body.
 */
export function openHttpServer({ succession, metrics, log, receiveMs = limits.receiveMs }: HttpParts): FastifyInstance {
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
  const contexts = new WeakMap<FastifyRequest, OperationContext>();
  const answering = new WeakMap<FastifyRequest, Serving>();
  const handlers = new WeakMap<Serving, RouteHandlerMethod>();

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

  const context = async (request: FastifyRequest): Promise<OperationContext> => {
    const begun = contexts.get(request);
    if (begun === undefined) throw new Error("a request came to its operation without having begun");
    return begun;
  };

  server.route({
    method: ["GET", "POST"],
    url: "/graphql",
    onRequest: async (request, reply) => {
      checkHeaders(request);
      const { serving, release } = succession.use();
      const ending = endingOf(reply);
      void ending.ended.then(release);
      answering.set(request, serving);
      contexts.set(
        request,
        await serving.walk.begin(request.headers.authorization, request.method as "GET" | "POST", ending),
      );
    },
    preHandler: async (request) => {
      const parameters = ((request.method === "GET" ? request.query : request.body) ?? {}) as Record<string, unknown>;
      const { query } = parameters;
      if (typeof query === "string") limitDocument(query);
      if (request.method === "GET") checkJsonParameter("variables", parameters.variables);
      const { extensions } = parameters;
      checkPersistedQuery(request.method === "GET" ? checkJsonParameter("extensions", extensions) : extensions, query);
    },
    handler(request, reply) {
      const serving = answering.get(request);
      if (serving === undefined) throw new Error("a request came to its operation without having begun");
      const handler =
        handlers.get(serving) ?? (fastifyApolloHandler(serving.apollo, { context }) as RouteHandlerMethod);
      handlers.set(serving, handler);
      return handler.call(server, request, reply);
    },
    onResponse: async (request, reply) => {
      metrics.answered(reply.statusCode, reply.elapsedTime / 1000);
      const state = contexts.get(request)?.operation;
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

/** Reads a parameter of an address that holds JSON; undefined where there is none, or no JSON at all, which is refused with the rest of the request. */
function checkJsonParameter(name: string, text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  const value = parseJson(text);
  if (value === undefined) return undefined;
  refuseNul(text);
  if (findDuplicateKey(text) !== null)
    throw refuse("BAD_USER_INPUT", `\`${name}\` names a key twice in one object: expected each once.`);
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
