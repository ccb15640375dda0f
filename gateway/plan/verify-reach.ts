import type {
  BatchFetchNode,
  FetchNode,
  FlattenNodePathSegment,
  OutputRewrite,
  PlanNode,
  QueryPlan,
  RequiresSelection,
} from "@graphql-hive/router-query-planner";
import {
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from "graphql";
import { readFetch } from "./fetch-document.js";
import type { GuardedGraph } from "./guarded-graph.js";
import type { HalfSchema } from "./half-schema.js";
import { type Place, PlaceReader, responseKey } from "./planned-places.js";
import { readRenames, withOwnNames } from "./rename-keys.js";
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
 * @returns for every fetch what it asks for to be sent on to another subgraph, and for nothing else.
 * @throws PlanRefused with what was found.
 */
export function verifyReach(
  plan: QueryPlan,
  document: string,
  graph: GuardedGraph,
  schema: GraphQLSchema,
): ReadonlyMap<PlanNode, SentOn> {
  const [operation] = parse(document, { noLocation: true }).definitions as readonly OperationDefinitionNode[];
  if (!operation) throw new Error("a stage's document holds no operation");
  const reader = new PlaceReader(graph, schema);
  const root = reader.read(schema.getRootType(operation.operation)?.name ?? "Query", [operation.selectionSet]);
  const fetched = new Fetched(root, reader, graph);
  const sentOn = new Map<PlanNode, Map<string, ReadonlySet<string>>>();
  for (const input of plan.node ? inputsOf(plan.node, graph) : []) {
    const { service, path, types, selection, entities } = input;
    const half = graph.halves.get(service);
    if (!half) throw new PlanRefused(`there is no half ${service}`);
    const places = reader.follow(path, root).filter(({ type }) => types === null || types.has(type));
    if (half.identity) refuseUnasked(places, selection, service, reader, graph);
    if (half.identity && entities !== null) {
      const ofNode = sentOn.get(input.node) ?? new Map<string, ReadonlySet<string>>();
      sentOn.set(input.node, ofNode);
      for (const [name, services] of sentOnBy(places, input, reader, graph)) ofNode.set(name, services);
    }
    fetched.add(places, selection, half);
  }
  fetched.refuseMissing();
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

/** What the fetches of a plan bring, by place; only places count at which the half that was asked can have anything. */
class Fetched {
  readonly #keys: Map<Place, Set<string>>;

  constructor(
    private readonly root: Place,
    private readonly reader: PlaceReader,
    private readonly graph: GuardedGraph,
  ) {
    this.#keys = new Map([[root, new Set()]]);
  }

  add(places: readonly Place[], selection: SelectionSetNode, half: HalfSchema): void {
    for (const place of places) {
      const keys = this.#keys.get(place) ?? new Set<string>();
      this.#keys.set(place, keys);
      for (const field of this.reader.fieldsOf(place.type, selection)) {
        keys.add(responseKey(field));
        const below = place.below.get(responseKey(field)) ?? [];
        if (!field.selectionSet || below.length === 0) continue;
        const possible = this.possible(place.type, field.name.value, half);
        this.add(
          below.filter(({ type }) => possible === null || possible.has(type)),
          field.selectionSet,
          half,
        );
      }
    }
  }

  /** Object types that a half can answer a field with; null where it does not know what they are. */
  private possible(parent: string, field: string, half: HalfSchema): ReadonlySet<string> | null {
    const { types } = half;
    const known =
      types.get(parent) ?? [...types.values()].find(({ name }) => this.graph.possible(name).includes(parent));
    const type = types.get(known?.fields.get(field)?.type ?? "");
    return !type || (type.possible.has(type.name) && type.standsForMany) ? null : type.possible;
  }

  refuseMissing(place: Place = this.root): void {
    const keys = this.#keys.get(place);
    if (!keys) return;
    for (const field of place.fields) {
      const { value: name } = field.name;
      if (name !== "__typename" && !keys.has(responseKey(field)))
        throw new PlanRefused(`${place.type}.${name} is asked for and not fetched`);
    }
    for (const places of place.below.values()) for (const each of places) this.refuseMissing(each);
  }
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

/** What one fetch brings to one path: for objects of these types alone (null: of all), this selection. */
interface Input {
  readonly node: PlanNode;
  readonly service: string;
  readonly path: readonly FlattenNodePathSegment[];
  readonly types: ReadonlySet<string> | null;
  readonly selection: SelectionSetNode;
  /** Response key of its `_entities`; null for root fields. */
  readonly entities: string | null;
  /** Which of the paths to these entities it is, from 0. */
  readonly index: number;
}

function inputsOf(node: PlanNode, graph: GuardedGraph): readonly Input[] {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return node.nodes.flatMap((each) => inputsOf(each, graph));
    case "Condition":
      return [node.ifClause, node.elseClause].flatMap((each) => (each ? inputsOf(each, graph) : []));
    case "Fetch": {
      const selection = withOwnNames(readFetch(node.operation).selectionSet, readRenames(node.outputRewrites) ?? []);
      return [{ node, service: node.serviceName, path: [], types: null, selection, entities: null, index: 0 }];
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
  return readFetch(node.operation).selectionSet.selections.flatMap((field) => {
    if (field.kind !== Kind.FIELD || !field.selectionSet) return [];
    const entities = responseKey(field);
    const input = inputOf(entities);
    if (!input) return [];
    const selection = withOwnNames(field.selectionSet, readRenames(input.outputRewrites) ?? []);
    const types = typesIn(input.requires, graph);
    const { serviceName: service } = node;
    return input.paths.map((path, index) => ({ node, service, path, types, selection, entities, index }));
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
