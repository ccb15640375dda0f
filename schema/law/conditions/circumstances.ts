import type { CompiledBook } from "../compile-rule-book.js";
import type { Question } from "../question.js";
import type { Country, Platform } from "../rule-book.js";
import type { LawCode } from "../vocabulary.js";

/** A question with what the rule book knows of its parties, and the date it is measured by. */
export interface Circumstances {
  readonly question: Question;
  readonly law: CompiledBook;
  readonly requesting: Country;
  readonly provider: Country;
  /** Undefined: a platform that the book does not know; rules for every platform still reach it. */
  readonly platform: Platform | undefined;
  /** Calendar date in the capital of the requesting state. */
  readonly date: string;
}

/** A condition of a rule that the question does not meet. */
export interface OpenCondition {
  readonly code: LawCode;
  readonly fact: string;
  readonly expected: string;
  /** Null where it is a fact about a person. */
  readonly actual: string | null;
}
