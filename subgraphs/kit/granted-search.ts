import type { GrantedSearch } from "../../schema/calls.js";
import { canonicalIp } from "../../schema/ip-address.js";
import type { SubgraphContext } from "./definition.js";
import { GrantRefusal, grantProblem } from "./grant.js";
import type { MarkedField } from "./identity-mark.js";

/** The search that the request's grant allows: what a resolver of a marked root searches by, and on which platform. Throws GrantRefusal. */
export function grantedSearch(context: SubgraphContext): GrantedSearch {
  if (!context.grant) throw new GrantRefusal(grantProblem(context));
  const { search } = context.grant;
  if (search === null) throw new GrantRefusal("SEARCH_NOT_GRANTED");
  return search;
}

/** Throws GrantRefusal where the grant allows no search, or another one than the arguments ask for. */
export function checkSearch(
  { identifier: kind, category }: MarkedField,
  args: Readonly<Record<string, unknown>>,
  context: SubgraphContext,
  fieldName: string,
): void {
  const { field, identifier } = grantedSearch(context);
  const { address, port, from, to } = identifier;
  const asked =
    field === fieldName &&
    identifier.kind === kind &&
    canonicalIp(String(args.address)) === address &&
    (args.port ?? null) === port &&
    isSameMoment(args.from, from) &&
    isSameMoment(args.to, to);
  if (!asked) throw new GrantRefusal("SEARCH_NOT_GRANTED");
  if (!context.grant?.claims.categories.includes(category)) throw new GrantRefusal("CATEGORY_NOT_GRANTED");
}

function isSameMoment(asked: unknown, granted: string): boolean {
  const moment = asked instanceof Date ? asked : new Date(String(asked));
  return moment.getTime() === Date.parse(granted);
}
