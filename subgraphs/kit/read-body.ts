import { GraphQLError } from "graphql";
import { z } from "zod";

const bodyShape = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
  extensions: z.looseObject({ idempotencyKey: z.string().min(1).max(200).optional() }).nullish(),
});
export type RequestBody = z.infer<typeof bodyShape>;

/** Reads the JSON text of a GraphQL request. Throws a GraphQLError with code BAD_REQUEST where it is none. */
export function readBody(text: string): RequestBody {
  const body = bodyShape.safeParse(parseJson(text));
  if (!body.success)
    throw new GraphQLError("the body must be a JSON object with `query` a string and `variables` an object", {
      extensions: { code: "BAD_REQUEST" },
    });
  return body.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
