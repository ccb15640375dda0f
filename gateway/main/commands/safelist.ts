import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readApiSchema } from "../../../schema/identity/read-api-schema.js";
import { checkDocument } from "../documents/check-document.js";
import { hashDocument } from "../documents/hash-document.js";
import type { Manifest } from "../documents/manifest.js";
import { printFault, printLine } from "../print-line.js";
import { readGraph, sdlFolder } from "../read-graph.js";
import type { Settings } from "../settings.js";
import { subgraphs } from "../subgraphs.js";
import { WrongCall } from "../wrong-call.js";

/**
 * Prints the safelist of the documents in these files and folders, for `--safelist`: each file is one document, byte for byte as its client sends it. Ends with 1,
 * and prints none, where the graph would not run one of them.
 */
export async function safelist(paths: readonly string[], settings: Pick<Settings, "sdlFolder">): Promise<void> {
  const { graph } = await readGraph(
    settings.sdlFolder ?? sdlFolder,
    subgraphs.map(({ name }) => name),
  );
  const schema = readApiSchema(graph.apiSdl);
  const operations: Manifest["operations"] = [];
  let faults = 0;
  for (const file of paths.flatMap(filesOf)) {
    const body = readFileSync(file, "utf8");
    const checked = checkDocument(body, schema);
    if ("faults" in checked) {
      faults += checked.faults.length;
      for (const fault of checked.faults) printFault(`${file}: ${fault}`);
    } else operations.push({ id: hashDocument(body), name: checked.name, type: checked.type, body });
  }
  if (faults > 0) {
    printFault(`no safelist was printed; findings: ${faults}`);
    process.exitCode = 1;
    return;
  }
  printLine(
    JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations } satisfies Manifest, null, 2),
  );
}

/** The file, or the documents of the folder and of those in it, in the order of their names. Throws WrongCall. */
function filesOf(path: string): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new WrongCall(`there is no ${path}: expected files of documents, or folders of them`);
  if (!stat.isDirectory()) return [path];
  const found = readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(graphql|gql)$/.test(name))
    .sort();
  if (found.length === 0) throw new WrongCall(`the folder ${path} holds no .graphql or .gql file`);
  return found.map((name) => join(path, name));
}
