import type { FastifyReply, FastifyRequest } from "fastify";
import { askApollo, toApolloRequest } from "./ask-apollo.js";
import { readAskedDocument } from "./documents/read-asked-document.js";
import type { ExecutorAnswer, WalkedAnswer } from "./gateway-interface.js";
import type { KnownOperation } from "./known-operations.js";
import type { Serving } from "./open-succession.js";
import type { OperationContext } from "./operation-state.js";

/**
 * Answers a request. An operation that Apollo Server has read before takes the short way: it is run and its answer is written, without what Apollo Server does for
 * every request. Apollo Server stays the one that reads documents and words every error:
 *
 *   not the plain case    → all the way through Apollo Server, as a text that is never kept
 *   not known yet         → Apollo Server reads it and refuses it, or it is known now
 *   refused, or not whole → what came out is handed to Apollo Server, which words it
 *   whole                 → written as it is
 *
 * INVARIANT: an operation is run once, whichever way its answer leaves.
 */
export async function answerRequest(
  serving: Serving,
  request: FastifyRequest,
  context: OperationContext,
  reply: FastifyReply,
): Promise<string | Buffer> {
  const { documents, known, walk } = serving;
  const { principal } = context.operation;
  const through = (outcome?: OperationContext["outcome"]): Promise<string> =>
    askApollo(serving, toApolloRequest(request, documents, principal), { ...context, outcome }, reply);

  const plain = readPlainCase(request);
  if (plain === null) return through();
  const text = documents.find(plain.asked, principal);
  if (!known.keeps(text)) return through();
  let operation = known.find(text, plain.operationName);
  if (operation === undefined) {
    let refused = true;
    const read = await through(async () => {
      refused = false;
      return { data: null };
    });
    operation = known.find(text, plain.operationName);
    // What was known a moment ago may have made room for others.
    if (operation === undefined) return refused ? read : through();
  }
  if (isRefused(serving, operation, context)) return through();

  context.operation.name = operation.operationName?.slice(0, 100) ?? null;
  const outcome = await settle(
    walk.execute({ ...operation, request: { variables: plain.variables }, context, asText: true }),
  );
  const { answer } = outcome;
  if (answer === null || answer.errors !== undefined || context.operation.logFailed) return through(outcome.tell);
  reply.code(200).type("application/json; charset=utf-8");
  if (answer.text !== undefined) return Buffer.from(`{"data":${answer.text}}\n`);
  return `${JSON.stringify({ data: answer.data, extensions: answer.extensions })}\n`;
}

interface PlainCase {
  readonly asked: NonNullable<ReturnType<typeof readAskedDocument>>;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** A POST of an object with the members that GraphQL over HTTP has, each of its type, for an answer in JSON. Null for anything else. */
function readPlainCase({ method, headers: { accept }, body }: FastifyRequest): PlainCase | null {
  if (method !== "POST" || (accept !== undefined && accept !== "*/*" && accept !== "application/json")) return null;
  if (typeof body !== "object" || body === null) return null;
  const { query, extensions, operationName, variables } = body as Readonly<Record<string, unknown>>;
  if (extensions !== undefined && !isObjectOrNull(extensions)) return null;
  if (variables !== undefined && !isObjectOrNull(variables)) return null;
  if (operationName !== undefined && operationName !== null && typeof operationName !== "string") return null;
  const asked = operationName === "" || query === "" ? null : readAskedDocument(query, extensions);
  if (asked === null) return null;
  return { asked, operationName: operationName ?? undefined, variables: variables ?? undefined };
}

function isObjectOrNull(value: unknown): value is Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && !Array.isArray(value);
}

/** Who asks may be refused what somebody else was not. */
function isRefused({ refuse }: Serving, operation: KnownOperation, context: OperationContext): boolean {
  try {
    refuse(operation, context);
    return false;
  } catch {
    return true;
  }
}

/** How it went; `tell` gives or throws it once more. */
async function settle(
  running: Promise<WalkedAnswer>,
): Promise<{ readonly answer: WalkedAnswer | null; readonly tell: () => Promise<ExecutorAnswer> }> {
  try {
    const answer = await running;
    return { answer, tell: async () => answer };
  } catch (fault) {
    return { answer: null, tell: () => Promise.reject(fault) };
  }
}
