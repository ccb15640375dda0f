import { getNullableType, isListType } from "graphql";
import { coordinateOf, type Mark, marksOf, subjectField } from "../marks.js";
import { hasDirective } from "../sdl-nodes.js";
import { isRootType, type Subgraph } from "../subgraph.js";
import { allMarked, type FieldPlace, fieldSetsOf, fieldsOf } from "./graph-fields.js";
import type { LintRule } from "./rule.js";

/** Who the data is about must be said by one field of one subgraph; whoever could answer that field instead would choose the person that is decided about. */
export const subjectPath: LintRule = {
  name: "subject-path",
  check: (subgraphs) => {
    const marked = allMarked(subgraphs);
    const provided = new Set(fieldSetsOf(subgraphs, "provides").flatMap((set) => set.selects));
    const places = fieldsOf(subgraphs);
    return subgraphs
      .flatMap(marksOf)
      .filter((mark) => mark.subjectPath.length > 0 && !isRootType(mark.type))
      .flatMap((mark) => {
        const fault = faultOf(mark, places, marked, provided);
        const coordinate = coordinateOf(mark);
        const message = `${coordinate} names its subject by "${mark.subjectPath.join(".")}", ${fault}. Write one field of ${mark.type} that leads to the person: a single entity with jurisdiction, answered by "${mark.subgraph.name}" alone`;
        return fault === null ? [] : [{ subgraph: mark.subgraph.name, coordinate, message }];
      });
  },
};

function faultOf(
  mark: Mark,
  places: readonly FieldPlace[],
  marked: ReadonlySet<string>,
  provided: ReadonlySet<string>,
): string | null {
  if (mark.subjectPath.length > 1) return "a path of more than one field";
  const field = subjectField(mark);
  if (!field) return `which is no field of ${mark.type}`;
  const coordinate = `${mark.type}.${field.name}`;
  if (isListType(getNullableType(field.type))) return "a list, which names more than one person";
  if (field.args.length > 0) return "a field with arguments, whose answer depends on who asks";
  if (marked.has(coordinate)) return "which is identity data itself";
  if (provided.has(coordinate)) return "which another place @provides";
  return sharedFault(mark.subgraph, coordinate, places);
}

function sharedFault(subgraph: Subgraph, coordinate: string, places: readonly FieldPlace[]): string | null {
  for (const place of places.filter((candidate) => candidate.coordinate === coordinate)) {
    const says = (name: string): boolean =>
      hasDirective(place.field, name) || (name !== "override" && hasDirective(place.owner, name));
    const where = place.subgraph === subgraph ? "" : ` in "${place.subgraph.name}"`;
    if (says("shareable")) return `which is @shareable${where}`;
    if (place.subgraph === subgraph && hasDirective(place.field, "requires"))
      return "which is computed from what other subgraphs say";
    if (says("override")) return `which is overridden${where}`;
    if (place.subgraph === subgraph ? says("external") : !says("external"))
      return `which is answered by another subgraph${where}`;
  }
  return null;
}
