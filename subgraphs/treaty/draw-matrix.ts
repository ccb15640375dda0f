import { instantOn } from "../../schema/law/calendar-date.js";
import { decide } from "../../schema/law/decide.js";
import type { Question } from "../../schema/law/question.js";
import type { RuleBook as LawBook } from "../../schema/law/rule-book.js";
import { type DataCategory, dataCategories, type Effect } from "../../schema/law/vocabulary.js";

export interface Cell {
  readonly requesting: string;
  readonly category: DataCategory;
  readonly effect: Effect;
  readonly ruleId: string | null;
}

type Asked = Pick<
  Question,
  | "providerCountry"
  | "platform"
  | "offenceCategory"
  | "maxCustodialYears"
  | "authority"
  | "committedOnline"
  | "solePurposeIdentification"
>;

/**
 * The same request from every state: one cell for each state and category. `day`: a calendar date, which every state meets in its own capital, or
 * one instant for all.
 */
export function drawMatrix(asked: Asked, day: string | Date, book: LawBook): readonly Cell[] {
  return book.countries.flatMap(({ alpha2: requesting, timeZone }) => {
    const at = typeof day === "string" ? instantOn(day, timeZone) : day.toISOString();
    return dataCategories.map((category) => {
      const identifies = category === "SUBSCRIBER" || category === "USER_IDENTIFICATION";
      const question: Question = {
        ...asked,
        ...{ at, requesting, category, validatedBy: null, offenceCountry: null, emergency: false, preservation: false },
        solePurposeIdentification: identifies && asked.solePurposeIdentification,
        subject: {},
        factsBasis: "DECLARED",
      };
      const { effect, ruleId } = decide(question, book);
      return { requesting, category, effect, ruleId };
    });
  });
}
