import type { FlattenNodePathSegment } from "@graphql-hive/router-query-planner";
import type { PathStep } from "../plan/cut-stages.js";
import type { Data } from "./data.js";
import { Disclosed, Mark } from "./mark.js";

/** Finds the objects at a path, through lists of any depth; nulls and marks end it. */
export type Follow = (value: unknown, found: Data[]) => void;

const arrive: Follow = (value, found) => {
  if (Array.isArray(value)) for (const item of value) arrive(item, found);
  else if (value instanceof Disclosed) arrive(value.value, found);
  else if (typeof value === "object" && value !== null && !(value instanceof Mark)) found.push(value as Data);
};

function throughKey(key: string, next: Follow): Follow {
  const follow: Follow = (value, found) => {
    if (Array.isArray(value)) for (const item of value) follow(item, found);
    else if (value instanceof Disclosed) follow(value.value, found);
    else if (typeof value === "object" && value !== null && !(value instanceof Mark)) next((value as Data)[key], found);
  };
  return follow;
}

function ofTypes(types: ReadonlySet<string>, next: Follow): Follow {
  const follow: Follow = (value, found) => {
    if (Array.isArray(value)) for (const item of value) follow(item, found);
    else if (value instanceof Disclosed) follow(value.value, found);
    else if (typeof value === "object" && value !== null && types.has(String((value as Data).__typename)))
      next(value, found);
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
