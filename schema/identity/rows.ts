import {
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
} from "graphql";

/**
 * Where the rows of an identity field stand in its value: the nodes of a connection (`nodes`, and `edges { node }` where it has them), the items of a list,
 * or the one object itself. The field that `at` names belongs to `type`.
 */
export interface Rows {
  readonly kind: "CONNECTION" | "LIST" | "OBJECT";
  /** The type of a row. */
  readonly type: string;
  /** Whether the connection has `nodes`, and `edges { node }`; false for the other kinds. */
  readonly nodes: boolean;
  readonly edges: boolean;
}

/** Resolves the rows of a field by its type; null where its values have none (a leaf, or a list of lists). */
export function rowsOf(type: GraphQLOutputType): Rows | null {
  const value = getNullableType(type);
  if (isListType(value)) {
    const item = getNullableType(value.ofType);
    return isCompositeType(item) ? { kind: "LIST", type: item.name, nodes: false, edges: false } : null;
  }
  if (!isCompositeType(value)) return null;
  if (isObjectType(value)) {
    const { nodes, edges } = value.getFields();
    const edge = edges && getNamedType(edges.type);
    const node = isObjectType(edge) ? edge.getFields().node : undefined;
    const row = nodes ?? node;
    const item = row && getNamedType(row.type);
    if (isCompositeType(item) && isListType(getNullableType((nodes ?? edges)?.type)))
      return { kind: "CONNECTION", type: item.name, nodes: nodes !== undefined, edges: node !== undefined };
  }
  return { kind: "OBJECT", type: value.name, nodes: false, edges: false };
}

/** True where a row's type has a field of this name, a single value without arguments: what `at` may name. */
export function isRowField(rowType: unknown, field: string): boolean {
  if (!isObjectType(rowType) && !isInterfaceType(rowType)) return false;
  const found = rowType.getFields()[field];
  return found !== undefined && found.args.length === 0 && !isListType(getNullableType(found.type));
}
