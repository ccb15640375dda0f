import { validateSubgraph } from "@theguild/federation-composition";
import { type GraphQLError, parse, printSchema } from "graphql";
import { apiSchemaOf } from "./identity/api-schema.js";
import type { ComposedGraph, Finding, Half } from "./identity/catalog.js";
import { composeSupergraph } from "./identity/compose-supergraph.js";
import { demandIdentity } from "./identity/demand-identity.js";
import { gatewayRoots } from "./identity/gateway-roots.js";
import { lintGraph } from "./identity/lint/lint-graph.js";
import { splitSubgraph } from "./identity/split.js";
import { readSubgraph, type Subgraph, type SubgraphSource } from "./identity/subgraph.js";

/**
 * Composition with the split: the one way from the subgraphs' SDLs to what a gateway plans on. A graph with findings is no graph: either every rule of
 * the lint and of federation holds, or nothing is composed. The same SDLs give the same graph, in whatever order they come.
 */
export function composeGraph(
  sources: readonly SubgraphSource[],
): { readonly graph: ComposedGraph } | { readonly findings: readonly Finding[] } {
  const read = [...sources].sort((a, b) => (a.name < b.name ? -1 : 1)).map(readSubgraph);
  const unreadable = read.filter((result): result is Finding => "rule" in result);
  if (unreadable.length > 0) return { findings: unreadable };
  const subgraphs = read.filter((result): result is Subgraph => !("rule" in result));
  const refused = lintGraph(subgraphs);
  if (refused.length > 0) return { findings: refused };
  const invalid = subgraphs.flatMap(({ name, sdl }) =>
    validateSubgraph({ name, typeDefs: parse(sdl) }).map((error) => finding(error, name)),
  );
  if (invalid.length > 0) return { findings: invalid };
  return composeSplit(subgraphs);
}

function composeSplit(
  subgraphs: readonly Subgraph[],
): { readonly graph: ComposedGraph } | { readonly findings: readonly Finding[] } {
  const split = subgraphs.map(splitSubgraph);
  const halves: readonly Half[] = [...split.flatMap((part) => part.halves), ...gatewayRoots(subgraphs)];
  const composed = composeSupergraph(halves);
  if ("errors" in composed) return { findings: composed.errors.map((error) => finding(error, "supergraph")) };
  const supergraphSdl = demandIdentity(composed.supergraphSdl);
  return {
    graph: {
      supergraphSdl,
      apiSdl: printSchema(apiSchemaOf(supergraphSdl)),
      halves,
      identityFields: split.flatMap((part) => part.identityFields),
    },
  };
}

/** A composer's error: its code is the rule, the subgraph is the one its message begins with, the coordinate the first that it quotes. */
function finding(error: GraphQLError, fallback: string): Finding {
  const subgraph = /^\[([^\]]+)\]/.exec(error.message)?.[1] ?? fallback;
  const quoted = [...error.message.matchAll(/"([A-Za-z_]\w*(?:\.\w+)*)[("]/g)].map((match) => match[1] ?? "");
  const coordinate = quoted.find((name) => name.includes(".")) ?? quoted[0] ?? subgraph;
  const code = error.extensions.code;
  return { subgraph, coordinate, rule: typeof code === "string" ? code : "federation", message: error.message };
}
