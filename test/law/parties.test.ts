import { describe, expect, test } from "@jest/globals";
import { coversPlatform, membershipIn, memberships } from "../../schema/law/membership.js";
import { book } from "./book.js";

const country = (code: string) => {
  const found = book.countries.find(({ alpha2 }) => alpha2 === code);
  if (found === undefined) throw new Error(`no country ${code}`);
  return found;
};

describe("when a country belongs to what a pattern names", () => {
  const always = { from: null, to: null };
  test.each([
    ["*", "FR", always],
    ["FR", "FR", always],
    ["FR", "DE", null],
    ["*-FR", "DE", always],
    ["*-FR", "FR", null],
    ["group:EU27", "FR", always],
    ["group:EU27", "GB", { from: null, to: "2020-01-31" }],
    ["group:EU27", "US", null],
    ["group:EU_EEVIDENCE", "FR", { from: "2026-08-18", to: null }],
    ["group:EU_EEVIDENCE", "DK", null],
    ["group:BUDAPEST", "IN", null],
    ["group:CETS224_RATIFIED", "US", null],
    ["group:NONE", "FR", null],
  ])("%s, %s: %j", (pattern, code, period) => {
    expect(membershipIn(pattern, country(code))).toEqual(period);
  });

  test("of several patterns each that covers it counts, in their order", () => {
    expect(memberships(["DE", "group:EU27", "*-FR", "*"], country("GB"))).toEqual([
      { from: null, to: "2020-01-31" },
      always,
      always,
    ]);
  });
});

describe("which platforms patterns name: one of them is enough", () => {
  test.each([
    [["*"], true],
    [["FACEBOOK"], true],
    [["FJORDNET"], false],
    [["FJORDNET", "FACEBOOK"], true],
    [["*-FACEBOOK"], false],
    [["*-FJORDNET"], true],
    [["*-FACEBOOK", "FACEBOOK"], true],
  ])("%j and FACEBOOK: %s", (patterns, covered) => {
    expect(coversPlatform(patterns, "FACEBOOK")).toBe(covered);
  });
});
