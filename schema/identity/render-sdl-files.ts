import { lexicographicSortSchema, printSchema } from "graphql";
import { apiSchemaOf } from "./api-schema.js";
import type { ComposedGraph } from "./catalog.js";
import type { SubgraphSource } from "./subgraph.js";

/**
 * What belongs into the folder of committed SDLs, by file name: each subgraph as printed, the identity half of each that has one, the supergraph, and the
 * schema that clients see. The same subgraphs give the same bytes, so that a comparison shows every change.
 */
export function renderSdlFiles(sources: readonly SubgraphSource[], graph: ComposedGraph): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { name, sdl } of sources) files.set(`${name}.graphql`, endWithNewline(sdl));
  for (const half of graph.halves) if (half.identity) files.set(`${half.name}.graphql`, endWithNewline(half.sdl));
  files.set("supergraph.graphql", endWithNewline(graph.supergraphSdl));
  files.set("api.graphql", endWithNewline(printSchema(lexicographicSortSchema(apiSchemaOf(graph.supergraphSdl)))));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function endWithNewline(text: string): string {
  return `${text.trim()}\n`;
}
