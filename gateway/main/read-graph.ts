import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ComposedGraph } from "../../schema/identity/catalog.js";
import { packageRoot } from "./package-root.js";
import { replaceFile } from "./replace-file.js";

/** The folder of the committed SDL. */
export const sdlFolder: string = join(packageRoot, "schema", "sdl");

/** What the build composed, so that a start need not: the graph, and the digest of what it was made from. */
const composedFile = join(packageRoot, "dist", "graph.json");

/** Counts the shapes that `graph` has had, so that one kept by an older program is not read. */
const shape = "2";

interface Composed {
  readonly digest: string;
  readonly graph: ComposedGraph;
}

/** The graph of these subgraphs' committed SDL. Throws with every finding: a gateway does not start on a graph that breaks a rule. */
export async function readGraph(names: readonly string[]): Promise<ComposedGraph> {
  const digest = digestOf(names);
  if (existsSync(composedFile)) {
    const composed = JSON.parse(readFileSync(composedFile, "utf8")) as Composed;
    if (composed.digest === digest) return composed.graph;
  }
  return composeCommitted(names);
}

/** Composes the committed SDL and keeps the result for `readGraph`. */
export async function prepareGraph(names: readonly string[]): Promise<void> {
  replaceFile(
    composedFile,
    JSON.stringify({ digest: digestOf(names), graph: await composeCommitted(names) } satisfies Composed),
  );
}

async function composeCommitted(names: readonly string[]): Promise<ComposedGraph> {
  const { composeGraph } = await import("../../schema/compose.js");
  const composed = composeGraph(names.map((name) => ({ name, sdl: committed(name) })));
  if ("graph" in composed) return composed.graph;
  const findings = composed.findings.map(
    ({ subgraph, coordinate, rule, message }) => `${subgraph} ${coordinate} (${rule}): ${message}`,
  );
  throw new Error(`schema/sdl does not compose:\n${findings.join("\n")}`);
}

function committed(name: string): string {
  return readFileSync(join(sdlFolder, `${name}.graphql`), "utf8");
}

function digestOf(names: readonly string[]): string {
  const hash = createHash("sha256").update(shape).update("\0");
  for (const name of names) hash.update(name).update("\0").update(committed(name)).update("\0");
  return hash.digest("hex");
}
