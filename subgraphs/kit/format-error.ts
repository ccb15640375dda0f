import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { refusals } from "../../schema/refusals.js";
import { GraphUnavailable } from "./ask-graph.js";
import { GrantRefusal } from "./grant.js";
import { Refusal } from "./refusal.js";

/**
 * Everything that an error may say on its way out of a subgraph. Refusals go by name; a refused grant by its reason; a database or a graph that does
 * not answer is "unavailable", since asking again later may help; all else is "internal", with the place and the kind of fault in the log. Messages
 * of a database carry values, so no foreign message is logged either.
 */
export function formatError(error: GraphQLError, log: Logger): GraphQLFormattedError {
  const cause = rootCause(error);
  const place = { ...(error.path && { path: error.path }) };
  const coordinate = error.path?.filter((step) => typeof step === "string").join(".");
  if (cause instanceof Refusal) {
    const { code, message } = refusals[cause.refusal];
    return { message, ...place, extensions: { code, refusal: cause.refusal } };
  }
  if (cause instanceof GrantRefusal) {
    log.warn({ coordinate, problem: cause.problem }, "identity field refused");
    return { message: "identity data needs a grant", ...place, extensions: { code: "GRANT", problem: cause.problem } };
  }
  if (isUnreachable(cause) || isWithoutGraph(cause)) {
    const what = cause instanceof GraphUnavailable ? "graph" : "database";
    log.error({ coordinate, ...describeFault(cause) }, `the ${what} does not answer`);
    return { message: "unavailable", ...place, extensions: { code: "SUBGRAPH_UNAVAILABLE" } };
  }
  if (!error.path || isUnstorable(cause)) {
    log.warn({ fault: "input" }, "input refused");
    return { message: refusals.INPUT.message, ...place, extensions: { code: refusals.INPUT.code, refusal: "INPUT" } };
  }
  log.error({ coordinate, ...describeFault(cause ?? error) }, "resolver failed");
  return { message: "internal", ...place, extensions: { code: "INTERNAL" } };
}

/** PostgreSQL refuses the character U+0000 in text (22021, and 22P05 in JSON): no value of ours has it, so it came with the input. */
function isUnstorable(cause: Error | null): boolean {
  const code = (cause as { code?: unknown } | null)?.code;
  return code === "22021" || code === "22P05";
}

/**
 * No way to the database, or none of it left: Node's codes for connections, and PostgreSQL's classes 08 (connection), 28 (authorization),
 * 53 (resources) and 57P (shutdown), with 3D000 and 55000 (it is gone, or takes no connections). `pg` gives a connection that broke no code.
 */
const unreachable =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|(08|28|53)\w{3}|57P\w\w|3D000|55000)$/;
const broken = /Connection terminated|is not queryable|timeout exceeded when trying to connect/;

function isUnreachable(cause: Error | null): boolean {
  if (cause === null) return false;
  const { code } = cause as { code?: unknown };
  return typeof code === "string" ? unreachable.test(code) : broken.test(cause.message);
}

/** The gateway did not answer, or said of somebody else that he does not. */
function isWithoutGraph(cause: Error | null): boolean {
  return cause instanceof GraphUnavailable && cause.codes.every((code) => code === "SUBGRAPH_UNAVAILABLE");
}

function rootCause(error: GraphQLError): Error | null {
  let cause: Error | undefined = error.originalError;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause ?? null;
}

/** Name, driver code and stack frames of a fault; its message only where the engine wrote it about the program, not about data. */
export function describeFault(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  const frames = (fault.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);
  const code = (fault as { code?: unknown }).code;
  const aboutProgram = fault instanceof TypeError || fault instanceof ReferenceError;
  return {
    fault: fault.name,
    ...(typeof code === "string" && { code }),
    ...(aboutProgram && { message: fault.message }),
    frames: frames.map((line) => line.trim()),
  };
}
