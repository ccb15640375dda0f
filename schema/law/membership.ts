import { always, type DatePeriod } from "./period.js";
import type { Country, CountryGroup } from "./rule-book.js";

/**
 * When this country belongs to what the pattern names; null: never. A state that joined or left keeps its dates, so that a rule which names a group
 * reaches it from its own first day on.
 */
export function membershipIn(pattern: string, country: Country): DatePeriod | null {
  if (pattern === "*" || pattern === country.alpha2) return always;
  if (pattern.startsWith("*-")) return pattern.slice(2) === country.alpha2 ? null : always;
  if (pattern.startsWith("group:")) return groupMembership[pattern.slice(6) as CountryGroup](country);
  return null;
}

/** Every period in which one of the patterns covers this country. */
export function memberships(patterns: readonly string[], country: Country): readonly DatePeriod[] {
  return patterns.map((pattern) => membershipIn(pattern, country)).filter((period) => period !== null);
}

const groupMembership: Readonly<Record<CountryGroup, (country: Country) => DatePeriod | null>> = {
  EU27: ({ euMember, euMemberUntil }) =>
    euMember ? always : euMemberUntil === undefined ? null : { from: null, to: euMemberUntil },
  EU_EEVIDENCE: ({ boundByEEvidence: { bound, from } }) => (bound ? { from, to: null } : null),
  BUDAPEST: ({ budapest: { party, inForceFrom } }) => (party ? { from: inForceFrom, to: null } : null),
  CETS224_RATIFIED: ({ cets224: { status, ratifiedOn } }) =>
    status === "RATIFIED" ? { from: ratifiedOn, to: null } : null,
  NONE: () => null,
};

/** True where a platform pattern ("FACEBOOK", "*", "*-FACEBOOK") names this platform. */
export function coversPlatform(patterns: readonly string[], platform: string): boolean {
  return patterns.some((pattern) =>
    pattern.startsWith("*-") ? pattern.slice(2) !== platform : pattern === "*" || pattern === platform,
  );
}
