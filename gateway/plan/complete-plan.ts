import type { BatchFetchNode, FetchNode, PlanNode, QueryPlan } from "@graphql-hive/router-query-planner";
import {
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from "graphql";
import { typeName } from "./fetch-document.js";
import { FetchedPlaces } from "./fetched-places.js";
import type { GuardedGraph } from "./guarded-graph.js";
import type { HalfSchema } from "./half-schema.js";
import { inputsOf, mapFetches } from "./plan-inputs.js";
import { type Place, PlaceReader, readText, responseKey } from "./planned-places.js";

/**
 * Asks for what the planner forgot of some object types: where several subgraphs share a field that gives a union or an interface, it takes only the types that all of
 * them know, though the one it asks tells of its others too. A forgotten field is added to the very fetch that brings its object, where that half is a public one and
 * can answer it, and everything below it, by itself. What is missing still is refused by `verifyReach`.
 */
export function completePlan(plan: QueryPlan, document: string, graph: GuardedGraph, schema: GraphQLSchema): QueryPlan {
  if (!plan.node) return plan;
  const reader = new PlaceReader(graph, schema);
  const { root, definitions } = readText(document, reader);
  const fetched = FetchedPlaces.of(inputsOf(plan.node, graph), root, reader, graph);
  const additions = new Map<SelectionSetNode, SelectionNode[]>();
  const changed = new Map<PlanNode, OperationDefinitionNode>();
  for (const { place, field, sources } of fetched.missing()) {
    for (const { half, input, selection } of sources) {
      const answered = place === root ? null : answer(place, field, half, graph);
      if (answered === null) continue;
      additions.set(selection, [...(additions.get(selection) ?? []), onType(place.type, [answered])]);
      changed.set(input.node, input.operation);
    }
  }
  if (changed.size === 0) return plan;
  const node = mapFetches(plan.node, (fetch) => {
    const operation = changed.get(fetch);
    return operation ? rewritten(fetch, operation, additions, definitions) : fetch;
  });
  return { ...plan, node };
}

/** A field as a half can answer it with all that is selected below it; null where it cannot. */
function answer({ type, below }: Place, field: FieldNode, half: HalfSchema, graph: GuardedGraph): FieldNode | null {
  const defined = half.types.get(type)?.fields.get(field.name.value);
  if (half.identity || !defined || defined.external || defined.requires.length > 0) return null;
  if (isGivenAway(type, defined.name, half, graph)) return null;
  if (!field.selectionSet) return field;
  const value = half.types.get(defined.type);
  const known = (below.get(responseKey(field)) ?? []).filter((place) => value?.possible.has(place.type));
  const parts: SelectionNode[] = [typeName];
  for (const place of known) {
    const fields = place.fields.map((each) =>
      each.name.value === "__typename" ? each : answer(place, each, half, graph),
    );
    if (fields.some((each) => each === null)) return null;
    parts.push(onType(place.type, fields as FieldNode[]));
  }
  return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections: parts } };
}

function isGivenAway(type: string, field: string, half: HalfSchema, { halves }: GuardedGraph): boolean {
  return [...halves.values()].some(({ types }) => types.get(type)?.fields.get(field)?.overrides === half.name);
}

function onType(type: string, selections: readonly SelectionNode[]): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

/** A fetch with the additions in its text, and the variables that they use. */
function rewritten<Fetch extends FetchNode | BatchFetchNode>(
  fetch: Fetch,
  operation: OperationDefinitionNode,
  additions: ReadonlyMap<SelectionSetNode, readonly SelectionNode[]>,
  definitions: readonly VariableDefinitionNode[],
): Fetch {
  const added = visit(operation, {
    SelectionSet(set) {
      const more = additions.get(set);
      return more && { ...set, selections: [...set.selections, ...more] };
    },
  });
  const variables = new Set(fetch.variableUsages);
  visit(added.selectionSet, { Variable: ({ name }) => void variables.add(name.value) });
  const known = operation.variableDefinitions ?? [];
  const declared = new Set(known.map(({ variable }) => variable.name.value));
  const missing = definitions.filter(
    ({ variable: { name } }) => variables.has(name.value) && !declared.has(name.value),
  );
  const text = print({ ...added, variableDefinitions: [...known, ...missing] });
  return { ...fetch, operation: text, variableUsages: [...variables] };
}
