import { describe, expect, test } from "@jest/globals";
import { hashRuleBook } from "../../schema/law/hash-rule-book.js";
import { parseRuleBook } from "../../schema/law/parse-rule-book.js";
import { RuleBookError } from "../../schema/law/rule-book-error.js";
import { book, bookText, changedBook, type Draft, ruleOf } from "./book.js";

type Anything = Record<string, unknown>;
const loose = (document: Draft) => document as unknown as { [key: string]: Anything[] } & Anything;

// biome-ignore format: one fault is one line.
const faults: readonly (readonly [string, (document: Draft) => void, string, RegExp])[] = [
  ["an unknown member", (d) => { loose(d).rules![1]!.colour = "red"; }, "$.rules[1].colour", /found "red", expected no such member/],
  ["a missing member", (d) => { delete loose(d).rules![0]!.citation; }, "$.rules[0].citation", /found nothing/],
  ["an unknown effect", (d) => { loose(d).rules![2]!.effect = "PERMIT"; }, "$.rules[2].effect", /found "PERMIT", expected one of PERMIT_COMPULSORY/],
  ["an unknown category of data", (d) => { loose(d).rules![2]!.dataCategories = ["METADATA"]; }, "$.rules[2].dataCategories[0]", /expected one of SUBSCRIBER/],
  ["no category of data", (d) => { loose(d).rules![2]!.dataCategories = []; }, "$.rules[2].dataCategories", /found an empty list, expected at least one item/],
  ["a category of data twice", (d) => { loose(d).rules![2]!.dataCategories = ["CONTENT", "CONTENT"]; }, "$.rules[2].dataCategories[1]", /every item once/],
  ["an unknown kind of authority", (d) => { loose(d).rules![0]!.issuingAuthorities = [{ kinds: ["KING"] }]; }, "$.rules[0].issuingAuthorities[0].kinds[0]", /expected one of JUDGE/],
  ["a day that does not exist", (d) => { d.rules[2]!.validFrom = "2019-06-31"; }, "$.rules[2].validFrom", /found "2019-06-31", expected a calendar date/],
  ["a date with a time", (d) => { d.rules[2]!.validFrom = "2019-06-25T00:00:00Z"; }, "$.rules[2].validFrom", /a calendar date/],
  ["an end on its start", (d) => { d.rules[2]!.validTo = "2019-06-25"; }, "$.rules[2].validTo", /expected a day after 2019-06-25/],
  ["an end before its start", (d) => { d.instruments[0]!.inForceTo = "2000-01-01"; }, "$.instruments[0].inForceTo", /a day after 2019-06-25/],
  ["a rule twice", (d) => { d.rules[3]!.id = d.rules[2]!.id; }, "$.rules[3].id", /an id that no other entry has/],
  ["a country twice", (d) => { d.countries[3]!.alpha2 = "AL"; }, "$.countries[3].alpha2", /no other entry/],
  ["an instrument that is not there", (d) => { d.rules[0]!.instrument = "NO-SUCH"; }, "$.rules[0].instrument", /found "NO-SUCH", expected the id of an instrument/],
  ["a source that is not there", (d) => { d.rules[0]!.citation = ["S-NO-SUCH"]; }, "$.rules[0].citation[0]", /the id of a source/],
  ["a source of an offence that is not there", (d) => { d.offences.national[0]!.citation = ["S-NO-SUCH"]; }, "$.offences.national[0].citation[0]", /the id of a source/],
  ["a country that is not there", (d) => { d.rules[0]!.requesting = ["XX"]; }, "$.rules[0].requesting[0]", /a country of this book/],
  ["all but a country that is not there", (d) => { d.rules[0]!.requesting = ["*-XX"]; }, "$.rules[0].requesting[0]", /a country of this book/],
  ["a group that is not there", (d) => { d.rules[0]!.requesting = ["group:G7"]; }, "$.rules[0].requesting[0]", /one of the groups EU27/],
  ["an offence category that is not there", (d) => { Object.assign(d.rules[0]!.offence, { categories: ["SPITTING"] }); }, "$.rules[0].offence.categories[0]", /offence category/],
  ["an unknown offence test", (d) => { loose(d).rules![0]!.offence = { mode: "SERIOUS" }; }, "$.rules[0].offence.mode", /expected one of ALL, LISTED/],
  ["a test with a member of another one", (d) => { loose(d).rules![0]!.offence = { mode: "ALL", minMaxCustodialYears: 3 }; }, "$.rules[0].offence.minMaxCustodialYears", /no such member/],
  ["an option without a fact", (d) => { loose(d).rules![0]!.offence = { mode: "ANY_OF", options: [{}] }; }, "$.rules[0].offence.options[0]", /found no fact, expected an option that states at least one fact/],
  ["a fact that no question carries", (d) => { d.rules[0]!.provider.offersServiceInRequestingState = true; }, "$.rules[0].provider.offersServiceInRequestingState", /never permits by itself/],
  ["a hold without hours", (d) => { delete ruleOf(d, "R-EE-TRAFFIC").deadlines!.enforcingAuthorityReviewHours; }, "$.rules[17].deadlines.enforcingAuthorityReviewHours", /the hours of a notification that suspends/],
  ["an unknown time zone", (d) => { d.countries[0]!.timeZone = "Europe/Atlantis"; }, "$.countries[0].timeZone", /IANA time zone/],
  ["a party without a date", (d) => { d.countries[0]!.budapest.inForceFrom = null; }, "$.countries[0].budapest.inForceFrom", /entry into force/],
  ["a policy by another metric", (d) => { d.platforms[0]!.judiciaryPolicy!.metric = "max"; }, "$.platforms[0].judiciaryPolicy.metric", /min\(WJP-1\.2, WJP-8\.6\)/],
  ["a country without figures taken for established", (d) => { Object.assign(d.judiciaryModel.proposedPolicy, { missing: "ESTABLISHED" }); }, "$.judiciaryModel.proposedPolicy.missing", /REVIEW, NOT_ESTABLISHED/],
  ["an override signed by one officer", (d) => { d.platforms[0]!.judiciaryPolicy!.overrides = [{ country: "BR", from: "2026-01-01", until: null, officers: ["A"], reason: "r" }]; }, "$.platforms[0].judiciaryPolicy.overrides[0].officers", /two officers/],
  ["no default", (d) => { d.rules.pop(); }, "$.rules", /found no default, expected a rule of effect DENY that reaches every request/],
  ["a version that is none", (d) => { d.version = "next"; }, "$.version", /a version such as 0\.1\.0/],
];

describe("a rule book is read whole or refused whole", () => {
  test.each(faults)("%s", (_name, change, path, message) => {
    const refused = refusalOf(() => changedBook(change));
    expect(refused.path).toBe(path);
    expect(refused.message).toMatch(message);
    expect(String(refused)).toMatch(/^RuleBookError: rule book refused: /);
  });

  test.each([null, [], "text", 7, {}])("%j is no rule book", (json) => {
    expect(refusalOf(() => parseRuleBook(json)).path).toMatch(/^\$/);
  });

  test("a member called __proto__ is a fault like any other", () => {
    const text = bookText.replace('"version"', '"__proto__": {}, "version"');
    expect(refusalOf(() => parseRuleBook(JSON.parse(text))).path).toBe("$.__proto__");
  });

  test("the first book is read: its rules, instruments, countries", () => {
    expect([book.rules.length, book.instruments.length, book.countries.length]).toEqual([32, 22, 85]);
  });
});

describe("a rule book is named by its content", () => {
  test("spacing and the order of members do not count", () => {
    const { version, ...rest } = JSON.parse(bookText) as Anything;
    expect(hashRuleBook({ ...rest, version })).toBe(book.hash);
  });

  test("one changed day is another book", () => {
    const changed = changedBook((document) => {
      ruleOf(document, "R-EE-IDENT").validFrom = "2026-08-19";
    });
    expect(changed.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(changed.hash).not.toBe(book.hash);
  });
});

function refusalOf(read: () => unknown): RuleBookError {
  try {
    read();
  } catch (error) {
    if (error instanceof RuleBookError) return error;
    throw error;
  }
  throw new Error("the book was read, though it has a fault");
}
