import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { type FieldNode, Kind, print, type SelectionNode, type SelectionSetNode } from "graphql";
import { readFetch, typeName } from "./fetch-document.js";
import type { GuardedGraph } from "./guarded-graph.js";
import type { HalfSchema } from "./half-schema.js";
import { mapFetches } from "./plan-inputs.js";

/**
 * Takes out of each text what can never apply in the half it goes to, and would make that half refuse the whole: where one subgraph gives a `Book` and another a `Media`
 * for a field, the planner asks the first for other media too.
 */
export function fitPlan(plan: QueryPlan, graph: GuardedGraph): QueryPlan {
  if (!plan.node) return plan;
  const node = mapFetches(plan.node, (fetch) => {
    const half = graph.halves.get(fetch.serviceName);
    if (!half) return fetch;
    const operation = readFetch(fetch.operation);
    const { selectionSet } = operation;
    const fitted = fit(selectionSet, half.roots.get(operation.operation) ?? null, half);
    return fitted === selectionSet ? fetch : { ...fetch, operation: print({ ...operation, selectionSet: fitted }) };
  });
  return { ...plan, node };
}

/** The same selections where all of them fit. `type`: null where it is not known. */
function fit(set: SelectionSetNode, type: string | null, half: HalfSchema): SelectionSetNode {
  let changed = false;
  const selections = set.selections.flatMap((selection): readonly SelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return [selection];
    const below =
      selection.kind === Kind.FIELD ? fieldType(type, selection, half) : selection.typeCondition?.name.value;
    if (selection.kind === Kind.INLINE_FRAGMENT && below && type && !overlap(type, below, half)) {
      changed = true;
      return [];
    }
    const fitted = fit(selection.selectionSet, below ?? (selection.kind === Kind.FIELD ? null : type), half);
    if (fitted === selection.selectionSet) return [selection];
    changed = true;
    return [{ ...selection, selectionSet: fitted }];
  });
  if (!changed) return set;
  return { ...set, selections: selections.length > 0 ? selections : [typeName] };
}

function fieldType(type: string | null, field: FieldNode, { types }: HalfSchema): string | null {
  return types.get(type ?? "")?.fields.get(field.name.value)?.type ?? null;
}

/** Whether an object may be of both types; true where the half does not know what they are. */
function overlap(one: string, other: string, { types }: HalfSchema): boolean {
  const [a, b] = [types.get(one)?.possible, types.get(other)?.possible];
  return one === other || !a?.size || !b?.size || [...a].some((type) => b.has(type));
}
