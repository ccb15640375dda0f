import type { Rename } from "../plan/rename-keys.js";
import { isData } from "./data.js";

/** Puts the values of an answer under their fields' own names. */
export function applyRename(value: unknown, rename: Rename, position = 0): void {
  if (Array.isArray(value)) {
    for (const item of value) applyRename(item, rename, position);
    return;
  }
  const segment = rename.path[position];
  if (!segment || !isData(value)) return;
  if ("TypenameEquals" in segment) {
    if (segment.TypenameEquals.includes(String(value.__typename))) applyRename(value, rename, position + 1);
  } else if (position < rename.path.length - 1) applyRename(value[segment.Key], rename, position + 1);
  else if (Object.hasOwn(value, segment.Key)) {
    value[rename.to] = value[segment.Key];
    value[segment.Key] = undefined;
  }
}
