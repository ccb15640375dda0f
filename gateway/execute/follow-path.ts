import type { FlattenNodePathSegment } from "@graphql-hive/router-query-planner";
import type { PathStep } from "../plan/cut-stages.js";
import type { Data } from "./data.js";
import { Disclosed, Mark } from "./mark.js";

/** What holds a value under a key or an index. */
export type Holder = Record<string | number, unknown>;

/** Is told of every object at the end of a path. `holder` has it under `key`; null where it is to stay there as it is. */
export interface Finder {
  found(object: Data, holder: Holder | null, key: string | number): void;
}

/** Entities that a stage begins with: a list of what stands elsewhere, so nothing is put in its place here. */
export class HandedOver extends Array<Data> implements Finder {
  found(object: Data): void {
    this.push(object);
  }
}

/** Finds the objects at a path, through lists of any depth; nulls and marks end it. */
export type Follow = (value: unknown, finder: Finder, holder?: Holder | null, key?: string | number) => void;

function holderOf(list: readonly unknown[]): Holder | null {
  return list instanceof HandedOver ? null : (list as unknown as Holder);
}

const arrive: Follow = (value, finder, holder = null, key = "") => {
  if (Array.isArray(value)) {
    const list = holderOf(value);
    for (let index = 0; index < value.length; index++) arrive(value[index], finder, list, index);
  } else if (value instanceof Disclosed) arrive(value.value, finder);
  else if (typeof value === "object" && value !== null && !(value instanceof Mark))
    finder.found(value as Data, holder, key);
};

function throughKey(key: string, next: Follow): Follow {
  const follow: Follow = (value, finder) => {
    if (Array.isArray(value)) for (let index = 0; index < value.length; index++) follow(value[index], finder);
    else if (value instanceof Disclosed) follow(value.value, finder);
    else if (typeof value === "object" && value !== null && !(value instanceof Mark))
      next((value as Data)[key], finder, value as Holder, key);
  };
  return follow;
}

function ofTypes(types: ReadonlySet<string>, next: Follow): Follow {
  const follow: Follow = (value, finder, holder, key) => {
    if (Array.isArray(value)) {
      const list = holderOf(value);
      for (let index = 0; index < value.length; index++) follow(value[index], finder, list, index);
    } else if (value instanceof Disclosed) follow(value.value, finder);
    else if (typeof value === "object" && value !== null && types.has(String((value as Data).__typename)))
      next(value, finder, holder, key);
  };
  return follow;
}

/** Compiles a plan's path. A type condition names types, or abstract types for all of theirs. */
export function compilePath(
  segments: readonly FlattenNodePathSegment[],
  possible: (type: string) => readonly string[],
): Follow {
  return segments.reduceRight<Follow>((next, segment) => {
    if (segment === "@") return next;
    if ("Field" in segment) return throughKey(segment.Field, next);
    return ofTypes(new Set(segment.TypeCondition.flatMap((type) => [type, ...possible(type)])), next);
  }, arrive);
}

/** Compiles the path to the entities of one type that a stage begins with. */
export function compileSteps(steps: readonly PathStep[], type: string): Follow {
  return steps.reduceRight<Follow>(
    (next, step) => {
      const through = throughKey(step.key, next);
      return step.type === null ? through : ofTypes(new Set([step.type]), through);
    },
    ofTypes(new Set([type]), arrive),
  );
}
