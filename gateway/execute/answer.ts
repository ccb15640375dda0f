import type { GraphQLAnswer } from "../door/types.js";
import { type Data, isData } from "./data.js";
import { type Failure, failureOf, misshapen } from "./failure.js";
import { Mark, type Path } from "./mark.js";

/** A subgraph's answer with its errors put into the data as marks, each where its path says. */
export class Answer {
  private constructor(
    private readonly data: Data,
    private readonly missing: Mark | null,
    /** Failures that belong to no place in the data. */
    readonly loose: readonly Failure[],
  ) {}

  /** The response keys of its data. */
  get keys(): readonly string[] {
    return Object.keys(this.data);
  }

  /** An answer that never came. */
  static failed(failure: Failure): Answer {
    return new Answer({}, new Mark({ kind: "FAILED", failure }), []);
  }

  static read({ data, errors }: GraphQLAnswer): Answer {
    const faults: readonly unknown[] = Array.isArray(errors) ? errors : [];
    if (!isData(data)) return Answer.withoutData(faults);
    const loose = faults.filter((fault) => {
      const path = pathOf(fault);
      return path === null || !place(data, path, failureOf(fault));
    });
    return new Answer(data, null, loose.map(failureOf));
  }

  /** No data at all: every root that an error names has that error, the others the first. */
  private static withoutData(faults: readonly unknown[]): Answer {
    const data: Data = {};
    for (const fault of faults) {
      const [root, ...below] = pathOf(fault) ?? [];
      if (typeof root !== "string" || root === "__proto__") continue;
      data[root] = new Mark({ kind: "FAILED", failure: failureOf(fault) }, below, markAt(data[root]));
    }
    const failure = faults.length > 0 ? failureOf(faults[0]) : misshapen;
    return new Answer(data, new Mark({ kind: "FAILED", failure }), []);
  }

  /** The value of a root field: undefined where the subgraph left it out. */
  at(key: string): unknown {
    return Object.hasOwn(this.data, key) ? this.data[key] : (this.missing ?? undefined);
  }
}

function pathOf(fault: unknown): Path | null {
  const path = typeof fault === "object" && fault !== null ? (fault as { path?: unknown }).path : null;
  return Array.isArray(path) && path.length > 0 ? (path as Path) : null;
}

/** Puts the failure at the first null on its path; false where there is none: an error beside a value belongs to no place. */
function place(data: Data, path: Path, failure: Failure): boolean {
  let at: unknown = data;
  for (let index = 0; index < path.length; index++) {
    const step = path[index] as string | number;
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return false;
    const next: unknown = (at as Data)[step];
    if (next === null || next instanceof Mark) {
      (at as Data)[step] = new Mark({ kind: "FAILED", failure }, path.slice(index + 1), markAt(next));
      return true;
    }
    at = next;
  }
  return false;
}

function markAt(value: unknown): Mark | null {
  return value instanceof Mark ? value : null;
}
