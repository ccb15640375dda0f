import {
  type ArgumentNode,
  astFromValue,
  type DirectiveNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  print,
  visit,
} from "graphql";
import { refuse } from "../respond/refuse.js";
import { idempotent } from "./idempotency-key.js";

/** What a client wrote on a field for the subgraph that answers it, by plan key: a field that carries anything has a key of its own. */
export type CarriedDirectives = ReadonlyMap<string, readonly DirectiveNode[]>;

/** Conditions: evaluated when the fields were collected. */
const conditions: readonly string[] = ["skip", "include"];

/**
 * The directives of a field that are its subgraph's to read, each once, with the defaults of the API in them: subgraphs may define others, or none.
 * @param acts whether the field is a root of a mutation, which may be `@idempotent`.
 * @throws GraphQLError GRAPHQL_VALIDATION_FAILED where one stands that is lost on the way.
 */
export function directivesToCarry(
  nodes: readonly FieldNode[],
  acts: boolean,
  schema: GraphQLSchema,
): readonly DirectiveNode[] {
  const carried = new Map<string, DirectiveNode>();
  for (const directive of nodes.flatMap(({ directives = [] }) => directives)) {
    const name = directive.name.value;
    if (conditions.includes(name) || (acts && name === idempotent)) continue;
    if (name === idempotent)
      throw refuse(
        "GRAPHQL_VALIDATION_FAILED",
        "@idempotent stands on the root fields of a mutation, and nowhere else.",
      );
    if (takesVariables(directive))
      throw refuse(
        "GRAPHQL_VALIDATION_FAILED",
        `@${name} on a field takes no variables here. Write its arguments out.`,
      );
    const whole = withDefaults(directive, schema);
    carried.set(print(whole), whole);
  }
  return [...carried.values()];
}

function takesVariables(directive: DirectiveNode): boolean {
  let found = false;
  visit(directive, {
    Variable() {
      found = true;
    },
  });
  return found;
}

function withDefaults(directive: DirectiveNode, schema: GraphQLSchema): DirectiveNode {
  const given = directive.arguments ?? [];
  const added = (schema.getDirective(directive.name.value)?.args ?? []).flatMap((argument): readonly ArgumentNode[] => {
    const value = argument.defaultValue === undefined ? null : astFromValue(argument.defaultValue, argument.type);
    if (!value || given.some(({ name }) => name.value === argument.name)) return [];
    return [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: argument.name }, value }];
  });
  return { ...directive, arguments: [...given, ...added] };
}
