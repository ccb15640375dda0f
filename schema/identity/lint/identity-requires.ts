import { coordinateOf, type Mark, marksOf } from "../marks.js";
import { hasDirective } from "../sdl-nodes.js";
import { allMarked, type FieldSetPlace, fieldSetsOf } from "./graph-fields.js";
import type { LintRule, Violation } from "./rule.js";

/**
 * What is computed from identity data tells of it. A field that requires some is identity data of the same category about the same person, so that its subgraph is split
 * too, the door decides the same question about both, and what it needed is recorded as a transfer. Otherwise a marked field requires nothing: composition writes the
 * `@requires` that carries the facts of its subject.
 */
export const identityRequires: LintRule = {
  name: "identity-requires",
  check: (subgraphs) => {
    const marked = allMarked(subgraphs);
    const marks = new Map(subgraphs.flatMap(marksOf).map((mark) => [coordinateOf(mark), mark]));
    const sets = fieldSetsOf(subgraphs, "requires");
    const dependents = sets.flatMap((set) => {
      const taken = set.selects.filter((selected) => marked.has(selected));
      const own = marks.get(set.coordinate);
      const fault = taken.length === 0 ? null : faultOf(set, taken, own?.subgraph === set.subgraph ? own : null, marks);
      return fault === null ? [] : [violation(set, `${set.coordinate} @requires ${taken.join(", ")}, ${fault}`)];
    });
    const idle = subgraphs
      .flatMap(marksOf)
      .filter((mark) => hasDirective(mark.node, "requires"))
      .filter((mark) =>
        sets.some(
          (set) => set.coordinate === coordinateOf(mark) && !set.selects.some((selected) => marked.has(selected)),
        ),
      )
      .map((mark) => ({
        subgraph: mark.subgraph.name,
        coordinate: coordinateOf(mark),
        message: `${coordinateOf(mark)} is identity data and has @requires. Remove @requires: composition writes the one that carries the facts of the subject`,
      }));
    return [...dependents, ...idle];
  },
};

function faultOf(
  { coordinate, top }: FieldSetPlace,
  taken: readonly string[],
  own: Mark | null,
  marks: ReadonlyMap<string, Mark>,
): string | null {
  if (own === null)
    return "which is identity data. Compute it in the subgraph that has the data, or mark it: @identity of that category";
  const owner = coordinate.split(".")[0];
  const needed = top.map((name) => marks.get(`${owner}.${name}`));
  if (taken.length !== top.length || needed.includes(undefined))
    return `and something else beside them. Write @requires with identity fields of ${owner} alone`;
  if ([own, ...needed].some((mark) => mark === undefined || mark.subjectPath.length > 0))
    return `which tells of somebody else than the ${owner} it is asked of. Require fields whose subject is the ${owner} itself, and write no subject`;
  const other = needed.find((mark) => mark?.category !== own.category);
  return other
    ? `which is ${other.category} data, and is itself marked ${own.category}. Write @identity(category: ${other.category}), and require fields of one category alone`
    : null;
}

function violation({ subgraph, coordinate }: FieldSetPlace, message: string): Violation {
  return { subgraph: subgraph.name, coordinate, message };
}
