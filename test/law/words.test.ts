import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { decide } from "../../schema/law/decide.js";
import type { Decision } from "../../schema/law/decision.js";
import { describeRule } from "../../schema/law/describe-rule.js";
import type { Question } from "../../schema/law/question.js";
import { lawByStory } from "../cases/law-by-story.js";
import { wordsByCase } from "../cases/words-by-case.js";
import { ask, book, changedBook, ruleOf } from "./book.js";

/** What people read, whole: a changed word is a changed line here. `UPDATE_CASES=1` writes the files anew; `npm run format` them, and read them before they are committed. */
function readsAs(file: string, said: unknown): void {
  const path = `test/cases/${file}`;
  if (process.env.UPDATE_CASES === "1") writeFileSync(path, `${JSON.stringify(said, null, 1)}\n`);
  expect(said).toEqual(JSON.parse(readFileSync(path, "utf8")));
}

describe("rules in words (test/cases/rules-in-words.json)", () => {
  const inWords = ({ rules, instruments }: typeof book) =>
    Object.fromEntries(
      rules.map((rule) => {
        const instrument = instruments.find(({ id }) => id === rule.instrument);
        if (instrument === undefined) throw new Error(`no instrument ${rule.instrument}`);
        return [rule.id, describeRule(rule, instrument)];
      }),
    );
  test("those of the first book, and one that says everything a rule can", () => {
    const everything = changedBook((document) => {
      document.rules = document.rules.filter(({ id }) => id === "R-EE-IDENT" || id === "R-DEFAULT");
      Object.assign(ruleOf(document, "R-EE-IDENT"), {
        ...ruleOf(document, "R-EE-IDENT"),
        validTo: "2030-01-01",
        provider: { countries: ["*"], platforms: ["*"], crossBorderOnly: true },
        offence: {
          mode: "ANY_OF",
          options: [
            { minMaxCustodialYears: 1, committedOnline: false, solePurposeIdentification: true },
            { victimDeviceOnVictimRequest: true, missingPerson: false },
          ],
        },
        dualCriminality: { required: true },
        independentJudiciary: { required: true },
        notification: {
          to: "ENFORCING_AUTHORITY",
          when: "SIMULTANEOUS",
          exemptIf: null,
          suspensive: false,
          emergencySuspensive: false,
        },
        deadlines: { normalHours: null, emergencyHours: 8 },
        issuingAuthorities: [
          { kinds: ["POLICE"], validatedBy: ["JUDGE", "COURT"], emergencyWithoutPriorValidation: true },
          { kinds: ["JUDGE"] },
        ],
        subjectRestrictions: { excludeNationality: ["FR", "DE"] },
        penalty: "a fine",
        gatewayConditions: ["a condition"],
        useRestrictions: ["a restriction"],
        exceptions: [{ platforms: ["FACEBOOK", "FJORDNET"], from: "2027-01-01", reason: "interim relief" }],
      });
      ruleOf(document, "R-DEFAULT").id = "R-LAST";
    });
    readsAs("rules-in-words.json", {
      ...inWords(book),
      "R-EE-IDENT with everything": inWords(everything)["R-EE-IDENT"],
    });
  });
});

describe("decisions in words (test/cases/decisions-in-words.json)", () => {
  const inWords = (asked: Partial<Question>, law = book) => {
    const { ruleBook: _, citations, obligations, ...decision }: Decision = decide(ask(asked), law);
    return {
      ...decision,
      citations: citations.map(({ id }) => id),
      obligations: obligations.map(({ citations: sources, ...duty }) => ({
        ...duty,
        citations: sources.map(({ id }) => id),
      })),
    };
  };
  test("every story, and every kind of obstacle, duty and next step", () => {
    readsAs("decisions-in-words.json", {
      ...Object.fromEntries(lawByStory.map(({ story, question }) => [story, inWords(question)])),
      ...Object.fromEntries(
        wordsByCase.map(({ name, question, change }) => [
          name,
          inWords(question, change === undefined ? book : changedBook(change)),
        ]),
      ),
    });
  });

  test("a citation is the source as the book has it, in the order of the rule; what the book does not say of it is null", () => {
    const cited = changedBook((document) => {
      document.sources = document.sources.map((source) =>
        source.id === "S-2023-1543"
          ? { ...source, locator: "Art. 5", url: "https://eur-lex.europa.eu/eli/reg/2023/1543/oj" }
          : source,
      );
    });
    const { citations, obligations } = decide(ask({ requesting: "DE" }), cited);
    expect(citations.slice(0, 1)).toEqual([
      {
        id: "S-2023-1543",
        title: book.sources.find(({ id }) => id === "S-2023-1543")?.what,
        locator: "Art. 5",
        url: "https://eur-lex.europa.eu/eli/reg/2023/1543/oj",
        confirmed: true,
      },
    ]);
    expect(obligations[0]?.citations).toEqual(citations);
    expect(
      decide(ask({ requesting: "BR", providerCountry: "US", platform: "FJORDNET" }), book).citations,
    ).toContainEqual(expect.objectContaining({ locator: null, url: null }));
  });
});
