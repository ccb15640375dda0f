import type {
  BatchFetchNode,
  FetchNode,
  FlattenNodePathSegment,
  OutputRewrite,
  PlanNode,
  RequiresSelection,
} from "@graphql-hive/router-query-planner";
import { Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import { readFetch } from "./fetch-document.js";
import type { GuardedGraph } from "./guarded-graph.js";
import { responseKey } from "./planned-places.js";
import { readRenames, withOwnNames } from "./rename-keys.js";

/** What one fetch brings to one path: for objects of these types alone (null: of all), this selection. */
export interface Input {
  readonly node: FetchNode | BatchFetchNode;
  /** The whole text that is sent, of which the selection is a part. */
  readonly operation: OperationDefinitionNode;
  readonly service: string;
  readonly path: readonly FlattenNodePathSegment[];
  readonly types: ReadonlySet<string> | null;
  readonly selection: SelectionSetNode;
  /** Response key of its `_entities`; null for root fields. */
  readonly entities: string | null;
  /** Which of the paths to these entities it is, from 0. */
  readonly index: number;
}

/** All that a plan brings, in the order in which it is written. */
export function inputsOf(node: PlanNode, graph: GuardedGraph): readonly Input[] {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return node.nodes.flatMap((each) => inputsOf(each, graph));
    case "Condition":
      return [node.ifClause, node.elseClause].flatMap((each) => (each ? inputsOf(each, graph) : []));
    case "Fetch": {
      const operation = readFetch(node.operation);
      const selection = withOwnNames(operation.selectionSet, readRenames(node.outputRewrites) ?? []);
      return [
        { node, operation, service: node.serviceName, path: [], types: null, selection, entities: null, index: 0 },
      ];
    }
    case "Flatten": {
      const { node: fetch, path } = node;
      if (fetch.kind !== "Fetch") return [];
      return entityInputs(fetch, () => ({ ...fetch, paths: [path], requires: fetch.requires ?? [] }), graph);
    }
    case "BatchFetch":
      return entityInputs(node, (key) => node.entityBatch.aliases.find(({ alias }) => alias === key) ?? null, graph);
    default:
      return [];
  }
}

function entityInputs(
  node: FetchNode | BatchFetchNode,
  inputOf: (key: string) => {
    readonly paths: readonly (readonly FlattenNodePathSegment[])[];
    readonly requires: readonly RequiresSelection[];
    readonly outputRewrites?: readonly OutputRewrite[];
  } | null,
  graph: GuardedGraph,
): readonly Input[] {
  const operation = readFetch(node.operation);
  return operation.selectionSet.selections.flatMap((field) => {
    if (field.kind !== Kind.FIELD || !field.selectionSet) return [];
    const entities = responseKey(field);
    const input = inputOf(entities);
    if (!input) return [];
    const selection = withOwnNames(field.selectionSet, readRenames(input.outputRewrites) ?? []);
    const types = typesIn(input.requires, graph);
    const { serviceName: service } = node;
    return input.paths.map((path, index) => ({ node, operation, service, path, types, selection, entities, index }));
  });
}

/** The object types that representations are made of. */
function typesIn(requires: readonly RequiresSelection[], graph: GuardedGraph): ReadonlySet<string> {
  return new Set(
    requires.flatMap((each) =>
      each.kind === "InlineFragment" ? [each.typeCondition, ...graph.possible(each.typeCondition)] : [],
    ),
  );
}

/** The plan with each fetch of it changed. */
export function mapFetches(
  node: PlanNode,
  change: <Fetch extends FetchNode | BatchFetchNode>(fetch: Fetch) => Fetch,
): PlanNode {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return { ...node, nodes: node.nodes.map((each) => mapFetches(each, change)) };
    case "Flatten":
      return { ...node, node: mapFetches(node.node, change) };
    case "Fetch":
    case "BatchFetch":
      return change(node);
    default:
      return node;
  }
}
