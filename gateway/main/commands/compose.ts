import { existsSync, mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { composeGraph } from "../../../schema/compose.js";
import type { Finding } from "../../../schema/identity/catalog.js";
import { staleConfirmations, unconfirmedChanges } from "../../../schema/identity/confirmed-changes.js";
import { renderSdlFiles } from "../../../schema/identity/render-sdl-files.js";
import type { SubgraphSource } from "../../../schema/identity/subgraph.js";
import { printSubgraphSdl } from "../../../subgraphs/kit/subgraph.js";
import { describeFinding } from "../graph-refused.js";
import { printFault, printLine } from "../print-line.js";
import { sdlFolder } from "../read-graph.js";
import { MarksUnreadable, marksIn, readConfirmed, sourcesIn } from "../read-marks.js";
import type { Settings } from "../settings.js";
import { subgraphs } from "../subgraphs.js";

/**
 * Prints what the code says into the folder of SDL, or, to check, says where the committed files differ. Ends with 1 on any finding or difference. A mark that was
 * committed is neither lost nor changed by it unless somebody confirmed that in a file of its own (see confirmed-changes.ts).
 */
export async function compose(
  { check }: { readonly check: boolean },
  settings: Pick<Settings, "sdlFolder">,
): Promise<void> {
  const folder = settings.sdlFolder ?? sdlFolder;
  const shown = settings.sdlFolder ?? "schema/sdl";
  const sources = await Promise.all(
    subgraphs.map(async ({ name, load }) => ({ name, sdl: printSubgraphSdl(await load()) })),
  );
  const composed = composeGraph(sources);
  const findings = [...("findings" in composed ? composed.findings : []), ...findMarkChanges(folder, sources)];
  if ("findings" in composed || findings.length > 0) {
    for (const line of new Set(findings.map(describeFinding))) printFault(line);
    printFault(`nothing was ${check ? "checked further" : "written"}; findings: ${findings.length}`);
    process.exitCode = 1;
    return;
  }
  const files = renderSdlFiles(sources, composed.graph);
  const different = differences(folder, files);
  if (check) {
    for (const name of different) {
      printFault(`${shown}/${name} is not what the code says: run \`npm run compose\` and commit it`);
    }
    if (different.length > 0) process.exitCode = 1;
    else printLine(`${shown} is what the code says: ${files.size} files`);
    return;
  }
  mkdirSync(folder, { recursive: true });
  for (const name of different) {
    const text = files.get(name);
    if (text === undefined) unlinkSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  const changed = different.length === 0 ? `is up to date: ${files.size} files` : `changed: ${different.join(", ")}`;
  printLine(`${shown} ${changed}`);
}

/** What became of the committed marks without a confirmation, and confirmations that are not true. */
function findMarkChanges(folder: string, sources: readonly SubgraphSource[]): readonly Finding[] {
  try {
    const confirmed = readConfirmed(folder);
    const after = marksIn(sources);
    return [
      ...unconfirmedChanges(marksIn(sourcesIn(folder)), after, confirmed),
      ...staleConfirmations(after, confirmed),
    ];
  } catch (error) {
    if (error instanceof MarksUnreadable) return error.findings;
    throw error;
  }
}

/** Names of files that are missing, changed, or of no subgraph any more. */
function differences(folder: string, files: ReadonlyMap<string, string>): string[] {
  const committed = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".graphql")) : [];
  const read = (name: string): string | null =>
    committed.includes(name) ? readFileSync(join(folder, name), "utf8") : null;
  return [...new Set([...files.keys(), ...committed])]
    .filter((name) => read(name) !== (files.get(name) ?? null))
    .sort();
}
