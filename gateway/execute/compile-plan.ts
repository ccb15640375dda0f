import type { FlattenNodePathSegment, PlanNode } from "@graphql-hive/router-query-planner";
import type { GraphQLSchema } from "graphql";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { SentOn } from "../plan/verify-reach.js";
import { compileEntityFetch, readEntityFetch } from "./fetch-entities.js";
import { compileRootFetch } from "./fetch-roots.js";
import { compileSearches } from "./pass-searches.js";
import { compilePassage } from "./pass-the-door.js";
import type { Step } from "./run.js";

/** What a plan is compiled against. */
export interface Compiling {
  readonly graph: GuardedGraph;
  readonly schema: GraphQLSchema;
  /** For every fetch what is fetched to be sent on alone. */
  readonly sentOn: ReadonlyMap<PlanNode, SentOn>;
}

const nothing: Step = async () => undefined;

/** Compiles a verified plan into closures, once; what runs looks nothing up in the plan any more. */
export function compilePlan(node: PlanNode | null | undefined, compiling: Compiling): Step {
  if (!node) return nothing;
  switch (node.kind) {
    case "Sequence": {
      const steps = node.nodes.map((each) => compilePlan(each, compiling));
      return async (run, root) => {
        for (const step of steps) await step(run, root);
      };
    }
    case "Parallel": {
      const steps = node.nodes.map((each) => compilePlan(each, compiling));
      return async (run, root) => {
        await Promise.all(steps.map((step) => step(run, root)));
      };
    }
    case "Condition": {
      const { condition } = node;
      const met = compilePlan(node.ifClause, compiling);
      const unmet = compilePlan(node.elseClause, compiling);
      return (run, root) => (run.variables[condition] === true ? met : unmet)(run, root);
    }
    case "Flatten":
      return compileFetch(node.node, node.path, compiling);
    case "Fetch":
    case "BatchFetch":
      return compileFetch(node, [], compiling);
    default:
      throw new Error(`a plan with a ${node.kind} was not verified`);
  }
}

function compileFetch(
  node: PlanNode,
  path: readonly FlattenNodePathSegment[],
  { graph, schema, sentOn }: Compiling,
): Step {
  if (node.kind !== "Fetch" && node.kind !== "BatchFetch")
    throw new Error(`a Flatten of a ${node.kind} was not verified`);
  const half = graph.halves.get(node.serviceName);
  if (!half) throw new Error(`there is no half ${node.serviceName}: the plan was not verified`);
  if (node.kind === "Fetch" && !node.requires)
    return half.identity ? compileSearches(node, half, graph, schema) : compileRootFetch(node, half, graph);
  const fetch = readEntityFetch(node, path, half, graph);
  return half.identity
    ? compilePassage(fetch, { graph, schema, sentOn: sentOn.get(node) ?? new Map() })
    : compileEntityFetch(fetch, graph);
}
