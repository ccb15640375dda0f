import { transformSupergraphToPublicSchema } from "@theguild/federation-composition";
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  isTypeDefinitionNode,
  Kind,
  parse,
  visit,
} from "graphql";
import { checkScalars } from "./check-scalars.js";
import { identityDirective } from "./identity-spec.js";

/** What clients write on an operation, or on a field of it, for the gateway to read: it stands in the API schema and in no subgraph. */
const clientDirectivesSdl = `
"""
How denials are reported: as errors, or only in extensions.disclosure.withheld.
"""
enum WithheldReport {
  ERRORS
  EXTENSIONS
}

"""
The one warrant for which this operation asks for identity data.
"""
directive @warrant(id: ID!, report: WithheldReport! = ERRORS, dryRun: Boolean! = false) on QUERY

"""
On a root field of a mutation: the same key, principal and input within 24 hours give the first result again, and nothing is done twice. Another input: IDEMPOTENCY_CONFLICT.
"""
directive @idempotent(key: ID!) on FIELD
`;

/**
 * The schema that clients see: the supergraph without what is inaccessible, without the marks and the federation specs, with `@warrant` and `@idempotent`.
 * @throws Error where the supergraph is none, or what is left of it is no valid schema.
 */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  const consumer = transformSupergraphToPublicSchema(parse(supergraphSdl, { noLocation: true }));
  const definitions = [
    ...withoutMarks(withoutLostMembers(consumer)).definitions,
    ...parse(clientDirectivesSdl, { noLocation: true }).definitions,
  ];
  const schema = buildASTSchema({ kind: Kind.DOCUMENT, definitions });
  checkScalars(schema);
  return schema;
}

function withoutMarks(document: DocumentNode): DocumentNode {
  const drop = (node: { readonly name: { readonly value: string } }) =>
    node.name.value === identityDirective ? null : undefined;
  return visit(document, { Directive: drop, DirectiveDefinition: drop });
}

/** Unions without the members that were inaccessible. */
function withoutLostMembers(document: DocumentNode): DocumentNode {
  const types = new Set(document.definitions.filter(isTypeDefinitionNode).map((type) => type.name.value));
  return visit(document, {
    UnionTypeDefinition: (union) => ({
      ...union,
      types: union.types?.filter((member) => types.has(member.name.value)) ?? [],
    }),
  });
}
