import { describeOffence, describeOffenceTest } from "../describe-offence.js";
import type { Question } from "../question.js";
import type { OffenceOption, OffenceTest, Rule } from "../rule.js";
import type { LawCode } from "../vocabulary.js";
import type { Circumstances, OpenCondition } from "./circumstances.js";

/** Evaluation point 8. */
export function offenceCondition({ offence }: Rule, { question }: Circumstances): OpenCondition | null {
  if (isOffenceCovered(offence, question)) return null;
  return {
    code: codeOf(offence, question),
    fact: "offence",
    expected: describeOffenceTest(offence),
    actual: describeOffence(question),
  };
}

function isOffenceCovered(test: OffenceTest, question: Question): boolean {
  switch (test.mode) {
    case "ALL":
      return true;
    case "LISTED":
      return test.categories.includes(question.offenceCategory);
    case "THRESHOLD":
      return reaches(test.minMaxCustodialYears, question);
    case "THRESHOLD_OR_LISTED":
      return reaches(test.minMaxCustodialYears, question) || test.categories.includes(question.offenceCategory);
    case "ANY_OF":
      return test.options.some((option) => holds(option, question));
  }
}

/** An unknown maximum reaches no threshold. */
function reaches(years: number, { maxCustodialYears }: Question): boolean {
  return typeof maxCustodialYears === "number" && maxCustodialYears >= years;
}

/** Every stated fact must hold. No question carries the last two: they are false. */
function holds(option: OffenceOption, question: Question): boolean {
  return (
    (option.minMaxCustodialYears === undefined || reaches(option.minMaxCustodialYears, question)) &&
    agrees(option.committedOnline, question.committedOnline) &&
    agrees(option.solePurposeIdentification, question.solePurposeIdentification) &&
    agrees(option.victimDeviceOnVictimRequest, false) &&
    agrees(option.missingPerson, false)
  );
}

function agrees(stated: boolean | undefined, fact: boolean): boolean {
  return stated === undefined || stated === (fact === true);
}

function codeOf(test: OffenceTest, question: Question): LawCode {
  if (test.mode === "LISTED") return "OFFENCE_NOT_LISTED";
  if (test.mode !== "ANY_OF") return "OFFENCE_BELOW_THRESHOLD";
  const below = test.options.some(
    ({ minMaxCustodialYears }) => minMaxCustodialYears !== undefined && !reaches(minMaxCustodialYears, question),
  );
  return below ? "OFFENCE_BELOW_THRESHOLD" : "OFFENCE_NOT_LISTED";
}
