import { compileRuleBook } from "./compile-rule-book.js";
import { membershipIn } from "./membership.js";
import type { Country, Establishment, RuleBook } from "./rule-book.js";

/**
 * Whom to address, as far as the issuing authority can know: the establishment that serves residents of the believed residence, or of the requesting
 * state where the residence is not known. One that names the country outright goes before one that serves everybody. Null: an unknown platform, or
 * nobody serves that country. Evaluation point 19.
 */
export function establishmentFor(
  platform: string,
  residence: string | null | undefined,
  requesting: string,
  book: RuleBook,
): Establishment | null {
  const { platforms, countries } = compileRuleBook(book);
  const establishments = platforms.get(platform)?.establishments ?? [];
  const code = residence ?? requesting;
  const outright = establishments.find(({ servesResidentsOf }) => servesResidentsOf.includes(code));
  return (
    outright ??
    establishments.find(({ servesResidentsOf }) =>
      servesResidentsOf.some((pattern) => serves(pattern, countries.get(code))),
    ) ??
    null
  );
}

/** A person may live in a country that the book does not know: "*" serves her too. */
function serves(pattern: string, country: Country | undefined): boolean {
  return country === undefined ? pattern.startsWith("*") : membershipIn(pattern, country) !== null;
}
