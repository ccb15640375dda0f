import { isData } from "./data.js";
import type { KeyTree } from "./key-tree.js";
import type { Report } from "./report.js";

/** Removes from a value everything that its selection does not name; true where there was something. Values of scalars are left alone. */
export type CutKeys = (value: unknown, report: Report) => boolean;

/**
 * Compiles the removal. What an identity half adds to its answer was neither decided nor granted, and, below another person, would be taken for what the public
 * half knows of her: `believed` are the names of such fields.
 */
export function compileCutKeys(tree: KeyTree | null, believed: ReadonlySet<string>): CutKeys {
  if (tree === null) return () => false;
  const below = new Map(tree.keys.map((key, index) => [key, compileCutKeys(tree.below[index] ?? null, believed)]));
  const cut: CutKeys = (value, report) => {
    if (Array.isArray(value)) return value.map((item) => cut(item, report)).includes(true);
    if (!isData(value)) return false;
    let excess = false;
    for (const key of Object.keys(value)) {
      const deeper = below.get(key);
      if (deeper) excess = deeper(value[key], report) || excess;
      else {
        delete value[key];
        report(believed.has(key) ? "FACTS_PLANTED" : "FIELDS_NOT_ASKED");
        excess = true;
      }
    }
    return excess;
  };
  return cut;
}
