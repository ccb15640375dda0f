import type { GraphQLFormattedError } from "graphql";
import { GraphQLError } from "graphql";
import { Unauthenticated } from "../authenticate/unauthenticated.js";
import { codes, isCode } from "./codes.js";
import { internalMessage } from "./format-error.js";

/** The answer to a request that never became an operation. */
export interface RequestError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly errors: readonly GraphQLFormattedError[] };
  /** True where the fault is ours and belongs in the log. */
  readonly ours: boolean;
}

/** What the HTTP front refuses, in the words of this API; by the front's own codes. */
const sentences: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "Expected the header `content-type: application/json`.",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "The body has not the length that its header says.",
  FST_ERR_BAD_URL: "The address is not well formed.",
};

export function requestError(error: unknown): RequestError {
  if (error instanceof Unauthenticated) {
    return answer(401, "UNAUTHENTICATED", error.message, { "www-authenticate": 'Bearer realm="rogatory"' });
  }
  if (error instanceof GraphQLError && isCode(error.extensions.code)) {
    const { code, http } = error.extensions as { code: keyof typeof codes; http?: { status?: number } };
    return answer(http?.status ?? codes[code], code, error.message);
  }
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) {
    return answer(statusCode, "BAD_USER_INPUT", sentences[String(code)] ?? "The request is not well formed.");
  }
  return { ...answer(500, "INTERNAL", internalMessage), ours: true };
}

function answer(status: number, code: string, message: string, headers: Record<string, string> = {}): RequestError {
  return { status, headers, body: { errors: [{ message, extensions: { code } }] }, ours: false };
}
