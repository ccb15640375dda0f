import { type ArgumentNode, type FieldNode, type GraphQLField, Kind } from "graphql";
import type { Variables } from "../plan/coerce-variables.js";

/** The most rows that a field asks for with its `first` or `last`, as the variables of this operation have it; null where it names no number. */
export type PageSize = (variables: Variables) => number | null;

export function compilePageSize(definition: GraphQLField<unknown, unknown>, node: FieldNode): PageSize {
  const sizes = ["first", "last"].flatMap((name) => {
    const argument = definition.args.find((each) => each.name === name);
    if (!argument) return [];
    const given = node.arguments?.find((each) => each.name.value === name);
    return [compileSize(given, numberOrNull(argument.defaultValue))];
  });
  return (variables) => {
    const named = sizes.map((size) => size(variables)).filter((size) => size !== null);
    return named.length === 0 ? null : Math.max(0, ...named);
  };
}

function compileSize(given: ArgumentNode | undefined, fallback: number | null): PageSize {
  if (given === undefined) return () => fallback;
  const { value } = given;
  if (value.kind === Kind.INT) return () => Number(value.value);
  if (value.kind !== Kind.VARIABLE) return () => null;
  const name = value.name.value;
  return (variables) => (Object.hasOwn(variables, name) ? numberOrNull(variables[name]) : fallback);
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
