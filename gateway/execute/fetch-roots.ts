import type { FetchNode } from "@graphql-hive/router-query-planner";
import { readFetch } from "../plan/fetch-document.js";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { HalfSchema } from "../plan/half-schema.js";
import { readRenames, withOwnNames } from "../plan/rename-keys.js";
import type { Data } from "./data.js";
import { fieldsIn, keyTree } from "./key-tree.js";
import { merge } from "./merge.js";
import { applyRename } from "./rename.js";
import { reportOn } from "./report.js";
import { fetchPublic, pickVariables, type Step } from "./run.js";
import { compileStrips } from "./strip.js";

/** Compiles a fetch of root fields. The virtual half's roots are there already: the stage put the entities that it begins with under them. */
export function compileRootFetch(node: FetchNode, half: HalfSchema, graph: GuardedGraph): Step {
  if (half.service === null) return async () => undefined;
  const planned = readFetch(node.operation);
  const renames = readRenames(node.outputRewrites) ?? [];
  const operation = { ...planned, selectionSet: withOwnNames(planned.selectionSet, renames) };
  const fields = fieldsIn(operation.selectionSet);
  const tree = keyTree(fields);
  const usages = node.variableUsages ?? [];
  const rootType = half.roots.get(operation.operation) ?? "";
  const strips = compileStrips(fields, [rootType], half, graph);
  return async (run, root) => {
    const key = operation.operation === "mutation" ? run.idempotencyKey : null;
    const answer = await fetchPublic(run, half.name, node.operation, pickVariables(run.variables, usages), key);
    const came: Data = {};
    for (const key of tree.keys) came[key] = answer.at(key);
    for (const rename of renames) applyRename(came, rename);
    const report = reportOn(half.name, run);
    for (const { key, strip } of strips) strip(came[key], report);
    merge(root, came, tree);
  };
}
