import type { PlanNode, QueryPlan } from "@graphql-hive/router-query-planner";
import type { FieldNode, GraphQLSchema, SelectionSetNode } from "graphql";
import { FetchedPlaces, placesOf } from "./fetched-places.js";
import type { GuardedGraph } from "./guarded-graph.js";
import { type Input, inputsOf } from "./plan-inputs.js";
import { type Place, PlaceReader, readText, responseKey } from "./planned-places.js";
import { PlanRefused } from "./verify-plan.js";

/** Identity fields that a fetch asks for and the operation does not select there: they are fetched to be sent on. By `reachKey`, the services they go to. */
export type SentOn = ReadonlyMap<string, ReadonlySet<string>>;

/** Names a response key of a type, where one of the paths of a list of representations leads to it. */
export const reachKey = (entities: string, path: number, type: string, key: string): string =>
  `${entities} ${path} ${type} ${key}`;

/**
 * Holds a plan against the very text that was planned. Every field of the text must be fetched at every place, and for every type, where it stands; and identity fields nowhere
 * else, but where a field there requires them. The planner has been seen to put a type condition one level too high on a path through interfaces: one fetch then asks about
 * persons that nobody had asked about, another leaves some out. It has also been seen to forget all implementations of an interface but one.
 * `named`: what an object is counts like any other field, as where the planner was not asked for it.
 * @returns for every fetch what it asks for to be sent on to another subgraph, and for nothing else.
 * @throws PlanRefused with what was found.
 */
export function verifyReach(
  plan: QueryPlan,
  document: string,
  graph: GuardedGraph,
  schema: GraphQLSchema,
  named = false,
): ReadonlyMap<PlanNode, SentOn> {
  const reader = new PlaceReader(graph, schema);
  const { root } = readText(document, reader);
  const sentOn = new Map<PlanNode, Map<string, ReadonlySet<string>>>();
  const inputs = plan.node ? inputsOf(plan.node, graph) : [];
  for (const input of inputs) {
    const { service, selection, entities } = input;
    const half = graph.halves.get(service);
    if (!half) throw new PlanRefused(`there is no half ${service}`);
    const places = placesOf(input, root, reader);
    if (half.identity) refuseUnasked(places, selection, service, reader, graph);
    if (half.identity && entities !== null) {
      const ofNode = sentOn.get(input.node) ?? new Map<string, ReadonlySet<string>>();
      sentOn.set(input.node, ofNode);
      for (const [name, services] of sentOnBy(places, input, reader, graph)) ofNode.set(name, services);
    }
  }
  const fetched = FetchedPlaces.of(inputs, root, reader, graph);
  const [missing] = [...fetched.missing(), ...(named ? fetched.unnamed() : [])];
  if (missing) throw new PlanRefused(`${missing.place.type}.${missing.field.name.value} is asked for and not fetched`);
  return sentOn;
}

/** What one path brings of identity fields that no place it leads to selects, and the services of the fields there that require them. */
function sentOnBy(
  places: readonly Place[],
  { entities, index, selection }: Input,
  reader: PlaceReader,
  graph: GuardedGraph,
): ReadonlyMap<string, ReadonlySet<string>> {
  const selected = new Set<string>();
  const needed = new Map<string, Set<string>>();
  for (const place of places) {
    for (const field of reader.fieldsOf(place.type, selection)) {
      const key = responseKey(field);
      const name = reachKey(entities ?? "", index, place.type, key);
      if (place.fields.some((each) => responseKey(each) === key)) selected.add(name);
      else if (field.name.value !== "__typename")
        needed.set(name, receivers(field.name.value, place, graph, needed.get(name)));
    }
  }
  for (const name of selected) needed.delete(name);
  return needed;
}

/** The services of the fields at a place that require this one. */
function receivers(name: string, { type, fields }: Place, graph: GuardedGraph, known = new Set<string>()): Set<string> {
  for (const { half, needs } of fields.flatMap((field) => graph.identity.get(type)?.get(field.name.value) ?? [])) {
    const service = graph.halves.get(half)?.service;
    if (service && needs?.includes(`${type}.${name}`)) known.add(service);
  }
  return known;
}

function refuseUnasked(
  places: readonly Place[],
  selection: SelectionSetNode,
  half: string,
  reader: PlaceReader,
  graph: GuardedGraph,
): void {
  for (const place of places) {
    for (const field of reader.fieldsOf(place.type, selection)) {
      const { value: name } = field.name;
      if (name !== "__typename" && !wanted(field, place, graph))
        throw new PlanRefused(
          `${half} is asked for ${place.type}.${name} at a place where the operation does not ask for it`,
        );
    }
  }
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
