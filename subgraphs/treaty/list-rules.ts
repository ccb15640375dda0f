import { type CompiledRule, compileRuleBook } from "../../schema/law/compile-rule-book.js";
import { type DatePeriod, isWithin } from "../../schema/law/period.js";
import type { RuleBook as LawBook } from "../../schema/law/rule-book.js";
import type { DataCategory } from "../../schema/law/vocabulary.js";

export interface RuleFilter {
  /** Calendar date: rules in force on it, for the states named. Null: all, pending and past ones too. */
  readonly asOf: string | null;
  readonly requesting: string | null;
  readonly providerCountry: string | null;
  readonly category: DataCategory | null;
}

/** The rules that a filter leaves, in order of precedence. */
export function listRules(
  { asOf, requesting, providerCountry, category }: RuleFilter,
  book: LawBook,
): readonly CompiledRule[] {
  const reaches = (reach: ReadonlyMap<string, readonly DatePeriod[]>, country: string | null): boolean => {
    if (country === null) return true;
    const periods = reach.get(country);
    return periods?.some((period) => asOf === null || isWithin(asOf, period)) ?? false;
  };
  return [...compileRuleBook(book).rules.values()].filter(
    ({ rule, requesting: states, provider }) =>
      (category === null || rule.dataCategories.includes(category)) &&
      reaches(states, requesting) &&
      reaches(provider, providerCountry) &&
      (asOf === null || (rule.pending !== true && isWithin(asOf, { from: rule.validFrom, to: rule.validTo }))),
  );
}
