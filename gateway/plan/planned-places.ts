import type { FlattenNodePathSegment } from "@graphql-hive/router-query-planner";
import {
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from "graphql";
import { gatewayRoot } from "../../schema/identity/identity-spec.js";
import { standingFor } from "./collect-fields.js";
import type { GuardedGraph } from "./guarded-graph.js";

/** Objects of one type that a planned text can come to, by one chain of keys and types, with what the text selects of them. */
export interface Place {
  readonly type: string;
  readonly fields: readonly FieldNode[];
  /** Below each composite field, by response key: a place for every object type that it may give. */
  readonly below: ReadonlyMap<string, readonly Place[]>;
}

/** Reads the places of planned texts. */
export class PlaceReader {
  constructor(
    private readonly graph: GuardedGraph,
    private readonly schema: GraphQLSchema,
  ) {}

  root({ operation, selectionSet }: OperationDefinitionNode): Place {
    return this.read(this.schema.getRootType(operation)?.name ?? "Query", [selectionSet]);
  }

  read(type: string, sets: readonly SelectionSetNode[]): Place {
    const fields = sets.flatMap((set) => this.fieldsOf(type, set));
    const below = new Map<string, readonly Place[]>();
    for (const field of fields) {
      const key = responseKey(field);
      if (!field.selectionSet || below.has(key)) continue;
      const same = fields.flatMap((each) =>
        responseKey(each) === key && each.selectionSet ? [each.selectionSet] : [],
      );
      below.set(
        key,
        this.possible(type, field.name.value).map((each) => this.read(each, same)),
      );
    }
    return { type, fields, below };
  }

  /** The places that a plan's path leads to. */
  follow(path: readonly FlattenNodePathSegment[], root: Place): readonly Place[] {
    return path.reduce<readonly Place[]>(
      (places, segment) => {
        if (segment === "@") return places;
        if ("Field" in segment) return places.flatMap(({ below }) => below.get(segment.Field) ?? []);
        const types = new Set(segment.TypeCondition.flatMap((type) => [type, ...this.graph.possible(type)]));
        return places.filter(({ type }) => types.has(type));
      },
      [root],
    );
  }

  /** The fields of a selection that apply to an object type. */
  fieldsOf(type: string, set: SelectionSetNode): readonly FieldNode[] {
    return set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
      const condition = selection.typeCondition?.name.value;
      const applies = condition === undefined || condition === type || this.graph.possible(condition).includes(type);
      return applies ? this.fieldsOf(type, selection.selectionSet) : [];
    });
  }

  /** Object types that a field may give; a root of the virtual half gives its entity. */
  private possible(parent: string, field: string): readonly string[] {
    const definition = this.schema.getType(parent);
    const type =
      isObjectType(definition) || isInterfaceType(definition)
        ? getNamedType(definition.getFields()[field]?.type)
        : undefined;
    if (!type) return Object.keys(this.schema.getTypeMap()).filter((name) => gatewayRoot(name) === field);
    return isCompositeType(type) ? standingFor(type, this.schema).map(({ name }) => name) : [type.name];
  }
}

/** The places of a stage's document, and the variables it declares. */
export function readText(
  document: string,
  reader: PlaceReader,
): { readonly root: Place; readonly definitions: readonly VariableDefinitionNode[] } {
  const [operation] = parse(document, { noLocation: true }).definitions as readonly OperationDefinitionNode[];
  if (!operation) throw new Error("a stage's document holds no operation");
  return { root: reader.root(operation), definitions: operation.variableDefinitions ?? [] };
}

export function responseKey(field: FieldNode): string {
  return (field.alias ?? field.name).value;
}
