import { type FieldNode, Kind, print, type ValueNode } from "graphql";
import { refuse } from "../respond/refuse.js";
import type { Variables } from "./coerce-variables.js";

/** Name of the directive, without the at sign. */
export const idempotent = "idempotent";

/** One line of at most 200 characters, none of them a control character. */
const form = /^[^\p{C}]{1,200}$/u;

/** The key that a field of a mutation carries, as it is written; null: none. @throws GraphQLError where the field is written several times with different ones. */
export function readIdempotencyKey(nodes: readonly FieldNode[]): ValueNode | null {
  const keys = nodes.map(({ directives }) => {
    const directive = directives?.find(({ name }) => name.value === idempotent);
    return directive?.arguments?.find(({ name }) => name.value === "key")?.value ?? null;
  });
  if (new Set(keys.map((key) => key && print(key))).size > 1)
    throw refuse(
      "GRAPHQL_VALIDATION_FAILED",
      "A field that is written several times carries one @idempotent key, or none.",
    );
  return keys[0] ?? null;
}

/** Its value with these variables. @throws GraphQLError BAD_USER_INPUT where it is no key. */
export function valueOfKey(key: ValueNode, variables: Variables): string {
  const value = key.kind === Kind.VARIABLE ? variables[key.name.value] : "value" in key ? key.value : null;
  if (typeof value === "string" && form.test(value)) return value;
  throw refuse("BAD_USER_INPUT", "An @idempotent key is a text of 1 to 200 characters on one line, such as a UUID.");
}
