import type { FlattenNodePathSegment, RequiresSelection } from "@graphql-hive/router-query-planner";
import type { FieldNode, SelectionSetNode } from "graphql";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { HalfSchema } from "../plan/half-schema.js";
import type { SentType } from "../plan/sent-types.js";
import type { Data } from "./data.js";
import { misshapen } from "./failure.js";
import { compilePath } from "./follow-path.js";
import { fieldsIn, type KeyTree, keyOf, keyTree } from "./key-tree.js";
import { Mark, putMark } from "./mark.js";
import { compileRepresent, type Represent, requiredNames } from "./represent.js";

/** One response key of an entity fetch, for one object type. */
export interface Unit {
  readonly key: string;
  readonly node: FieldNode;
  /** Names in the representation without which its subgraph cannot answer it (`@requires`). */
  readonly needs: readonly string[];
}

/** What is asked of one object type. */
export interface TypeInput {
  readonly type: string;
  readonly units: readonly Unit[];
  readonly tree: KeyTree;
  readonly represent: Represent;
  /** Names in the representation without which nothing can be asked. */
  readonly keys: readonly string[];
}

/** One entity to ask about, with all the places in the data that its answer goes to. */
export interface Lot {
  readonly input: TypeInput;
  readonly representation: Data;
  readonly blocked: ReadonlyMap<string, Mark> | null;
  readonly targets: Data[];
  /** Which of the input's paths lead to it. */
  readonly paths: Set<number>;
}

/** One list of representations of a fetch, as the planner wrote it. */
export interface PlannedInput {
  readonly paths: readonly (readonly FlattenNodePathSegment[])[];
  readonly requires: readonly RequiresSelection[];
  /** Under which other type the half knows an entity. */
  readonly sentTypes: readonly SentType[];
  readonly selection: SelectionSetNode | undefined;
}

/** Finds the entities of an input in the data, each once. Where an entity has no key to name it by, its fields are marked with the cause and it is not asked about. */
export type Gather = (root: Data) => Lot[];

/** Compiles an input; the types that really occur are compiled when they are first seen. */
export function compileInput(input: PlannedInput, half: HalfSchema, graph: GuardedGraph): Gather {
  const { paths, selection } = input;
  const follows = paths.map((path) => compilePath(path, graph.possible));
  const allKeys = fieldsIn(selection).map(keyOf);
  const inputs = new Map<string, TypeInput | null>();
  const inputFor = (type: string): TypeInput | null => {
    const known = inputs.get(type);
    if (known !== undefined) return known;
    const sent = sentName(type, input.sentTypes, graph);
    if (!half.types.has(sent)) return null;
    const compiled = compileType(type, sent, input, half, graph);
    inputs.set(type, compiled);
    return compiled;
  };
  return (root) => {
    const found: Data[] = [];
    const ends = follows.map((follow) => {
      follow(root, found);
      return found.length;
    });
    const lots = new Map<string, Lot>();
    let path = 0;
    for (const [index, target] of found.entries()) {
      while (index >= (ends[path] as number)) path += 1;
      const type = target.__typename;
      if (typeof type !== "string") {
        for (const key of allKeys) if (target[key] === undefined) target[key] = untyped;
        continue;
      }
      const input = inputFor(type);
      if (!input) continue;
      const { representation, blocked, sameness } = input.represent(target);
      const known = lots.get(sameness);
      if (known) {
        known.targets.push(target);
        known.paths.add(path);
      } else if (!blocked || !markUnnamed(target, input, blocked))
        lots.set(sameness, { input, representation, blocked, targets: [target], paths: new Set([path]) });
    }
    return [...lots.values()];
  };
}

const untyped = new Mark({ kind: "FAILED", failure: misshapen });

/** True where the entity cannot be named, and its fields say why. */
function markUnnamed(target: Data, { keys, units }: TypeInput, blocked: ReadonlyMap<string, Mark>): boolean {
  const mark = missingFor(blocked, keys);
  if (mark) for (const { key } of units) putMark(target, key, mark);
  return mark !== null;
}

/** The mark of a field that needs something of a representation which is not there; null where all is. */
export function missingFor(blocked: ReadonlyMap<string, Mark>, needs: readonly string[]): Mark | null {
  for (const need of needs) {
    const mark = blocked.get(need);
    if (mark) return mark.below.length === 0 && !mark.also ? mark : new Mark(mark.cause);
  }
  return null;
}

/** The name by which an entity goes in the half that is asked. */
function sentName(type: string, sentTypes: readonly SentType[], graph: GuardedGraph): string {
  const sent = sentTypes.find(({ types }) =>
    types.some((each) => each === type || graph.possible(each).includes(type)),
  );
  return sent?.as ?? type;
}

/**
 * `sent`: an interface where the half is to say what the entity is; then what it says of any implementation is taken over, its `__typename` too. A half that holds the interface
 * as an object cannot say it.
 */
function compileType(
  type: string,
  sent: string,
  { requires, selection }: PlannedInput,
  half: HalfSchema,
  graph: GuardedGraph,
): TypeInput | null {
  const known = half.types.get(sent);
  const mayBe = known?.standsForMany ? [sent, ...known.possible] : [sent];
  const applies = (condition: string): boolean =>
    mayBe.includes(condition) || mayBe.some((each) => half.types.get(condition)?.possible.has(each) ?? false);
  const saysType = known?.standsForMany === true && !known.possible.has(sent);
  const fields = fieldsIn(selection, applies).filter((node) => saysType || node.name.value !== "__typename");
  const units = fields.map((node) => ({
    key: keyOf(node),
    node,
    needs: known?.fields.get(node.name.value)?.requires ?? [],
  }));
  const needed = new Set(units.flatMap(({ needs }) => needs));
  const keys = requiredNames(requires, type, graph).filter((name) => name !== "__typename" && !needed.has(name));
  const represent = compileRepresent(requires, type, sent, graph);
  return represent && units.length > 0 ? { type, units, tree: keyTree(fields), represent, keys } : null;
}
