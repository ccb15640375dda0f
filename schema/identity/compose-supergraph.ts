import { composeServices } from "@theguild/federation-composition";
import { type GraphQLError, parse } from "graphql";
import { withCommonSupertypes } from "./common-supertypes.js";
import { expandRequires } from "./expand-requires.js";
import { writeInterfaceJoins } from "./interface-joins.js";
import { readSubgraph, type Subgraph, type SubgraphSource } from "./subgraph.js";

/**
 * Composes halves to the supergraph that is planned on: the composer's, with what it leaves out where an interface is held as an object, and what it misses
 * where `@requires` names interfaces or subgraphs give types of different width for a field; or its errors.
 */
export function composeSupergraph(
  halves: readonly SubgraphSource[],
): { readonly supergraphSdl: string } | { readonly errors: readonly GraphQLError[] } {
  const read = halves.map(readSubgraph) as Subgraph[];
  const composed = composeServices(
    read.map(({ name, sdl, schema }) => ({ name, typeDefs: expandRequires(parse(sdl), schema) })),
  );
  if (composed.errors) return { errors: composed.errors };
  const supergraphSdl = withCommonSupertypes(composed.supergraphSdl, read);
  return {
    supergraphSdl: supergraphSdl.includes("isInterfaceObject: true")
      ? writeInterfaceJoins(supergraphSdl, read)
      : supergraphSdl,
  };
}
