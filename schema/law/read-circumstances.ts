import { calendarDate } from "./calendar-date.js";
import type { CompiledBook } from "./compile-rule-book.js";
import type { Circumstances } from "./conditions/circumstances.js";
import type { Question } from "./question.js";
import { authorityKinds, dataCategories } from "./vocabulary.js";

/**
 * What `decide` rests on, or one sentence about why the question cannot be read. A question comes from a type-checked mapping, from a client or
 * from a record of another year: nothing of it is taken on trust. Evaluation point 16.
 */
export function readCircumstances(question: Question, law: CompiledBook): Circumstances | string {
  if (typeof question !== "object" || question === null) return "The question could not be read.";
  return whyUnreadable(question, law) ?? read(question, law);
}

function read(question: Question, law: CompiledBook): Circumstances | string {
  const requesting = law.countries.get(question.requesting);
  if (requesting === undefined) return `${shown(question.requesting)} is no requesting state of this rule book.`;
  const provider = law.countries.get(question.providerCountry);
  if (provider === undefined) {
    return `${shown(question.providerCountry)} is no country of this rule book in which a provider could be addressed.`;
  }
  const date = typeof question.at === "string" ? calendarDate(question.at, requesting.timeZone) : null;
  if (date === null) return `${shown(question.at)} is no moment: RFC 3339, such as 2026-08-18T09:00:00Z.`;
  return { question, law, requesting, provider, platform: law.platforms.get(question.platform), date };
}

function whyUnreadable(question: Question, law: CompiledBook): string | null {
  const { providerCountry, offenceCategory, category, platform, authority, validatedBy, maxCustodialYears, subject } =
    question;
  if (providerCountry === "") {
    return "It is not known in which country the provider could be addressed: no establishment serves this person.";
  }
  if (offenceCategory === "") return "No offence is named that this rule book knows for the requesting state.";
  if (!dataCategories.includes(category))
    return `${shown(category)} is no category of data: ${dataCategories.join(", ")}.`;
  if (!law.offenceCategories.has(offenceCategory))
    return `${shown(offenceCategory)} is no offence category of this rule book.`;
  if (typeof platform !== "string" || platform === "") return "The question names no platform.";
  if (!authorityKinds.includes(authority)) return `${shown(authority)} is no kind of authority.`;
  if (validatedBy != null && !authorityKinds.includes(validatedBy))
    return `${shown(validatedBy)} is no kind of authority.`;
  if (maxCustodialYears != null && typeof maxCustodialYears !== "number")
    return "The maximum sentence is no number of years.";
  if (subject != null && typeof subject !== "object") return "The facts about the person could not be read.";
  return null;
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : `A value of type ${typeof value}`;
}
