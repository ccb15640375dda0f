import type { FieldNode } from "graphql";
import type { Data } from "./data.js";
import type { KeyTree } from "./key-tree.js";
import { Mark } from "./mark.js";
import type { Represent } from "./represent.js";

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
  /** Which of the input's paths lead to it, in order. */
  readonly paths: number[];
  /** The target of the last of them that was nothing but its key, and stands in every such place of that path. */
  bare: Data | null;
}

/** The mark of a field that needs something of a representation which is not there; null where all is. */
export function missingFor(blocked: ReadonlyMap<string, Mark>, needs: readonly string[]): Mark | null {
  for (const need of needs) {
    const mark = blocked.get(need);
    if (mark) return mark.below.length === 0 && !mark.also ? mark : new Mark(mark.cause);
  }
  return null;
}

/** Notes that a path leads to it; paths are followed one after the other. */
export function noteLeading({ paths }: Lot, path: number): void {
  if (paths[paths.length - 1] !== path) paths.push(path);
}
