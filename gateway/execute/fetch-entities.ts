import type { BatchFetchNode, FetchNode, FlattenNodePathSegment } from "@graphql-hive/router-query-planner";
import { type FieldNode, Kind, type OperationDefinitionNode } from "graphql";
import { readFetch } from "../plan/fetch-document.js";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { HalfSchema } from "../plan/half-schema.js";
import { type Rename, readRenames, withOwnNames } from "../plan/rename-keys.js";
import { readSentTypes } from "../plan/sent-types.js";
import { compileInput } from "./entity-input.js";
import type { Gather } from "./gather.js";
import { keyOf } from "./key-tree.js";
import { applyRename } from "./rename.js";
import { reportOn } from "./report.js";
import { fetchPublic, pickVariables, type Step } from "./run.js";
import { itemsFor, settleEntity } from "./settle-entities.js";
import { compileEntityStrip } from "./strip.js";

/** An entity fetch of a plan in one form, whether it was one list of representations or a batch of several. */
export interface EntityFetch {
  readonly half: HalfSchema;
  readonly text: string;
  readonly operation: OperationDefinitionNode;
  readonly usages: readonly string[];
  readonly inputs: readonly EntityInput[];
}

export interface EntityInput {
  /** Response key of its `_entities`. */
  readonly key: string;
  readonly variable: string;
  readonly node: FieldNode;
  /** How many paths lead to its entities. */
  readonly paths: number;
  readonly gather: Gather;
  readonly renames: readonly Rename[];
}

export function readEntityFetch(
  node: FetchNode | BatchFetchNode,
  path: readonly FlattenNodePathSegment[],
  half: HalfSchema,
  graph: GuardedGraph,
): EntityFetch {
  const operation = readFetch(node.operation);
  const nodes = new Map(
    operation.selectionSet.selections.flatMap((each) =>
      each.kind === Kind.FIELD ? [[keyOf(each), each] as const] : [],
    ),
  );
  const planned =
    node.kind === "BatchFetch"
      ? node.entityBatch.aliases.map(({ alias, representationsVariableName, ...rest }) => ({
          key: alias,
          variable: representationsVariableName,
          ...rest,
        }))
      : [{ ...node, key: "_entities", variable: "representations", paths: [path], requires: node.requires ?? [] }];
  const inputs = planned.map(({ key, variable, paths, requires, inputRewrites, outputRewrites }) => {
    const field = nodes.get(key);
    const sentTypes = readSentTypes(inputRewrites);
    const renames = readRenames(outputRewrites);
    if (!field?.selectionSet || !sentTypes || !renames)
      throw new Error(`a planned fetch from ${half.name} was not verified`);
    const selection = withOwnNames(field.selectionSet, renames);
    return {
      key,
      variable,
      node: { ...field, selectionSet: selection },
      paths: paths.length,
      gather: compileInput({ paths, requires, sentTypes, selection }, half, graph),
      renames,
    };
  });
  const variables = new Set(inputs.map(({ variable }) => variable));
  const usages = (node.variableUsages ?? []).filter((name) => !variables.has(name));
  return { half, text: node.operation, operation, usages, inputs };
}

/** Compiles a fetch of entities from a public half. */
export function compileEntityFetch({ half, text, usages, inputs }: EntityFetch, graph: GuardedGraph): Step {
  const strips = inputs.map(({ node }) => compileEntityStrip(node, half, graph));
  return async (run, root) => {
    const lots = inputs.map(({ gather }) => gather(root, run.shared));
    if (lots.every((each) => each.length === 0)) return;
    const variables = pickVariables(run.variables, usages);
    inputs.forEach(({ variable }, index) => {
      variables[variable] = lots[index]?.map(({ representation }) => representation);
    });
    const answer = await fetchPublic(run, half.name, text, variables);
    const report = reportOn(half.name, run);
    inputs.forEach(({ key, renames }, index) => {
      const own = lots[index] ?? [];
      const items = itemsFor(answer, key, own.length, report);
      for (const rename of renames) applyRename(items, rename);
      strips[index]?.(items, report);
      for (const [position, lot] of own.entries()) settleEntity(lot, items[position]);
    });
  };
}
