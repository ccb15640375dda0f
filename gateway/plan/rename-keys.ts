import type { FetchNodePathSegment, OutputRewrite } from "@graphql-hive/router-query-planner";
import { type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from "graphql";

/** A response key of the planner's own that stands for a field's name, where two types have fields of that name and different forms. */
export interface Rename {
  readonly path: readonly FetchNodePathSegment[];
  /** The field's own name. */
  readonly to: string;
}

/** Reads the rewrites of a fetch; null where one is no renaming of keys. */
export function readRenames(rewrites: readonly OutputRewrite[] | null | undefined): readonly Rename[] | null {
  const renames: Rename[] = [];
  for (const rewrite of rewrites ?? []) {
    if (!("KeyRenamer" in rewrite)) return null;
    renames.push({ path: rewrite.KeyRenamer.path, to: rewrite.KeyRenamer.renameKeyTo });
  }
  return renames;
}

/** The fields that a rename means. A type in its path is that of a fragment, which may stand in others: the planner shares one fragment on a union between selections. */
export function renamedFields(
  set: SelectionSetNode | undefined,
  { path: [segment, ...rest], to }: Rename,
): readonly FieldNode[] {
  if (segment === undefined) return [];
  return (set?.selections ?? []).flatMap((selection): readonly FieldNode[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const narrows =
        "TypenameEquals" in segment && segment.TypenameEquals.includes(selection.typeCondition?.name.value ?? "");
      return renamedFields(selection.selectionSet, { path: narrows ? rest : [segment, ...rest], to });
    }
    if (selection.kind !== Kind.FIELD || !("Key" in segment) || keyOf(selection) !== segment.Key) return [];
    return rest.length === 0 ? [selection] : renamedFields(selection.selectionSet, { path: rest, to });
  });
}

/** The selections with the renamed fields under their own names, as the answer has them once it is renamed. */
export function withOwnNames(set: SelectionSetNode, renames: readonly Rename[]): SelectionSetNode {
  const renamed = new Set(renames.flatMap((rename) => renamedFields(set, rename)));
  const own = (selection: SelectionNode): SelectionNode => {
    if (selection.kind === Kind.FIELD && renamed.has(selection)) return { ...selection, alias: undefined };
    return selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet
      ? { ...selection, selectionSet: inside(selection.selectionSet) }
      : selection;
  };
  const inside = (each: SelectionSetNode): SelectionSetNode => ({ ...each, selections: each.selections.map(own) });
  return renames.length === 0 ? set : inside(set);
}

/** The `_entities` of a fetch; of a batch, the one under this key. */
export function entitiesIn({ selections }: SelectionSetNode, key = "_entities"): FieldNode | undefined {
  return selections.find((each): each is FieldNode => each.kind === Kind.FIELD && keyOf(each) === key);
}

function keyOf(field: FieldNode): string {
  return (field.alias ?? field.name).value;
}
