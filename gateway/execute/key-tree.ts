import { type FieldNode, Kind, type SelectionSetNode } from "graphql";

/** The response keys of a selection, fragments put together: what of an answer is taken over, and nothing else. */
export interface KeyTree {
  readonly keys: readonly string[];
  /** By position: what stands below the key; null for leaves. */
  readonly below: readonly (KeyTree | null)[];
  /** True where nothing stands below any key. */
  readonly flat: boolean;
}

export function keyOf(field: FieldNode): string {
  return (field.alias ?? field.name).value;
}

/** Every field in a selection set, also those in its fragments; `applies` says which type conditions hold. */
export function fieldsIn(
  set: SelectionSetNode | undefined,
  applies: (type: string) => boolean = () => true,
): FieldNode[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.FRAGMENT_SPREAD)
      throw new Error("fragments are put in place before a fetch is compiled");
    return !selection.typeCondition || applies(selection.typeCondition.name.value)
      ? fieldsIn(selection.selectionSet, applies)
      : [];
  });
}

/** The fields of an `_entities` selection, each with the type condition that it stands under. */
export function typedFields(
  set: SelectionSetNode | undefined,
  type = "",
): { readonly type: string; readonly field: FieldNode }[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [{ type, field: selection }];
    return selection.kind === Kind.INLINE_FRAGMENT
      ? typedFields(selection.selectionSet, selection.typeCondition?.name.value ?? type)
      : [];
  });
}

/** Builds the tree of some fields; fields with the same key are one. */
export function keyTree(fields: readonly FieldNode[]): KeyTree {
  const byKey = new Map<string, FieldNode[]>();
  for (const field of fields) byKey.set(keyOf(field), [...(byKey.get(keyOf(field)) ?? []), field]);
  const below = [...byKey.values()].map((same) => {
    const nested = same.flatMap((field) => fieldsIn(field.selectionSet));
    return nested.length > 0 ? keyTree(nested) : null;
  });
  return { keys: [...byKey.keys()], below, flat: below.every((each) => each === null) };
}
