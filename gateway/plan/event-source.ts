import { type OperationDefinitionNode, print } from "graphql";
import { afterArgument, cursorField, nodesField, sinceRoot } from "../../schema/subscriptions.js";
import type { EventSource } from "../execute/compiled-operation.js";
import { refuse } from "../respond/refuse.js";
import type { GuardedGraph } from "./guarded-graph.js";
import type { NormalForm } from "./normal-form.js";

/**
 * Writes the query by which a subscription is followed. The lint has seen that its subgraph has it.
 * @throws GraphQLError BAD_USER_INPUT where the conditions leave no root field.
 */
export function eventSource(
  { roots }: NormalForm,
  { variableDefinitions = [] }: OperationDefinitionNode,
  graph: GuardedGraph,
  entityKeys: ReadonlyMap<string, readonly string[]>,
): EventSource {
  const [root] = roots.values();
  if (!root) throw refuse("BAD_USER_INPUT", "A subscription has one root field: expected one that is not skipped.");
  const type = root.selection?.type ?? "";
  const name = sinceRoot(root.name);
  const half = [...graph.halves.values()].find(({ types }) => types.get("Query")?.fields.has(name));
  const key = entityKeys.get(type);
  if (!half || !key) throw new Error(`Subscription.${root.name} cannot be followed: the graph was not linted`);
  const after = unusedName(root.variables);
  const defined = variableDefinitions
    .filter(({ variable }) => root.variables.includes(variable.name.value))
    .map((definition) => print({ ...definition, directives: [] }));
  const given = [`${afterArgument}: $${after}`, ...(root.arguments === "" ? [] : [root.arguments.slice(1, -1)])];
  return {
    half: half.name,
    query: `query(${[`$${after}: String`, ...defined].join(", ")}) { ${name}(${given.join(", ")}) { ${cursorField} ${nodesField} { __typename ${key.join(" ")} } } }`,
    usages: root.variables,
    ...{ after, type, key, planKey: root.planKey },
    read: new Map(
      [...(root.selection?.byType.get(type)?.values() ?? [])].flatMap(({ planKey, name }) =>
        key.includes(name) ? [[planKey, name]] : [],
      ),
    ),
  };
}

/** A variable that the client has not: hers may have any name. */
function unusedName(taken: readonly string[]): string {
  let name = "after";
  while (taken.includes(name)) name = `${name}_`;
  return name;
}
