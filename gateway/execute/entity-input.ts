import type { FlattenNodePathSegment, RequiresSelection } from "@graphql-hive/router-query-planner";
import type { FieldNode, SelectionSetNode } from "graphql";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { HalfSchema } from "../plan/half-schema.js";
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
}

/** One list of representations of a fetch, as the planner wrote it. */
export interface PlannedInput {
  readonly paths: readonly (readonly FlattenNodePathSegment[])[];
  readonly requires: readonly RequiresSelection[];
  readonly selection: SelectionSetNode | undefined;
}

/** Finds the entities of an input in the data, each once. Where an entity has no key to name it by, its fields are marked with the cause and it is not asked about. */
export type Gather = (root: Data) => Lot[];

/** Compiles an input; the types that really occur are compiled when they are first seen. */
export function compileInput(
  { paths, requires, selection }: PlannedInput,
  half: HalfSchema,
  graph: GuardedGraph,
): Gather {
  const follows = paths.map((path) => compilePath(path, graph.possible));
  const allKeys = fieldsIn(selection).map(keyOf);
  const inputs = new Map<string, TypeInput | null>();
  const inputFor = (type: string): TypeInput | null => {
    let input = inputs.get(type);
    if (input === undefined && half.types.has(type)) {
      input = compileType(type, requires, selection, half, graph);
      inputs.set(type, input);
    }
    return input ?? null;
  };
  return (root) => {
    const found: Data[] = [];
    for (const follow of follows) follow(root, found);
    const lots = new Map<string, Lot>();
    for (const target of found) {
      const type = target.__typename;
      if (typeof type !== "string") {
        for (const key of allKeys) if (target[key] === undefined) target[key] = untyped;
        continue;
      }
      const input = inputFor(type);
      if (!input) continue;
      const { representation, blocked, sameness } = input.represent(target);
      const known = lots.get(sameness);
      if (known) known.targets.push(target);
      else if (!blocked || !markUnnamed(target, input, blocked))
        lots.set(sameness, { input, representation, blocked, targets: [target] });
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

function compileType(
  type: string,
  requires: readonly RequiresSelection[],
  selection: SelectionSetNode | undefined,
  half: HalfSchema,
  graph: GuardedGraph,
): TypeInput | null {
  const applies = (condition: string): boolean =>
    condition === type || (half.types.get(condition)?.possible.has(type) ?? false);
  const fields = fieldsIn(selection, applies);
  const units = fields
    .filter((node) => node.name.value !== "__typename")
    .map((node) => ({
      key: keyOf(node),
      node,
      needs: half.types.get(type)?.fields.get(node.name.value)?.requires ?? [],
    }));
  const needed = new Set(units.flatMap(({ needs }) => needs));
  const keys = requiredNames(requires, type, graph).filter((name) => name !== "__typename" && !needed.has(name));
  const represent = compileRepresent(requires, type, graph);
  return represent && units.length > 0 ? { type, units, tree: keyTree(fields), represent, keys } : null;
}
