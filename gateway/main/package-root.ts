import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds this project's package.json: what is read but not compiled (SDL, console, the prepared database) is found from here. */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  const file = join(folder, "package.json");
  if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name === "rogatory")
    return folder;
  if (dirname(folder) === folder) throw new Error("the folder of rogatory's package.json was not found");
  return findRoot(dirname(folder));
}
