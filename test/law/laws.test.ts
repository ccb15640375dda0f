import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decide } from "../../schema/law/decide.js";
import { isDisclosing } from "../../schema/law/findings.js";
import { parseRuleBook } from "../../schema/law/parse-rule-book.js";
import type { Question } from "../../schema/law/question.js";
import { authorityKinds, dataCategories, lawCodes } from "../../schema/law/vocabulary.js";
import { book, bookText, changedBook, type Draft } from "./book.js";

const countries = ["FR", "DE", "GB", "US", "IE", "DK", "AU", "HU", "JP", "RS", "IN", "RU", "BR", "CH", "NZ", "GR"];
const instant = fc
  .date({ min: new Date("1980-01-01T00:00:00Z"), max: new Date("2030-01-01T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const person = fc.record({
  nationality: fc.constantFrom(null, ...countries),
  residence: fc.constantFrom(null, ...countries),
  locatedIn: fc.constantFrom(null, ...countries),
  protectedRole: fc.constantFrom(null, "JOURNALIST" as const),
});
const question: fc.Arbitrary<Question> = fc.record({
  at: fc.oneof(instant, fc.constantFrom("2026-11-23T10:00:00Z", "2026-08-18T00:00:00Z", "2019-06-25T00:00:00Z")),
  requesting: fc.constantFrom(...countries),
  authority: fc.constantFrom(...authorityKinds),
  validatedBy: fc.constantFrom(null, ...authorityKinds),
  providerCountry: fc.constantFrom(...countries),
  platform: fc.constantFrom("FACEBOOK", "FJORDNET", "YOUTUBE"),
  category: fc.constantFrom(...dataCategories),
  offenceCategory: fc.constantFrom("RACISM_XENOPHOBIA", "TERRORISM", "THREAT_TO_LIFE", "COMPUTER_CRIME", "OTHER"),
  maxCustodialYears: fc.constantFrom(null, 0, 1, 2.9, 3, 15),
  committedOnline: fc.boolean(),
  offenceCountry: fc.constantFrom(null, ...countries),
  solePurposeIdentification: fc.boolean(),
  emergency: fc.boolean(),
  preservation: fc.boolean(),
  subject: person,
  factsBasis: fc.constantFrom("DECLARED" as const, "KNOWN" as const),
});
const runs = { numRuns: 1500, seed: 20261123 };
const held = (property: fc.IProperty<[Question]>) => fc.assert(property, runs);

const withoutPermits = changedBook((document) => {
  document.rules = document.rules.filter(({ effect }) => !effect.startsWith("PERMIT"));
});
const backwards = changedBook((document: Draft) => {
  document.rules.reverse();
  document.countries.reverse();
});
const again = parseRuleBook(JSON.parse(bookText));

describe("laws of decide", () => {
  test("the same question to the same book has the same answer", () => {
    held(fc.property(question, (asked) => expect(decide(asked, again)).toEqual(decide(asked, book))));
  });

  test("the order of the rules and countries in the book does not matter", () => {
    held(
      fc.property(question, (asked) => {
        const { effect, code, ruleId, deadlineHours, obligations } = decide(asked, book);
        expect(decide(asked, backwards)).toMatchObject({ effect, code, ruleId, deadlineHours, obligations });
      }),
    );
  });

  test("without rules that permit nothing is permitted", () => {
    held(fc.property(question, (asked) => expect(decide(asked, withoutPermits).permitted).toBe(false)));
  });

  test("permitted is what the effect says, and comes without channels, obstacles or another code", () => {
    held(
      fc.property(question, (asked) => {
        const { permitted, effect, code, channels, unmet, ruleId } = decide(asked, book);
        expect(permitted).toBe(isDisclosing(effect));
        if (permitted) expect({ code, channels, unmet }).toEqual({ code: "PERMITTED", channels: [], unmet: [] });
        expect(code === "PERMITTED").toBe(permitted || effect === "PERMIT_PRESERVATION");
        expect(ruleId).not.toBeNull();
      }),
    );
  });

  test("learning less about a person at the door never opens it", () => {
    held(
      fc.property(question, (asked) => {
        const known = { ...asked, factsBasis: "KNOWN" as const };
        const forgotten = { ...known, subject: {} };
        if (decide(forgotten, book).permitted) expect(decide(known, book).permitted).toBe(true);
      }),
    );
  });

  test("what is permitted at the door was permitted in a preview with the same facts", () => {
    held(
      fc.property(question, (asked) => {
        if (decide({ ...asked, factsBasis: "KNOWN" }, book).permitted)
          expect(decide({ ...asked, factsBasis: "DECLARED" }, book).permitted).toBe(true);
      }),
    );
  });

  test("a longer maximum sentence never closes what a shorter one opens", () => {
    held(
      fc.property(question, (asked) => {
        if (decide(asked, book).permitted)
          expect(decide({ ...asked, maxCustodialYears: 99 }, book).permitted).toBe(true);
      }),
    );
  });

  test("no condition or reason spells out a fact about the person", () => {
    held(
      fc.property(question, (asked) => {
        const decision = decide(asked, book);
        for (const condition of decision.unmet.filter(({ fact }) => fact === "person"))
          expect(condition.actual).toBeNull();
        const other = { ...asked, subject: { nationality: "US", residence: "US", locatedIn: "US" } };
        const second = { ...asked, subject: { nationality: "US", residence: "DE", locatedIn: "DE" } };
        const [one, two] = [decide(other, book), decide(second, book)];
        if (one.code === "PERSON_CONDITION" && two.code === "PERSON_CONDITION") expect(one).toEqual(two);
      }),
    );
  });

  test("whatever is asked, there is an answer, and what cannot be read is denied", () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record(
        Object.fromEntries(
          [
            "at",
            "requesting",
            "authority",
            "category",
            "providerCountry",
            "platform",
            "offenceCategory",
            "subject",
          ].map((name) => [name, fc.anything()]),
        ),
      ),
    );
    fc.assert(
      fc.property(anything, (asked) => {
        const decision = decide(asked as Question, book);
        expect(decision).toMatchObject({ effect: "DENY", permitted: false, ruleId: "R-DEFAULT" });
        expect(lawCodes).toContain(decision.code);
        expect(decision.reason).not.toBe("");
      }),
      runs,
    );
  });
});

test("one member of another kind never throws", () => {
  const members = Object.keys(fc.sample(question, 1)[0] as Question);
  const twisted = fc.tuple(question, fc.constantFrom(...members), fc.anything({ withNullPrototype: true }));
  fc.assert(
    fc.property(twisted, ([asked, member, value]) => {
      const decision = decide({ ...asked, [member]: value } as Question, book);
      expect(lawCodes).toContain(decision.code);
      expect(decision.permitted).toBe(isDisclosing(decision.effect));
    }),
    runs,
  );
});

describe("a question that cannot be read says what is wrong with it", () => {
  const asked = fc.sample(question, 1)[0] as Question;
  test.each([
    [{ requesting: "XX" }, /"XX" is no requesting state of this rule book/],
    [{ providerCountry: "ZZ" }, /"ZZ" is no country of this rule book/],
    [{ providerCountry: "" }, /not known in which country the provider could be addressed/],
    [{ category: "METADATA" }, /"METADATA" is no category of data/],
    [{ offenceCategory: "SPITTING" }, /"SPITTING" is no offence category/],
    [{ offenceCategory: "" }, /No offence is named/],
    [{ platform: "" }, /names no platform/],
    [{ at: "tomorrow" }, /"tomorrow" is no moment/],
    [{ authority: "KING" }, /"KING" is no kind of authority/],
    [{ validatedBy: "KING" }, /"KING" is no kind of authority/],
    [{ maxCustodialYears: "life" }, /no number of years/],
    [{ subject: "somebody" }, /facts about the person could not be read/],
  ] as const)("%j", (wrong, reason) => {
    const decision = decide({ ...asked, ...wrong } as Question, book);
    expect(decision).toMatchObject({ effect: "DENY", code: "NO_ROUTE", permitted: false, ruleId: "R-DEFAULT" });
    expect(decision.reason).toMatch(reason);
  });
});
