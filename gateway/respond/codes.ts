/**
 * Every code that an error may carry to a client, with the HTTP status it means when nothing else was answered. A code that is not listed here is a fault
 * of ours and leaves as INTERNAL. The sentences of subgraphs' refusals stand in schema/refusals.ts, under these codes.
 */
export const codes = {
  UNAUTHENTICATED: 401,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  BAD_USER_INPUT: 400,
  OPERATION_TOO_COSTLY: 400,
  /** Not a fault: the client sends the text now, as automatic persisted queries have it. */
  PERSISTED_QUERY_NOT_FOUND: 200,
  /** A document that is not on the list of an installation which answers listed ones alone. */
  QUERY_NOT_IN_SAFELIST: 403,
  FORBIDDEN: 403,
  CONFLICT: 409,
  IDEMPOTENCY_CONFLICT: 409,
  /** A denied identity path never fails the whole. */
  UNAUTHORIZED_FIELD_OR_TYPE: 200,
  LOG_UNAVAILABLE: 503,
  /** Nothing was done; the same a second later may be. */
  GATEWAY_BUSY: 503,
  SUBGRAPH_UNAVAILABLE: 503,
  INTERNAL: 500,
} as const;

export type Code = keyof typeof codes;

export function isCode(code: unknown): code is Code {
  return typeof code === "string" && Object.hasOwn(codes, code);
}
