import type { GraphQLAnswer } from "../door/types.js";

/** One ordinary call to a public half. */
export interface PublicCall {
  /** Name of the half, for example "platform". */
  readonly half: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of a mutation that its client may repeat. */
  readonly idempotencyKey?: string;
  readonly signal: AbortSignal;
}

/** Sends ordinary fetches of one operation, signed for its principal. Throws when the subgraph cannot be reached or answers no GraphQL. */
export type SendPublic = (call: PublicCall) => Promise<GraphQLAnswer>;
