import { existsSync, mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { composeGraph } from "../../../schema/compose.js";
import { renderSdlFiles } from "../../../schema/identity/render-sdl-files.js";
import { printSubgraphSdl } from "../../../subgraphs/kit/subgraph.js";
import { printFault, printLine } from "../print-line.js";
import { sdlFolder } from "../read-graph.js";
import { subgraphs } from "../subgraphs.js";

/** Prints what the code says into schema/sdl, or, to check, says where the committed files differ. Ends with 1 on any finding or difference. */
export async function compose({ check }: { readonly check: boolean }): Promise<void> {
  const sources = await Promise.all(
    subgraphs.map(async ({ name, load }) => ({ name, sdl: printSubgraphSdl(await load()) })),
  );
  const composed = composeGraph(sources);
  if ("findings" in composed) {
    for (const { subgraph, coordinate, rule, message } of composed.findings) {
      printFault(`${[subgraph, coordinate].filter(Boolean).join(" ")} (${rule}): ${message}`);
    }
    printFault(`nothing was composed; findings: ${composed.findings.length}`);
    process.exitCode = 1;
    return;
  }
  const files = renderSdlFiles(sources, composed.graph);
  const different = differences(files);
  if (check) {
    for (const name of different) {
      printFault(`schema/sdl/${name} is not what the code says: run \`npm run compose\` and commit it`);
    }
    if (different.length > 0) process.exitCode = 1;
    else printLine(`schema/sdl is what the code says: ${files.size} files`);
    return;
  }
  mkdirSync(sdlFolder, { recursive: true });
  for (const name of different) {
    const text = files.get(name);
    if (text === undefined) unlinkSync(join(sdlFolder, name));
    else writeFileSync(join(sdlFolder, name), text);
  }
  const changed = different.length === 0 ? `is up to date: ${files.size} files` : `changed: ${different.join(", ")}`;
  printLine(`schema/sdl ${changed}`);
}

/** Names of files that are missing, changed, or of no subgraph any more. */
function differences(files: ReadonlyMap<string, string>): string[] {
  const committed = existsSync(sdlFolder) ? readdirSync(sdlFolder).filter((name) => name.endsWith(".graphql")) : [];
  const read = (name: string): string | null =>
    committed.includes(name) ? readFileSync(join(sdlFolder, name), "utf8") : null;
  return [...new Set([...files.keys(), ...committed])]
    .filter((name) => read(name) !== (files.get(name) ?? null))
    .sort();
}
