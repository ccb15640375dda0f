import type { GrantedSearch } from "../../schema/calls.js";
import {
  type Identifier,
  type IdentifierKind,
  identifierText,
  readIdentifier,
} from "../../schema/identity/identifier.js";
import type { SubgraphContext } from "./definition.js";
import { GrantRefusal, grantProblem } from "./grant.js";
import type { MarkedField } from "./identity-mark.js";

/** A search by one kind of identifier, on one platform. */
export interface SearchBy<Kind extends IdentifierKind> {
  readonly identifier: Extract<Identifier, { readonly kind: Kind }>;
  readonly platform: string;
}

/** The search that the request's grant allows: what a resolver of a root marked with this kind searches by, and on which platform. Throws GrantRefusal. */
export function grantedSearch<Kind extends IdentifierKind>(context: SubgraphContext, kind: Kind): SearchBy<Kind> {
  const { identifier, platform } = searchOf(context);
  if (identifier.kind !== kind) throw new GrantRefusal("SEARCH_NOT_GRANTED");
  return { identifier: identifier as SearchBy<Kind>["identifier"], platform };
}

/** Throws GrantRefusal where the grant allows no search, or another one than the arguments ask for. */
export function checkSearch(
  { identifier: kind, category }: MarkedField,
  args: Readonly<Record<string, unknown>>,
  context: SubgraphContext,
  fieldName: string,
): void {
  const { field, identifier } = searchOf(context);
  const allowed = field === fieldName && identifier.kind === kind;
  const [asked, granted] = [args, identifier].map((named) => readIdentifier(identifier.kind, { ...named }));
  if (!allowed || !asked || !granted || identifierText(asked) !== identifierText(granted))
    throw new GrantRefusal("SEARCH_NOT_GRANTED");
  if (!context.grant?.claims.categories.includes(category)) throw new GrantRefusal("CATEGORY_NOT_GRANTED");
}

function searchOf(context: SubgraphContext): GrantedSearch {
  if (!context.grant) throw new GrantRefusal(grantProblem(context));
  const { search } = context.grant;
  if (search === null) throw new GrantRefusal("SEARCH_NOT_GRANTED");
  return search;
}
