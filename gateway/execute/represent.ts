import type { RequiresSelection } from "@graphql-hive/router-query-planner";
import type { GuardedGraph } from "../plan/guarded-graph.js";
import type { Data } from "./data.js";
import { misshapen } from "./failure.js";
import { Disclosed, Mark } from "./mark.js";

/** What a subgraph is told of an entity, and what of it could not be told. */
export interface Represented {
  readonly representation: Data;
  /** By name in the representation: why it is missing. Null where nothing is. */
  readonly blocked: ReadonlyMap<string, Mark> | null;
  /** The same for two objects that may share one answer. */
  readonly sameness: string;
}

export interface Represent {
  read(target: Data): Represented;
  /** The one value that names it, where it is told by a single plain field under its own name; its `sameness` is this value. */
  readonly onlyKey: string | null;
  /** The fields that name it, where all are plain values under their own names. */
  readonly plain: ReadonlySet<string> | null;
}

interface Reader {
  readonly read: string;
  readonly send: string;
  /** Type condition inside a required value. */
  readonly types: ReadonlySet<string> | null;
  readonly below: readonly Reader[] | null;
}

const missing = new Mark({ kind: "FAILED", failure: misshapen });

/** Compiles the representation of one object type, under the name it is sent by, from what a fetch requires; null where it requires nothing of this type. */
export function compileRepresent(
  requires: readonly RequiresSelection[],
  type: string,
  sent: string,
  graph: GuardedGraph,
): Represent | null {
  const readers = readersOf(requires, graph, type).filter(({ send }) => send !== "__typename");
  if (readers.length === 0) return null;
  const plain = readers.every(({ read, send, types, below }) => read === send && types === null && below === null)
    ? new Set(readers.map(({ read }) => read))
    : null;
  const onlyKey = plain?.size === 1 && readers.length === 1 ? (readers[0]?.read ?? null) : null;
  const read = (target: Data): Represented => {
    const representation: Data = { __typename: sent };
    let blocked: Map<string, Mark> | null = null;
    let sameness = type;
    for (const { read, send, below } of readers) {
      const value = take(target[read], below);
      if (value instanceof Mark) {
        blocked ??= new Map();
        blocked.set(send, value);
        sameness += `\n-${send}`;
      } else {
        representation[send] = value;
        sameness += text(value);
      }
    }
    return { representation, blocked, sameness };
  };
  return { read, onlyKey, plain };
}

/** Begins with its own length, so that no two lists of values read the same. */
function text(value: unknown): string {
  const plain = typeof value === "string" ? `"${value}` : JSON.stringify(value);
  return `\n${plain.length} ${plain}`;
}

/** The names that a fetch requires of a type, as they are sent. */
export function requiredNames(
  requires: readonly RequiresSelection[],
  type: string,
  graph: GuardedGraph,
): readonly string[] {
  return readersOf(requires, graph, type).map(({ send }) => send);
}

/** Readers for an object of a known type (conditions are evaluated), or, for a value inside it, of any. */
function readersOf(
  requires: readonly RequiresSelection[],
  graph: GuardedGraph,
  type: string | null,
  types: ReadonlySet<string> | null = null,
): Reader[] {
  return requires.flatMap((selection) => {
    if (selection.kind === "Field") {
      const { name, alias, selections } = selection;
      return [
        {
          read: name,
          send: alias ?? name,
          types,
          below: selections?.length ? readersOf(selections, graph, null) : null,
        },
      ];
    }
    if (selection.kind === "FragmentSpread")
      throw new Error("a plan that requires a fragment by name was not verified");
    const condition = new Set([selection.typeCondition, ...graph.possible(selection.typeCondition)]);
    if (type === null) return readersOf(selection.selections, graph, null, condition);
    return condition.has(type) ? readersOf(selection.selections, graph, type) : [];
  });
}

function take(value: unknown, below: readonly Reader[] | null): unknown {
  if (value === undefined) return missing;
  if (value instanceof Mark || value === null) return value;
  if (value instanceof Disclosed) return take(value.value, below);
  if (Array.isArray(value)) {
    const items = value.map((item) => take(item, below));
    return items.find((item) => item instanceof Mark) ?? items;
  }
  if (below === null) return value;
  if (typeof value !== "object") return missing;
  const taken: Data = {};
  for (const reader of below) {
    if (reader.types && !reader.types.has(String((value as Data).__typename))) continue;
    const part = take((value as Data)[reader.read], reader.below);
    if (part instanceof Mark) return part;
    taken[reader.send] = part;
  }
  return taken;
}
