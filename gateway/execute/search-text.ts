import { type IdentifierKind, identifierArguments, pagingArguments } from "../../schema/identity/identifier.js";

/** What an identity half is asked for a search. Always the same text: the client's own selection is no part of it. */
export function searchText(field: string, kind: IdentifierKind): string {
  const given = Object.entries({ ...identifierArguments[kind], ...pagingArguments });
  const variables = given.map(([argument, type]) => `$${argument}: ${type}`).join(", ");
  const values = given.map(([argument]) => `${argument}: $${argument}`).join(", ");
  return `query(${variables}) { ${field}(${values}) { edges { cursor node { __typename id } } pageInfo { hasNextPage endCursor } } }`;
}
