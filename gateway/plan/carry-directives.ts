import type { BatchFetchNode, FetchNode, PlanNode, QueryPlan } from "@graphql-hive/router-query-planner";
import { parse, print, visit } from "graphql";
import type { CarriedDirectives } from "./field-directives.js";
import type { GuardedGraph } from "./guarded-graph.js";
import { PlanRefused } from "./verify-plan.js";

/**
 * The plan with the client's directives back on her fields, which the planner leaves out. They are known by their plan keys, which nothing else has.
 * @throws PlanRefused where a field goes to a half that does not define its directive, or to an identity half, where nobody has said what it would mean: better than not heeded.
 */
export function carryDirectives(plan: QueryPlan, carried: CarriedDirectives, graph: GuardedGraph): QueryPlan {
  return carried.size === 0 || !plan.node ? plan : { ...plan, node: carriedBy(plan.node, carried, graph) };
}

function carriedBy(node: PlanNode, carried: CarriedDirectives, graph: GuardedGraph): PlanNode {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return { ...node, nodes: node.nodes.map((each) => carriedBy(each, carried, graph)) };
    case "Flatten":
      return { ...node, node: carriedBy(node.node, carried, graph) as FetchNode };
    case "Fetch":
    case "BatchFetch":
      return { ...node, operation: written(node, carried, graph) };
    default:
      throw new PlanRefused(`directives are not carried into a ${node.kind}`);
  }
}

function written(
  { operation, serviceName }: FetchNode | BatchFetchNode,
  carried: CarriedDirectives,
  { halves }: GuardedGraph,
): string {
  const half = halves.get(serviceName);
  return print(
    visit(parse(operation, { noLocation: true }), {
      Field(field) {
        const directives = carried.get(field.alias?.value ?? "");
        if (!directives) return undefined;
        const unknown = directives.find(({ name }) => half?.identity || !half?.directives.has(name.value));
        if (unknown)
          throw new PlanRefused(`${serviceName} does not know @${unknown.name.value} on ${field.name.value}`);
        return { ...field, directives };
      },
    }),
  );
}
