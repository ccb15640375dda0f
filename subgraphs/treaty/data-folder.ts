import { existsSync } from "node:fs";
import path from "node:path";

/** The folder of the rule books that come with the program: the compiled code lies below the sources, so it is looked for upwards. */
export function findDataFolder(from: string = import.meta.dirname): string {
  const folder = path.join(from, "subgraphs", "treaty", "data");
  if (existsSync(folder)) return folder;
  const parent = path.dirname(from);
  if (parent === from)
    throw new Error("the folder subgraphs/treaty/data is missing: the program is not installed whole");
  return findDataFolder(parent);
}
