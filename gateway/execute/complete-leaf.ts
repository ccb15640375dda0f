import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from "graphql";
import type { GuardedGraph } from "../plan/guarded-graph.js";

/** The value of a leaf as its type has it; undefined where the subgraph gave something else. Null is not asked about. */
export type CompleteLeaf = (value: unknown) => unknown;

const largestInt = 2 ** 31 - 1;

const builtIn = new Map<string, CompleteLeaf>([
  [GraphQLString.name, (value) => (typeof value === "string" ? value : undefined)],
  [GraphQLBoolean.name, (value) => (typeof value === "boolean" ? value : undefined)],
  [GraphQLFloat.name, (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined)],
  [
    GraphQLInt.name,
    (value) =>
      Number.isInteger(value) && Math.abs(value as number) <= largestInt + 1 && value !== largestInt + 1
        ? value
        : undefined,
  ],
  [
    GraphQLID.name,
    (value) => (typeof value === "string" ? value : Number.isInteger(value) ? String(value) : undefined),
  ],
]);

/**
 * Compiles the check of a leaf. An enum value that the API does not know is no value, and one that it hides is null: its subgraph is right to give it, and the
 * client is not to learn of it. A scalar of the schema's own is believed.
 */
export function compileLeaf(type: GraphQLLeafType, isHidden: GuardedGraph["isHidden"]): CompleteLeaf {
  if (!isEnumType(type)) return builtIn.get(type.name) ?? ((value) => value);
  const names = new Set(type.getValues().map(({ name }) => name));
  return (value) => {
    if (typeof value !== "string") return undefined;
    return names.has(value) ? value : isHidden(type.name, value) ? null : undefined;
  };
}
