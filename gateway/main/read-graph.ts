import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ComposedGraph } from "../../schema/identity/catalog.js";
import type { SubgraphSource } from "../../schema/identity/subgraph.js";
import { describeFinding, GraphRefused } from "./graph-refused.js";
import { packageRoot } from "./package-root.js";
import { replaceFile } from "./replace-file.js";

/** The folder of the committed SDL. */
export const sdlFolder: string = join(packageRoot, "schema", "sdl");

/** What the build composed, so that a start need not: the graph, and the digest of what it was made from. */
const composedFile = join(packageRoot, "dist", "graph.json");

/** Counts the shapes that `graph` has had, so that one kept by an older program is not read. */
const shape = "3";

interface Composed {
  readonly digest: string;
  readonly graph: ComposedGraph;
}

/** A graph that passed, and what it was composed from. */
export interface ReadGraph {
  readonly graph: ComposedGraph;
  readonly sources: readonly SubgraphSource[];
  /** SHA-256 (hex) over all that was read. */
  readonly digest: string;
}

/**
 * The graph of a folder of SDL: `NAME.graphql` of every subgraph, and `supergraph.graphql`. It is linted, split and composed here, and the supergraph must be
 * what comes out; what the build has already composed from the very same bytes is not composed again.
 * @throws GraphRefused with everything that is wrong.
 */
export async function readGraph(folder: string, names: readonly string[]): Promise<ReadGraph> {
  const files = readFiles(folder, names);
  if (existsSync(composedFile)) {
    const composed = JSON.parse(readFileSync(composedFile, "utf8")) as Composed;
    if (composed.digest === files.digest) return { ...files, graph: composed.graph };
  }
  return { ...files, graph: await compose(folder, files) };
}

/** Composes the committed SDL and keeps the result for `readGraph`. */
export async function prepareGraph(names: readonly string[]): Promise<void> {
  const files = readFiles(sdlFolder, names);
  const graph = await compose(sdlFolder, files);
  replaceFile(composedFile, JSON.stringify({ digest: files.digest, graph } satisfies Composed));
}

interface Files {
  readonly sources: readonly SubgraphSource[];
  readonly supergraphSdl: string;
  readonly digest: string;
}

async function compose(folder: string, { sources, supergraphSdl }: Files): Promise<ComposedGraph> {
  const [{ composeGraph }, { lintSupergraph }] = await Promise.all([
    import("../../schema/compose.js"),
    import("../../schema/identity/lint-supergraph.js"),
  ]);
  const composed = composeGraph(sources);
  const findings =
    "graph" in composed ? lintSupergraph(supergraphSdl, composed.graph.supergraphSdl) : composed.findings;
  if ("findings" in composed || findings.length > 0) throw new GraphRefused(folder, findings.map(describeFinding));
  return composed.graph;
}

function readFiles(folder: string, names: readonly string[]): Files {
  const faults: string[] = [];
  const read = (name: string): string => {
    try {
      return readFileSync(join(folder, `${name}.graphql`), "utf8");
    } catch (error) {
      faults.push(`${name}.graphql cannot be read (${(error as NodeJS.ErrnoException).code}): expected an SDL file`);
      return "";
    }
  };
  const sources = names.map((name) => ({ name, sdl: read(name) }));
  const supergraphSdl = read("supergraph");
  if (faults.length > 0) throw new GraphRefused(folder, faults);
  const hash = createHash("sha256").update(shape);
  for (const { name, sdl } of [...sources, { name: "supergraph", sdl: supergraphSdl }])
    hash.update("\0").update(name).update("\0").update(sdl);
  return { sources, supergraphSdl, digest: hash.digest("hex") };
}
