import {
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isAbstractType,
  isObjectType,
} from "graphql";
import { factsField, identityDirective } from "./identity-spec.js";
import { rowsOf } from "./rows.js";
import { directivesNamed, type FieldsNode, fieldNamed, hasFields, textArgument, topFields } from "./sdl-nodes.js";
import { isRootType, type Subgraph } from "./subgraph.js";

/** One application of `@identity`, as written; the lint judges it, the split believes it. */
export interface Mark {
  readonly subgraph: Subgraph;
  readonly owner: FieldsNode;
  readonly type: string;
  readonly field: string;
  readonly node: FieldDefinitionNode;
  readonly category: string | null;
  /** The path as written, split at its dots; empty: the parent is the subject. */
  readonly subjectPath: readonly string[];
  readonly at: string | null;
  /** As written: by what a root field searches. */
  readonly identifier: string | null;
  /** Names of the fields of the same type, of other subgraphs, that it requires. */
  readonly requires: readonly string[];
}

export function coordinateOf(mark: { readonly type: string; readonly field: string }): string {
  return `${mark.type}.${mark.field}`;
}

/** Every `@identity` of a subgraph, on interfaces too, in the order of the SDL. */
export function marksOf(subgraph: Subgraph): readonly Mark[] {
  return [...subgraph.types.values()].filter(hasFields).flatMap((owner) =>
    (owner.fields ?? []).flatMap((node) =>
      directivesNamed(node, identityDirective).map((directive) => ({
        subgraph,
        owner,
        type: owner.name.value,
        field: node.name.value,
        node,
        category: textArgument(directive, "category"),
        subjectPath: textArgument(directive, "subject")?.split(".") ?? [],
        at: textArgument(directive, "at"),
        identifier: textArgument(directive, "identifier"),
        requires: directivesNamed(node, "requires").flatMap((each) => topFields(textArgument(each, "fields") ?? "")),
      })),
    ),
  );
}

/** The coordinates that a subgraph marks, those of an interface whose implementations mark the field included. */
export function markedCoordinates(subgraph: Subgraph): ReadonlySet<string> {
  const marked = new Set(marksOf(subgraph).map(coordinateOf));
  for (const type of subgraph.types.values()) {
    if (!hasFields(type)) continue;
    for (const implemented of type.interfaces ?? [])
      for (const field of type.fields ?? []) {
        const coordinate = `${implemented.name.value}.${field.name.value}`;
        if (
          marked.has(`${type.name.value}.${field.name.value}`) &&
          fieldNamed(subgraph.types.get(implemented.name.value), field.name.value)
        )
          marked.add(coordinate);
      }
  }
  return marked;
}

/** The field by which the subject is named; undefined where the parent is the subject, or the path leads nowhere. */
export function subjectField(mark: Mark): GraphQLField<unknown, unknown> | undefined {
  const parent = mark.subgraph.schema.getType(mark.type);
  const [step] = mark.subjectPath;
  return isObjectType(parent) && step !== undefined ? parent.getFields()[step] : undefined;
}

/** The type of the persons that a marked root finds: the rows of its connection; null where there are none. */
export function foundType({ subgraph, type, field }: Mark): string | null {
  const root = subgraph.schema.getType(type);
  const found = isObjectType(root) ? root.getFields()[field] : undefined;
  const rows = found && rowsOf(found.type);
  return rows?.kind === "CONNECTION" ? rows.type : null;
}

/** The object types that the subject of a mark may have. */
export function subjectTypes(mark: Mark): readonly string[] {
  if (isRootType(mark.type)) return [foundType(mark) ?? []].flat();
  if (mark.subjectPath.length === 0) return [mark.type];
  const field = subjectField(mark);
  return field ? possibleTypes(mark.subgraph, getNamedType(field.type)) : [];
}

/** The object types that a value of this type may have; empty for leaves. */
export function possibleTypes(subgraph: Subgraph, type: GraphQLNamedType): readonly string[] {
  if (isAbstractType(type)) return subgraph.schema.getPossibleTypes(type).map((possible) => possible.name);
  return isObjectType(type) ? [type.name] : [];
}

/** True where a type carries the facts of jurisdiction in this subgraph. */
export function hasFacts(subgraph: Subgraph, type: string): boolean {
  return fieldNamed(subgraph.types.get(type), factsField) !== undefined;
}
