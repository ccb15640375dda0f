import type { Rule } from "./rule.js";
import { dataCategories } from "./vocabulary.js";

/** True for the rule that answers where no other one does: DENY, for all parties, categories and offences. */
export function isDefault({
  effect,
  requesting,
  provider,
  dataCategories: covered,
  offence,
  issuingAuthorities,
  pending,
  standalone,
}: Rule): boolean {
  return (
    effect === "DENY" &&
    requesting.includes("*") &&
    provider.countries.includes("*") &&
    provider.platforms.includes("*") &&
    provider.crossBorderOnly !== true &&
    dataCategories.every((category) => covered.includes(category)) &&
    offence.mode === "ALL" &&
    issuingAuthorities.length === 0 &&
    pending !== true &&
    standalone !== false
  );
}
