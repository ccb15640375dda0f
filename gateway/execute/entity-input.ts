import type { FlattenNodePathSegment, RequiresSelection } from "@graphql-hive/router-query-planner";
import type { SelectionSetNode } from "graphql";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { HalfSchema } from "../plan/half-schema.js";
import type { SentType } from "../plan/sent-types.js";
import { compilePath } from "./follow-path.js";
import { compileGather, type Gather } from "./gather.js";
import { fieldsIn, keyOf, keyTree } from "./key-tree.js";
import type { TypeInput } from "./lot.js";
import { compileRepresent, requiredNames } from "./represent.js";

/** One list of representations of a fetch, as the planner wrote it. */
export interface PlannedInput {
  readonly paths: readonly (readonly FlattenNodePathSegment[])[];
  readonly requires: readonly RequiresSelection[];
  /** Under which other type the half knows an entity. */
  readonly sentTypes: readonly SentType[];
  readonly selection: SelectionSetNode | undefined;
}

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
  return compileGather(follows, inputFor, allKeys);
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
