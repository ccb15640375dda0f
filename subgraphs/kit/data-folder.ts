import { existsSync } from "node:fs";
import path from "node:path";

/** The folder `data` of a subgraph. The compiled code lies below the sources and data is not compiled, so it is looked for upwards. */
export function dataFolder(subgraph: string, from: string = import.meta.dirname): string {
  const folder = path.join(from, "subgraphs", subgraph, "data");
  if (existsSync(folder)) return folder;
  const parent = path.dirname(from);
  if (parent === from)
    throw new Error(`the folder subgraphs/${subgraph}/data is missing: the program is not installed whole`);
  return dataFolder(subgraph, parent);
}
