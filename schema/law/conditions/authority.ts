import { describeAuthorities, describeKinds } from "../describe-authorities.js";
import type { Question } from "../question.js";
import type { AuthorityTest, Rule } from "../rule.js";
import type { Circumstances, OpenCondition } from "./circumstances.js";

/** Evaluation point 7: one entry must fit; none at all fits anybody. */
export function authorityCondition({ issuingAuthorities }: Rule, { question }: Circumstances): OpenCondition | null {
  if (issuingAuthorities.length === 0 || issuingAuthorities.some((entry) => fits(entry, question))) return null;
  const validators = issuingAuthorities
    .filter(({ kinds }) => kinds.includes(question.authority))
    .flatMap(({ validatedBy }) => validatedBy ?? []);
  if (validators.length > 0) {
    return {
      code: "VALIDATION_MISSING",
      fact: "validation",
      expected: `validation by ${describeKinds([...new Set(validators)])}`,
      actual: question.validatedBy ?? "none",
    };
  }
  return {
    code: "AUTHORITY_NOT_COMPETENT",
    fact: "authority",
    expected: describeAuthorities(issuingAuthorities),
    actual: question.authority,
  };
}

/** The entry that lets this authority act, if it acts without the validation that follows; else null. Evaluation point 12. */
export function entryForLaterValidation({ issuingAuthorities }: Rule, question: Question): AuthorityTest | null {
  if (issuingAuthorities.some((entry) => fits(entry, question) && isSettled(entry, question))) return null;
  return issuingAuthorities.find((entry) => fits(entry, question)) ?? null;
}

function fits(entry: AuthorityTest, question: Question): boolean {
  if (!entry.kinds.includes(question.authority)) return false;
  return isSettled(entry, question) || (entry.emergencyWithoutPriorValidation === true && question.emergency === true);
}

function isSettled({ validatedBy }: AuthorityTest, question: Question): boolean {
  return validatedBy === undefined || (question.validatedBy != null && validatedBy.includes(question.validatedBy));
}
