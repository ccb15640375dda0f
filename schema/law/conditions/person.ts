import type { FactsBasis } from "../question.js";
import type { Rule } from "../rule.js";
import type { Circumstances, OpenCondition } from "./circumstances.js";

/** All that anybody reads about a condition that rests on a fact about the person. */
export const personConditionWords = "a condition about the person is not met or not known";

/**
 * Evaluation point 4: the persons a rule does not reach. On DECLARED facts an unknown one excludes nothing; on KNOWN facts an unknown one that the
 * rule tests is a condition not met. Which fact it was is said nowhere.
 */
export function personCondition({ subjectRestrictions }: Rule, { question }: Circumstances): OpenCondition | null {
  if (subjectRestrictions === null) return null;
  const { excludeNationality, excludePermanentResidentsOf, excludeLocatedIn } = subjectRestrictions;
  const { subject, factsBasis } = question;
  const excluded =
    isExcluded(excludeNationality, subject?.nationality, factsBasis) ||
    isExcluded(excludePermanentResidentsOf, subject?.residence, factsBasis) ||
    isExcluded(excludeLocatedIn, subject?.locatedIn, factsBasis);
  if (!excluded) return null;
  return { code: "PERSON_CONDITION", fact: "person", expected: "what the rule asks about the person", actual: null };
}

function isExcluded(
  countries: readonly string[] | undefined,
  fact: string | null | undefined,
  basis: FactsBasis,
): boolean {
  if (countries === undefined) return false;
  return fact == null ? basis !== "DECLARED" : countries.includes(fact);
}
