import { Kind, parse, print } from "graphql";
import { identityDirective, identityDirectiveSdl } from "./identity-spec.js";
import { coordinateOf, type Mark, marksOf } from "./marks.js";
import { directivesNamed, hasFields } from "./sdl-nodes.js";
import type { Subgraph } from "./subgraph.js";

/** What stands for a field that has no mark, and for one that is no longer there. */
export const unmarked = "unmarked";
export const removed = "removed";

/** A field that was identity data and is not any more, or not in the same way. */
export interface MarkChange {
  readonly coordinate: string;
  /** The subgraph that had the mark. */
  readonly subgraph: string;
  /** The mark as it was, and what is there now: another mark, `unmarked`, or `removed`. */
  readonly from: string;
  readonly to: string;
}

/** A graph, to be asked what its fields are. */
export interface MarkedFields {
  /** By coordinate, interfaces included. */
  readonly marks: ReadonlyMap<string, Mark>;
  readonly fields: ReadonlySet<string>;
}

export function markedFields(subgraphs: readonly Subgraph[]): MarkedFields {
  const types = subgraphs.flatMap((subgraph) => [...subgraph.types.values()].filter(hasFields));
  return {
    marks: new Map(subgraphs.flatMap(marksOf).map((mark) => [coordinateOf(mark), mark])),
    fields: new Set(
      types.flatMap((type) => (type.fields ?? []).map((field) => `${type.name.value}.${field.name.value}`)),
    ),
  };
}

/**
 * What became of every mark: those that are gone or differ in category, subject or time. A marked field that vanished is told only where an open field of its
 * name has come instead, under another type, which may be the same data renamed. New marks are no change: they only close.
 */
export function markChanges(before: MarkedFields, after: MarkedFields): readonly MarkChange[] {
  return [...before.marks].flatMap(([coordinate, mark]) => {
    const from = spellMark(mark);
    const to = stateOf(after, coordinate);
    const known = (field: string): boolean => before.fields.has(field) && !before.marks.has(field);
    const changed = to === removed ? openNamesakes(after, coordinate).some((field) => !known(field)) : to !== from;
    return changed ? [{ coordinate, subgraph: mark.subgraph.name, from, to }] : [];
  });
}

/** What a field is in a graph: its mark as written there, `unmarked` or `removed`. */
export function stateOf({ marks, fields }: MarkedFields, coordinate: string): string {
  const mark = marks.get(coordinate);
  return mark ? spellMark(mark) : fields.has(coordinate) ? unmarked : removed;
}

/** Fields without a mark that have the name of this one. */
export function openNamesakes({ marks, fields }: MarkedFields, coordinate: string): readonly string[] {
  const name = coordinate.slice(coordinate.indexOf("."));
  return [...fields].filter((field) => field.endsWith(name) && !marks.has(field));
}

/** A mark as its spec orders it, whatever the order in which it was written. */
function spellMark({ node }: Mark): string {
  const given = directivesNamed(node, identityDirective)[0]?.arguments ?? [];
  const sorted = given
    .filter(({ value }) => value.kind !== Kind.NULL)
    .toSorted((a, b) => specifiedOrder.indexOf(a.name.value) - specifiedOrder.indexOf(b.name.value));
  return `@${identityDirective}(${sorted.map(print).join(", ")})`;
}

const [specified] = parse(identityDirectiveSdl).definitions;
const specifiedOrder =
  specified?.kind === Kind.DIRECTIVE_DEFINITION ? (specified.arguments ?? []).map(({ name }) => name.value) : [];
