import { composeServices } from "@theguild/federation-composition";
import { type GraphQLError, parse } from "graphql";
import { writeInterfaceJoins } from "./interface-joins.js";
import { readSubgraph, type Subgraph, type SubgraphSource } from "./subgraph.js";

/** Composes halves to the supergraph that is planned on: the composer's, with what it leaves out where an interface is held as an object; or its errors. */
export function composeSupergraph(
  halves: readonly SubgraphSource[],
): { readonly supergraphSdl: string } | { readonly errors: readonly GraphQLError[] } {
  const composed = composeServices(halves.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl) })));
  if (composed.errors) return { errors: composed.errors };
  const { supergraphSdl } = composed;
  if (!supergraphSdl.includes("isInterfaceObject: true")) return { supergraphSdl };
  return { supergraphSdl: writeInterfaceJoins(supergraphSdl, halves.map(readSubgraph) as Subgraph[]) };
}
