import type { GraphQLFormattedError } from "graphql";
import type { Code } from "./codes.js";
import { isCode } from "./codes.js";

/**
 * Everything that an error may tell a client is decided here. A code of the table speaks with its own sentence; a code of the HTTP front is told in ours;
 * whatever else happened is INTERNAL, and its message stays in the log.
 */
export function formatError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { code, validationErrorCode, ...extensions } = formatted.extensions ?? {};
  if (validationErrorCode === "MAX_RECURSIVE_SELECTIONS_EXCEEDED") {
    return {
      message: "The operation selects too much once its fragments are expanded.",
      extensions: { code: "OPERATION_TOO_COSTLY" satisfies Code },
    };
  }
  if (formatted.message === aborted) {
    return {
      message:
        "Too many fields have the same response key to compare them all: expected each field once in a selection.",
      extensions: { code: "OPERATION_TOO_COSTLY" satisfies Code },
    };
  }
  const known = isCode(code) ? code : translations[String(code)];
  if (known === undefined || known === "INTERNAL") {
    const { path } = formatted;
    return {
      message: internalMessage,
      ...(path === undefined ? {} : { path }),
      extensions: { code: "INTERNAL" satisfies Code },
    };
  }
  return { ...formatted, message: cap(known, formatted.message), extensions: { code: known, ...pick(extensions) } };
}

export const internalMessage =
  "Something failed on our side; nothing is lost by asking again. The operation's id finds it in our log.";

/** What graphql-js says when the rule that fields can be merged gives up comparing; it gives no reason and no code. */
const aborted = "Validation aborted.";

/** Codes whose messages quote what the client wrote, which may be as long as a body. */
const quoting: readonly Code[] = ["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"];
/** Characters of a message that quotes. */
export const quotingCharacters = 500;

function cap(code: Code, message: string): string {
  if (!quoting.includes(code) || message.length <= quotingCharacters) return message;
  return `${message.slice(0, quotingCharacters)}…`;
}

/** Codes of the HTTP front, in the words of this API. */
const translations: Readonly<Record<string, Code>> = {
  BAD_REQUEST: "BAD_USER_INPUT",
  OPERATION_RESOLUTION_FAILURE: "BAD_USER_INPUT",
};

/** The extensions that this API defines; nothing else passes. */
function pick({ decision, operationId }: Record<string, unknown>): Record<string, unknown> {
  return { ...(decision === undefined ? {} : { decision }), ...(operationId === undefined ? {} : { operationId }) };
}
