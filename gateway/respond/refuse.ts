import { GraphQLError } from "graphql";
import type { Code } from "./codes.js";

/** A refusal by the gateway itself, said to the client as it stands. `status` where the code's own does not say enough, for example 405. */
export function refuse(code: Code, message: string, status?: number): GraphQLError {
  const http =
    status === undefined ? {} : { http: { status, headers: new Map(status === 405 ? [["allow", "POST"]] : []) } };
  return new GraphQLError(message, { extensions: { code, ...http } });
}
