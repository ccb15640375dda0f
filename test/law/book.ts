import { readFileSync } from "node:fs";
import { parseRuleBook } from "../../schema/law/parse-rule-book.js";
import type { Question } from "../../schema/law/question.js";
import type { RuleBook, RuleBookDocument } from "../../schema/law/rule-book.js";

/** The text of the first rule book, as it ships. */
export const bookText = readFileSync("subgraphs/treaty/data/rule-book-0.1.0.json", "utf8");

/** The first rule book, parsed once. */
export const book: RuleBook = parseRuleBook(JSON.parse(bookText));

/** The book after a change to its document. */
export function changedBook(change: (document: Draft) => void): RuleBook {
  const document = JSON.parse(bookText) as Draft;
  change(document);
  return parseRuleBook(document);
}

/** A rule book whose every member may be written. */
export type Draft = Writable<RuleBookDocument>;
type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Writable<T[K]> }
    : T;

/** The rule of this id in a draft. */
export function ruleOf(document: Draft, id: string): Draft["rules"][number] {
  const rule = document.rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

/** The moment of the stories. */
export const storyMoment = "2026-11-23T10:00:00Z";

/** A question of a French judge about subscriber data held in Ireland; every member can be given. */
export function ask(given: Partial<Question> = {}): Question {
  return {
    at: storyMoment,
    requesting: "FR",
    authority: "JUDGE",
    validatedBy: null,
    providerCountry: "IE",
    platform: "FACEBOOK",
    category: "SUBSCRIBER",
    offenceCategory: "RACISM_XENOPHOBIA",
    maxCustodialYears: 1,
    committedOnline: false,
    offenceCountry: null,
    solePurposeIdentification: false,
    emergency: false,
    preservation: false,
    subject: {},
    factsBasis: "DECLARED",
    ...given,
  };
}
