import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** A text somewhere in the data of an answer, and what the operation says of that place. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly text: string;
  /** Coordinate of the identity field at or above it, below the nearest entity; null: an open place. */
  readonly identity: string | null;
  /** Coordinates that the selections at this place may stand for. */
  readonly coordinates: readonly string[];
  /** The nearest entity: its type and its id, as far as the operation asked for it. */
  readonly entity: { readonly type: string; readonly id: string } | null;
}

export interface Reading {
  readonly schema: GraphQLSchema;
  readonly identityFields: ReadonlySet<string>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

type Above = Pick<Place, "path" | "identity" | "coordinates" | "entity">;
interface Selected {
  readonly parent: GraphQLCompositeType;
  readonly node: FieldNode;
}

/** Every text in the data of an answer. Where the operation does not fix the type of an object, a place counts for every type that it may have. */
export function placesIn(reading: Reading, operation: OperationDefinitionNode, data: unknown): readonly Place[] {
  const root = reading.schema.getRootType(operation.operation);
  if (!root) throw new Error(`the schema has no ${operation.operation}`);
  const places: Place[] = [];
  object(
    reading,
    places,
    { path: [], identity: null, coordinates: [], entity: null },
    data,
    [root],
    [operation.selectionSet],
  );
  return places;
}

function object(
  reading: Reading,
  places: Place[],
  above: Above,
  data: unknown,
  types: readonly GraphQLCompositeType[],
  sets: readonly SelectionSetNode[],
): void {
  if (data === null) return;
  if (Array.isArray(data)) {
    data.forEach((item, index) => {
      object(reading, places, { ...above, path: [...above.path, index] }, item, types, sets);
    });
    return;
  }
  if (typeof data !== "object") throw new Error(`no object at ${above.path.join(".")}`);
  const record = data as Readonly<Record<string, unknown>>;
  const runtime = runtimeType(reading, record, types, sets);
  const selectedAs = (key: string): readonly Selected[] => selected(reading, runtime, sets, key);
  const entity = types.some(isEntity);
  const id = selectedAs("id").every(({ node }) => node.name.value === "id") ? record.id : undefined;
  const here: Above = entity
    ? {
        ...above,
        identity: null,
        entity: typeof id === "string" && runtime.length === 1 ? { type: runtime[0]?.name ?? "", id } : null,
      }
    : above;
  for (const [key, value] of Object.entries(record)) {
    const fields = selectedAs(key);
    const coordinates = fields.flatMap(({ parent, node }) =>
      concrete(reading, parent).map((type) => `${type.name}.${node.name.value}`),
    );
    const identity = coordinates.find((coordinate) => reading.identityFields.has(coordinate)) ?? here.identity;
    const place: Above = { path: [...here.path, key], identity, coordinates, entity: here.entity };
    const below = fields.flatMap(({ parent, node }) => {
      const field = "getFields" in parent ? parent.getFields()[node.name.value] : undefined;
      const type = field && getNamedType(field.type);
      return type && isCompositeType(type) ? [type] : [];
    });
    if (below.length > 0)
      object(
        reading,
        places,
        place,
        value,
        below,
        fields.flatMap(({ node }) => node.selectionSet ?? []),
      );
    else for (const text of texts(value)) places.push({ ...place, text });
  }
}

/** An entity: data of one person end where another entity begins. */
function isEntity(type: GraphQLCompositeType): boolean {
  return type.name === "Node" || (!("getTypes" in type) && type.getInterfaces().some(({ name }) => name === "Node"));
}

/** The object types that the data may have here; one, where the operation asked for `__typename` under its own name. */
function runtimeType(
  reading: Reading,
  record: Readonly<Record<string, unknown>>,
  types: readonly GraphQLCompositeType[],
  sets: readonly SelectionSetNode[],
): readonly GraphQLCompositeType[] {
  const possible = [...new Set(types.flatMap((type) => concrete(reading, type)))];
  if (possible.length === 1) return possible;
  const honest = selected(reading, possible, sets, "__typename").every(({ node }) => node.name.value === "__typename");
  const named = honest ? possible.filter(({ name }) => name === record.__typename) : [];
  return named.length > 0 ? named : possible;
}

function concrete({ schema }: Reading, type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
}

/** The fields that answer under a key for any of these types. */
function selected(
  reading: Reading,
  types: readonly GraphQLCompositeType[],
  sets: readonly SelectionSetNode[],
  key: string,
): readonly Selected[] {
  const found: Selected[] = [];
  const visit = (type: GraphQLCompositeType, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if ((selection.alias ?? selection.name).value === key) found.push({ parent: type, node: selection });
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? reading.fragments.get(selection.name.value) : selection;
      if (!fragment) throw new Error("a fragment is missing");
      const condition = fragment.typeCondition && reading.schema.getType(fragment.typeCondition.name.value);
      if (!condition || applies(reading, condition as GraphQLCompositeType, type)) visit(type, fragment.selectionSet);
    }
  };
  for (const type of types) for (const set of sets) visit(type, set);
  return found;
}

function applies({ schema }: Reading, condition: GraphQLCompositeType, type: GraphQLCompositeType): boolean {
  if (condition === type) return true;
  return (
    isAbstractType(condition) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(condition, type)
  );
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)]);
}
