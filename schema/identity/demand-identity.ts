import { type ConstDirectiveNode, Kind, parse } from "graphql";
import { identitySpec } from "./identity-spec.js";
import { linksOf } from "./links.js";

/**
 * The supergraph with its link to the identity spec `for: SECURITY`: a gateway that does not know the spec must then refuse to load the graph, where it would
 * otherwise answer identity data as if nobody had marked it (link spec, link__Purpose). The composer cannot be told so; nothing else of the text changes.
 */
export function demandIdentity(supergraphSdl: string): string {
  for (const { spec, node } of linksOf({ schemaDirectives: schemaDirectivesOf(supergraphSdl) })) {
    const at = spec === identitySpec ? node.loc?.end : undefined;
    if (at !== undefined) return `${supergraphSdl.slice(0, at - 1)}, for: SECURITY${supergraphSdl.slice(at - 1)}`;
  }
  return supergraphSdl;
}

/** The directives on the schema of an SDL. */
export function schemaDirectivesOf(sdl: string): readonly ConstDirectiveNode[] {
  return parse(sdl).definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : [],
  );
}
