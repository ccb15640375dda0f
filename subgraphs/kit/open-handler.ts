import { type DocumentNode, execute, GraphQLError } from "graphql";
import type { JWTVerifyGetKey } from "jose";
import type { Logger } from "pino";
import { grantHeader, type SubgraphHandler, type SubgraphRequest, type SubgraphResponse } from "../../schema/calls.js";
import { type AskGateway, askGraph } from "./ask-graph.js";
import { buildSchema } from "./build-schema.js";
import { CallRefused, type CheckedCall, checkCall } from "./check-call.js";
import type { Clock, EntityManager, Grant, SubgraphContext, SubgraphDefinition } from "./definition.js";
import { readDocuments } from "./documents.js";
import { describeFault, formatError } from "./format-error.js";
import { type GrantProblem, GrantRefusal, noteGrantProblem } from "./grant.js";
import { rememberNonces, type UseNonce } from "./nonces.js";
import { openGrant } from "./open-grant.js";
import { type RequestBody, readBody } from "./read-body.js";
import { openTokenCheck } from "./verify-token.js";

/**
 * A subgraph served: the same bytes over HTTP and in process. A request walks: signed call → body → document → grant → resolvers → masked
 * errors. Nothing is answered without the first, not even `_service`; identity fields answer nothing without the grant.
 */
export interface HandlerOptions {
  readonly clock: Clock;
  readonly gatewayKeys: JWTVerifyGetKey;
  readonly askGateway: AskGateway;
  readonly log: Logger;
  /** A fresh fork for each request. */
  readonly em: () => EntityManager;
  /** What makes a grant good for one use; default: the memory of this process. */
  readonly useNonce?: UseNonce;
}

/** Never rejects: a fault of ours is answered 500 with nothing but "internal". */
export function openHandler(definition: SubgraphDefinition, options: HandlerOptions): SubgraphHandler {
  const { clock, gatewayKeys, log, useNonce = rememberNonces(clock) } = options;
  const schema = buildSchema(definition);
  const readDocument = readDocuments(schema);
  const verify = openTokenCheck({ audience: definition.name, keys: gatewayKeys, clock });

  async function grantOf(
    request: SubgraphRequest,
    body: RequestBody,
    call: CheckedCall,
  ): Promise<Grant | GrantProblem> {
    const token = request.headers[grantHeader];
    if (token === undefined) return "NO_GRANT";
    try {
      const check = { verify, operationId: call.op, useNonce };
      return await openGrant(token, request.body, body.extensions?.rogatory, check);
    } catch (error) {
      if (error instanceof GrantRefusal) return error.problem;
      throw error;
    }
  }

  async function answer(request: SubgraphRequest): Promise<SubgraphResponse> {
    const call = await checkCall(request.headers.authorization, verify);
    const body = readBody(request.body);
    const document = readDocument(body.query);
    const grant = await grantOf(request, body, call);
    const context = contextOf(definition.name, call, grant, body, options);
    return run(document, body, context);
  }

  async function run(document: DocumentNode, body: RequestBody, context: SubgraphContext): Promise<SubgraphResponse> {
    const result = await execute({
      schema,
      document,
      variableValues: body.variables ?? {},
      operationName: body.operationName ?? null,
      contextValue: context,
    });
    const operationLog = log.child({ operation: context.operationId });
    const errors = result.errors?.map((error) => formatError(error, operationLog));
    return {
      status: 200,
      body: JSON.stringify({ ...("data" in result && { data: result.data }), ...(errors && { errors }) }),
    };
  }

  return async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      if (error instanceof CallRefused) {
        log.warn({ reason: error.reason }, "call refused");
        return refused(401, "UNAUTHENTICATED", error.message);
      }
      if (error instanceof GraphQLError)
        return refused(400, String(error.extensions.code ?? "GRAPHQL_PARSE_FAILED"), error.message);
      log.error(describeFault(error), "request failed");
      return refused(500, "INTERNAL", "internal");
    }
  };
}

function contextOf(
  subgraph: string,
  call: CheckedCall,
  grant: Grant | GrantProblem,
  { extensions }: RequestBody,
  { askGateway, clock, em }: HandlerOptions,
): SubgraphContext {
  const manager = em();
  const context: SubgraphContext = {
    principal: call.principal,
    operationId: call.op,
    em: manager,
    clock,
    graph: askGraph({ callToken: call.token, subgraph, askGateway, inTransaction: () => manager.isInTransaction() }),
    idempotencyKey: extensions?.idempotencyKey ?? null,
    grant: typeof grant === "string" ? null : grant,
  };
  if (typeof grant === "string") noteGrantProblem(context, grant);
  return context;
}

function refused(status: number, code: string, message: string): SubgraphResponse {
  return { status, body: JSON.stringify({ errors: [{ message, extensions: { code } }] }) };
}
