import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { GraphQLCountryCode as LooseCountryCode } from "graphql-scalars";

function checked(value: unknown): string {
  const code: unknown = LooseCountryCode.parseValue(value);
  if (typeof code !== "string" || code !== code.toUpperCase())
    throw new GraphQLError(`A country code is written in capitals, such as FR: got ${JSON.stringify(value)}.`);
  return code;
}

/** ISO 3166-1 alpha-2, in capitals: one state has one spelling, so that no rule and no record can miss it. */
export const GraphQLCountryCode = new GraphQLScalarType<string, string>({
  ...LooseCountryCode.toConfig(),
  parseValue: checked,
  parseLiteral(node) {
    if (node.kind !== Kind.STRING) throw new GraphQLError('A country code is a string, such as "FR".', { nodes: node });
    return checked(node.value);
  },
  serialize: checked,
});
