import type {
  BatchFetchNode,
  FetchNode,
  FlattenNodePathSegment,
  PlanNode,
  QueryPlan,
} from "@graphql-hive/router-query-planner";
import { type FieldNode, type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from "graphql";
import { readFetch } from "./fetch-document.js";
import type { GuardedGraph } from "./guarded-graph.js";
import { type Place, PlaceReader, responseKey } from "./planned-places.js";
import { PlanRefused } from "./verify-plan.js";

/**
 * Holds a plan's identity fetches against the very text that was planned. They must ask at every place, and for every type, for what the text asks there, and for nothing
 * else but what a field there requires. The planner has been seen to put a type condition one level too high on a path through interfaces: one fetch then asks about persons
 * that nobody had asked about, another leaves some out.
 * @throws PlanRefused with what was found.
 */
export function verifyReach(plan: QueryPlan, document: string, graph: GuardedGraph, schema: GraphQLSchema): void {
  const [operation] = parse(document, { noLocation: true }).definitions as readonly OperationDefinitionNode[];
  if (!operation) throw new Error("a stage's document holds no operation");
  const places = new PlaceReader(graph, schema);
  const root = places.read(schema.getRootType(operation.operation)?.name ?? "Query", [operation.selectionSet]);
  const asked = new Map<Place, Set<string>>();
  for (const { half, path, entities } of plan.node ? identityInputs(plan.node, graph) : []) {
    for (const place of places.follow(path, root)) {
      const keys = asked.get(place) ?? new Set<string>();
      asked.set(place, keys);
      for (const field of entities.selectionSet ? places.fieldsOf(place.type, entities.selectionSet) : []) {
        const { value: name } = field.name;
        if (name !== "__typename" && !wanted(field, place, graph))
          throw new PlanRefused(
            `${half} is asked for ${place.type}.${name} at a place where the operation does not ask for it`,
          );
        keys.add(responseKey(field));
      }
    }
  }
  complete(root, asked, graph);
}

function wanted(field: FieldNode, place: Place, graph: GuardedGraph): boolean {
  const key = responseKey(field);
  return place.fields.some(
    (each) => responseKey(each) === key || requirements(place.type, each.name.value, graph).includes(field.name.value),
  );
}

function requirements(type: string, field: string, { halves }: GuardedGraph): readonly string[] {
  return [...halves.values()].flatMap(({ types }) => types.get(type)?.fields.get(field)?.requires ?? []);
}

function complete(place: Place, asked: ReadonlyMap<Place, ReadonlySet<string>>, graph: GuardedGraph): void {
  for (const field of place.fields) {
    if (graph.identity.get(place.type)?.has(field.name.value) && !asked.get(place)?.has(responseKey(field)))
      throw new PlanRefused(`${place.type}.${field.name.value} is asked for and not fetched`);
  }
  for (const places of place.below.values()) for (const each of places) complete(each, asked, graph);
}

interface IdentityInput {
  readonly half: string;
  readonly path: readonly FlattenNodePathSegment[];
  readonly entities: FieldNode;
}

function identityInputs(node: PlanNode, graph: GuardedGraph): readonly IdentityInput[] {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return node.nodes.flatMap((each) => identityInputs(each, graph));
    case "Condition":
      return [node.ifClause, node.elseClause].flatMap((each) => (each ? identityInputs(each, graph) : []));
    case "Flatten":
      return node.node.kind === "Fetch" ? inputsOf(node.node, () => [node.path], graph) : [];
    case "BatchFetch":
      return inputsOf(node, (key) => node.entityBatch.aliases.find(({ alias }) => alias === key)?.paths ?? [], graph);
    default:
      return [];
  }
}

function inputsOf(
  node: FetchNode | BatchFetchNode,
  pathsOf: (key: string) => readonly (readonly FlattenNodePathSegment[])[],
  graph: GuardedGraph,
): readonly IdentityInput[] {
  if (!graph.halves.get(node.serviceName)?.identity) return [];
  return readFetch(node.operation).selectionSet.selections.flatMap((entities) =>
    entities.kind === Kind.FIELD
      ? pathsOf(responseKey(entities)).map((path) => ({ half: node.serviceName, path, entities }))
      : [],
  );
}
