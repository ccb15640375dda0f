import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from "graphql";
import { refuse } from "../respond/refuse.js";

export type Variables = Readonly<Record<string, unknown>>;

/**
 * The variables of an operation as its types say, defaults included; coercing coerced variables again changes nothing.
 * @throws GraphQLError BAD_USER_INPUT with the first fault.
 */
export function coerceVariables(schema: GraphQLSchema, operation: OperationDefinitionNode, raw: Variables): Variables {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], raw, { maxErrors: 1 });
  if (!coerced) throw refuse("BAD_USER_INPUT", errors?.[0]?.message ?? "The variables do not fit the operation.");
  return coerced;
}
