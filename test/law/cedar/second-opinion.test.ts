import { describe, expect, test } from "@jest/globals";
import type { Rule } from "../../../schema/law/rule.js";
import { authorityKinds, lawCodes } from "../../../schema/law/vocabulary.js";
import { Random } from "../../fuzz/random.js";
import { ask, book } from "../book.js";
import { boundariesOf } from "./ask-around.js";
import { compare } from "./compare.js";
import { faultsOfPolicies, SecondOpinion } from "./second-opinion.js";
import { varyBook } from "./vary-book.js";

/** More of them, and others, by command: `npm run test:long -- law --seed 7 --questions 1000000`. */
const questions = 100_000;
const seed = 20261123;

/** Why a rule can decide no question; null: it can. */
function whyNever({ effect, pending, standalone }: Rule): string | null {
  if (pending === true) return "not in force";
  if (standalone === false) return "no ground by itself";
  if (effect === "FORMALITY" || effect === "PROVIDER_MUST_REPORT") return `never permits: ${effect}`;
  return null;
}

describe("the rule book read by Cedar says what decide says", () => {
  const { differences, ...reached } = compare(book, { questions, seed });

  test(`to ${questions} questions: permission, effect, deciding rule and other ways`, () => {
    expect(differences).toEqual([]);
    expect(reached.questions).toBe(questions);
  });

  test("every rule decided some of them, or can decide none, and why", () => {
    const never = book.rules.filter((rule) => whyNever(rule) !== null);
    expect(never.map((rule) => [rule.id, whyNever(rule)])).toEqual([
      ["R-BUD-ART18", "no ground by itself"],
      ["R-224-ART7", "not in force"],
      ["R-224-ART8", "not in force"],
      ["R-224-ART9", "not in force"],
      ["R-DSA-10", "never permits: FORMALITY"],
      ["R-DSA-18", "never permits: PROVIDER_MUST_REPORT"],
      ["R-DE-NETZDG-3A", "never permits: PROVIDER_MUST_REPORT"],
    ]);
    const decided = [...reached.rules.keys()].sort();
    const able = book.rules.filter((rule) => whyNever(rule) === null);
    expect(decided).toEqual(able.map(({ id }) => id).sort());
  });

  test("every boundary of every rule was stood on: days, thresholds, facts not known", () => {
    const boundaries = boundariesOf(book);
    expect(boundaries.length).toBeGreaterThan(100);
    expect(boundaries.filter((boundary) => !reached.boundaries.has(boundary))).toEqual([]);
  });

  test("every kind of authority asked, and every code was given", () => {
    expect([...reached.authorities.keys()].sort()).toEqual([...authorityKinds].sort());
    expect([...reached.codes.keys()].sort()).toEqual([...lawCodes].sort());
  });
});

describe("so does any other book", () => {
  test.each(Array.from({ length: 12 }, (_, variant) => variant))("variant %i", (variant) => {
    const varied = varyBook(new Random(variant));
    expect(compare(varied, { questions: 300, seed: variant }).differences).toEqual([]);
  });
});

test("Cedar's validator knows every attribute and type in the policies", () => {
  expect(faultsOfPolicies(book)).toEqual([]);
});

test("a question that cannot be read is none for Cedar", () => {
  expect(() => new SecondOpinion(book).on(ask({ providerCountry: "ZZ" }))).toThrow("FR and ZZ are not both states");
});
