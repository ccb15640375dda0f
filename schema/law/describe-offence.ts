import type { Question } from "./question.js";
import type { OffenceOption, OffenceTest } from "./rule.js";

/** The offences that a rule is for, in words that follow "asks for". */
export function describeOffenceTest(test: OffenceTest): string {
  switch (test.mode) {
    case "ALL":
      return "any offence";
    case "LISTED":
      return `one of ${test.categories.join(", ")}`;
    case "THRESHOLD":
      return `an offence with ${atLeast(test.minMaxCustodialYears)}`;
    case "THRESHOLD_OR_LISTED":
      return `an offence with ${atLeast(test.minMaxCustodialYears)}, or one of ${test.categories.join(", ")}`;
    case "ANY_OF":
      return `one of: ${test.options.map(describeOption).join("; ")}`;
  }
}

/** The offence as the question has it. */
export function describeOffence({
  offenceCategory,
  maxCustodialYears,
  committedOnline,
  solePurposeIdentification,
}: Question): string {
  const words = [
    offenceCategory,
    maxCustodialYears == null ? "maximum sentence not known" : `maximum ${years(maxCustodialYears)}`,
    committedOnline === true ? "committed online" : "",
    solePurposeIdentification === true ? "for the sole purpose of identification" : "",
  ];
  return words.filter((word) => word !== "").join(", ");
}

function describeOption(option: OffenceOption): string {
  const words = [
    option.minMaxCustodialYears === undefined ? "" : atLeast(option.minMaxCustodialYears),
    stated(option.committedOnline, "committed online"),
    stated(option.solePurposeIdentification, "for the sole purpose of identification"),
    stated(option.victimDeviceOnVictimRequest, "the victim's own device at the victim's request"),
    stated(option.missingPerson, "a missing person"),
  ];
  return words.filter((word) => word !== "").join(" and ");
}

function stated(fact: boolean | undefined, words: string): string {
  if (fact === undefined) return "";
  return fact ? words : `not ${words}`;
}

function atLeast(minimum: number): string {
  return `a maximum of at least ${years(minimum)}`;
}

function years(count: number): string {
  return count === 1 ? "1 year" : `${count} years`;
}
