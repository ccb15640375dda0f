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
  if (formatted.message === apqMismatch) {
    return {
      message: "The persisted query's hash is not that of the query.",
      extensions: { code: "BAD_USER_INPUT" satisfies Code },
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
  return { ...formatted, extensions: { code: known, ...pick(extensions) } };
}

export const internalMessage =
  "Something failed on our side; nothing is lost by asking again. The operation's id finds it in our log.";

/** Apollo Server's own words where the text sent with a hash has another one; it gives them no code. */
const apqMismatch = "provided sha does not match query";

/** Codes of the HTTP front, in the words of this API. */
const translations: Readonly<Record<string, Code>> = {
  BAD_REQUEST: "BAD_USER_INPUT",
  OPERATION_RESOLUTION_FAILURE: "BAD_USER_INPUT",
  PERSISTED_QUERY_NOT_SUPPORTED: "BAD_USER_INPUT",
};

/** The extensions that this API defines; nothing else passes. */
function pick({ decision, operationId }: Record<string, unknown>): Record<string, unknown> {
  return { ...(decision === undefined ? {} : { decision }), ...(operationId === undefined ? {} : { operationId }) };
}
