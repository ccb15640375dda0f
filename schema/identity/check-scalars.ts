import { type GraphQLScalarType, type GraphQLSchema, isScalarType, valueFromASTUntyped } from "graphql";
import * as scalars from "graphql-scalars";
import { GraphQLCountryCode } from "../country-code.js";

/** The scalars of the public API, whose form is checked before anything is planned. */
const checked: readonly GraphQLScalarType[] = [
  GraphQLCountryCode,
  scalars.GraphQLDate,
  scalars.GraphQLDateTime,
  scalars.GraphQLEmailAddress,
  scalars.GraphQLIP,
  scalars.GraphQLPhoneNumber,
  scalars.GraphQLPort,
  scalars.GraphQLSafeInt,
  scalars.GraphQLURL,
];

/**
 * Makes a schema that was built from SDL refuse values that its scalars do not have, so that a client's mistake is told to her and reaches no subgraph.
 * What passes stays as it was written: the subgraph that owns the field reads it.
 */
export function checkScalars(schema: GraphQLSchema): void {
  for (const scalar of checked) {
    const own = schema.getType(scalar.name);
    if (!isScalarType(own)) continue;
    own.parseValue = (value) => {
      scalar.parseValue(value);
      return value;
    };
    own.parseLiteral = (node, variables) => {
      scalar.parseLiteral(node, variables);
      return valueFromASTUntyped(node, variables);
    };
  }
}
