import { describe, expect, test } from "@jest/globals";
import { decide } from "../../schema/law/decide.js";
import type { Question } from "../../schema/law/question.js";
import { ask, book } from "./book.js";

/** What a question from outside could hold in place of a member. */
const anything = (members: Readonly<Record<string, unknown>>) => ask(members as Partial<Question>);
const noProvider =
  "It is not known in which country the provider could be addressed: no establishment serves this person.";

const questions: readonly (readonly [string, unknown, string])[] = [
  ["no question", null, "The question could not be read."],
  ["nothing", undefined, "The question could not be read."],
  ["a text", "disclose", "The question could not be read."],
  ["nobody to address", anything({ providerCountry: "" }), noProvider],
  [
    "no offence",
    anything({ offenceCategory: "" }),
    "No offence is named that this rule book knows for the requesting state.",
  ],
  [
    "no category",
    anything({ category: "METADATA" }),
    '"METADATA" is no category of data: SUBSCRIBER, USER_IDENTIFICATION, TRAFFIC, CONTENT.',
  ],
  [
    "another offence",
    anything({ offenceCategory: "SPITTING" }),
    '"SPITTING" is no offence category of this rule book.',
  ],
  ["no platform", anything({ platform: "" }), "The question names no platform."],
  ["a platform that is no text", anything({ platform: 7 }), "The question names no platform."],
  ["no kind of authority", anything({ authority: "KING" }), '"KING" is no kind of authority.'],
  ["a validation by nobody", anything({ validatedBy: "KING" }), '"KING" is no kind of authority.'],
  ["a sentence in words", anything({ maxCustodialYears: "3" }), "The maximum sentence is no number of years."],
  ["facts in a word", anything({ subject: "FR" }), "The facts about the person could not be read."],
  ["no requesting state", anything({ requesting: "XX" }), '"XX" is no requesting state of this rule book.'],
  [
    "no country of a provider",
    anything({ providerCountry: "XX" }),
    '"XX" is no country of this rule book in which a provider could be addressed.',
  ],
  ["no moment", anything({ at: "noon" }), '"noon" is no moment: RFC 3339, such as 2026-08-18T09:00:00Z.'],
  [
    "a moment that is no text",
    anything({ at: 20261123 }),
    "A value of type number is no moment: RFC 3339, such as 2026-08-18T09:00:00Z.",
  ],
  [
    "a list of one moment",
    anything({ at: ["2026-11-23T10:00:00Z"] }),
    "A value of type object is no moment: RFC 3339, such as 2026-08-18T09:00:00Z.",
  ],
  ["a long word", anything({ authority: "K".repeat(41) }), `"${"K".repeat(40)}" is no kind of authority.`],
];

describe("a question that cannot be read is denied by the default rule, with the reason", () => {
  test.each(questions)("%s", (_what, question, reason) => {
    const read = question as Question | null | undefined;
    const known = book.countries.some(({ alpha2 }) => alpha2 === read?.providerCountry);
    expect(decide(read as Question, book)).toEqual({
      category: read?.category,
      effect: "DENY",
      code: "NO_ROUTE",
      permitted: false,
      ruleId: "R-DEFAULT",
      reason,
      unmet: [],
      channels: [],
      nextSteps: [],
      obligations: [],
      citations: [],
      providerCountry: known ? read?.providerCountry : null,
      deadlineHours: null,
      holdHours: null,
      ruleBook: { version: book.version, hash: book.hash },
    });
  });

  test.each([
    ["validatedBy", undefined],
    ["maxCustodialYears", undefined],
    ["subject", null],
    ["subject", undefined],
  ])("a question may be without %s (%s): it is read", (member, absent) => {
    expect(decide(anything({ [member]: absent }), book).reason).not.toMatch(/read|no kind|no number/);
  });

  test("every other answer names the rule book too", () => {
    const name = { version: book.version, hash: book.hash };
    expect(decide(ask({ requesting: "DE" }), book)).toMatchObject({ permitted: true, ruleBook: name });
    expect(decide(ask({ requesting: "IN" }), book)).toMatchObject({ permitted: false, ruleBook: name });
  });
});
