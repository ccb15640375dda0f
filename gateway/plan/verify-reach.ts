import type { BatchFetchNode, FetchNode, FlattenNodePathSegment, PlanNode, QueryPlan } from "@graphql-hive/router-query-planner";
import { type FieldNode, getNamedType, type GraphQLSchema, isAbstractType, isObjectType, Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from "graphql";
import { gatewayRoot } from "../../schema/identity/identity-spec.js";
import { readFetch } from "./fetch-document.js";
import type { GuardedGraph } from "./guarded-graph.js";
import { PlanRefused } from "./verify-plan.js";

/**
 * Holds a plan's identity fetches against the very text that was planned: at every place and for every type that a fetch can reach, the operation asks for that field, or
 * for one that requires it. The planner has been seen to put a type condition one level too high on a path through interfaces, and so to ask about persons that nobody
 * had asked about.
 * @throws PlanRefused with what was found.
 */
export function verifyReach(plan: QueryPlan, document: string, graph: GuardedGraph, schema: GraphQLSchema): void {
  const operation = parse(document, { noLocation: true }).definitions[0] as OperationDefinitionNode;
  const root = schema.getRootType(operation.operation)?.name ?? "Query";
  const start: readonly Place[] = [{ type: root, sets: [operation.selectionSet] }];
  const reader = new Reader(graph, schema);
  const visit = (node: PlanNode): void => {
    if (node.kind === "Sequence" || node.kind === "Parallel") for (const each of node.nodes) visit(each);
    else if (node.kind === "Flatten" && node.node.kind === "Fetch") reader.fetch(node.node, [node.path], start);
    else if (node.kind === "Condition") for (const each of [node.ifClause, node.elseClause]) if (each) visit(each);
    if (node.kind === "BatchFetch") reader.fetch(node, null, start);
  };
  if (plan.node) visit(plan.node);
}

/** An object of one type that the planned text can come to, with what is selected of it. */
interface Place {
  readonly type: string;
  readonly sets: readonly SelectionSetNode[];
}

class Reader {
  constructor(
    private readonly graph: GuardedGraph,
    private readonly schema: GraphQLSchema,
  ) {}

  fetch(node: FetchNode | BatchFetchNode, paths: readonly (readonly FlattenNodePathSegment[])[] | null, start: readonly Place[]): void {
    if (!this.graph.halves.get(node.serviceName)?.identity) return;
    for (const selection of readFetch(node.operation).selectionSet.selections) {
      if (selection.kind !== Kind.FIELD) continue;
      const own = node.kind === "BatchFetch" ? node.entityBatch.aliases.find(({ alias }) => alias === keyOf(selection))?.paths : paths;
      for (const path of own ?? []) for (const place of this.follow(path, start)) this.asked(place, selection, node.serviceName);
    }
  }

  private asked({ type, sets }: Place, entities: FieldNode, half: string): void {
    const selected = this.fieldsOf(type, sets);
    const keys = new Set(selected.map(keyOf));
    const required = new Set(selected.flatMap(({ name }) => this.requirements(type, name.value)));
    for (const field of this.fieldsOf(type, entities.selectionSet ? [entities.selectionSet] : [])) {
      const key = keyOf(field);
      if (field.name.value === "__typename" || keys.has(key) || required.has(field.name.value)) continue;
      throw new PlanRefused(`${half} is asked for ${type}.${field.name.value} at a place where the operation does not ask for it`);
    }
  }

  private follow(path: readonly FlattenNodePathSegment[], start: readonly Place[]): readonly Place[] {
    return path.reduce<readonly Place[]>((places, segment) => {
      if (segment === "@") return places;
      if ("Field" in segment) return places.flatMap((place) => this.below(place, segment.Field));
      const types = new Set(segment.TypeCondition.flatMap((type) => [type, ...this.graph.possible(type)]));
      return places.filter(({ type }) => types.has(type));
    }, start);
  }

  private below({ type, sets }: Place, key: string): readonly Place[] {
    const fields = this.fieldsOf(type, sets).filter((field) => keyOf(field) === key);
    const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    return fields.length === 0 ? [] : this.possible(type, (fields[0] as FieldNode).name.value).map((each) => ({ type: each, sets: below }));
  }

  /** Object types that a field may give; a root of the virtual half gives its entity. */
  private possible(parent: string, field: string): readonly string[] {
    const definition = this.schema.getType(parent);
    const type = isObjectType(definition) ? getNamedType(definition.getFields()[field]?.type) : undefined;
    if (!type) return Object.keys(this.schema.getTypeMap()).filter((name) => gatewayRoot(name) === field);
    return isAbstractType(type) ? this.schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];
  }

  private fieldsOf(type: string, sets: readonly SelectionSetNode[]): readonly FieldNode[] {
    return sets.flatMap(({ selections }) =>
      selections.flatMap((selection) => {
        if (selection.kind === Kind.FIELD) return [selection];
        if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
        const condition = selection.typeCondition?.name.value;
        return condition === undefined || condition === type || this.graph.possible(condition).includes(type) ? this.fieldsOf(type, [selection.selectionSet]) : [];
      }),
    );
  }

  private requirements(type: string, field: string): readonly string[] {
    return [...this.graph.halves.values()].flatMap(({ types }) => types.get(type)?.fields.get(field)?.requires ?? []);
  }
}

function keyOf(field: FieldNode): string {
  return (field.alias ?? field.name).value;
}
