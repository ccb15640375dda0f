import { describe, expect, test } from "@jest/globals";
import { decide } from "../../schema/law/decide.js";
import { describeLine, judiciarySignal } from "../../schema/law/judiciary-signal.js";
import type { JudiciaryOverride, RuleBook } from "../../schema/law/rule-book.js";
import { ask, book, changedBook } from "./book.js";

const brazil = ask({ requesting: "BR", providerCountry: "US", platform: "FJORDNET" });
const withPolicy = (line: number, overrides?: readonly JudiciaryOverride[]) =>
  changedBook((document) => {
    const platform = document.platforms.find(({ code }) => code === "FJORDNET");
    if (platform === undefined) throw new Error("no platform FJORDNET");
    const policy = { metric: "min(WJP-1.2, WJP-8.6)", line, since: "2026-01-01" };
    platform.judiciaryPolicy =
      overrides === undefined
        ? policy
        : { ...policy, overrides: overrides.map((entry) => ({ ...entry, officers: [...entry.officers] })) };
  });
const override = {
  country: "BR",
  from: "2026-03-01",
  until: "2026-04-01",
  officers: ["A. Officer", "B. Officer"],
  reason: "treaty talks",
};
const signal = (law: RuleBook, platform: string, date = "2026-03-15") => {
  const country = law.countries.find(({ alpha2 }) => alpha2 === "BR");
  if (country === undefined) throw new Error("no country BR");
  return judiciarySignal(
    country,
    law.platforms.find(({ code }) => code === platform),
    date,
    law,
  );
};

describe("a provider's policy about voluntary requests", () => {
  test("its own line counts from its first day; before it the rule book's", () => {
    const own = withPolicy(0.5);
    expect(decide({ ...brazil, at: "2025-12-31T12:00:00Z" }, own).code).toBe("REVIEW_BY_PERSON");
    expect(decide({ ...brazil, at: "2026-01-01T12:00:00Z" }, own).effect).toBe("PERMIT_VOLUNTARY");
  });

  test("a stricter line closes what the rule book's would open", () => {
    const japan = { ...brazil, requesting: "JP" };
    expect(decide(japan, book).effect).toBe("PERMIT_VOLUNTARY");
    expect(decide(japan, withPolicy(0.9)).code).toBe("REVIEW_BY_PERSON");
  });

  test("an override lets its state pass, during its time", () => {
    const overridden = withPolicy(0.6, [override]);
    const on = (at: string) => decide({ ...brazil, at }, overridden).effect;
    expect([
      on("2026-02-28T12:00:00Z"),
      on("2026-03-01T12:00:00Z"),
      on("2026-03-31T12:00:00Z"),
      on("2026-04-01T12:00:00Z"),
    ]).toEqual(["MLA_ONLY", "PERMIT_VOLUNTARY", "PERMIT_VOLUNTARY", "MLA_ONLY"]);
  });

  test("one of several overrides is enough; that of another state is none", () => {
    const other = { ...override, country: "IN" };
    expect(signal(withPolicy(0.6, [other]), "FJORDNET").passes).toBe(false);
    expect(signal(withPolicy(0.6, [other, override]), "FJORDNET").passes).toBe(true);
  });

  test("the next step is a person at the provider", () => {
    expect(decide(brazil, book).nextSteps[0]).toMatchObject({
      kind: "ASK_PERSON_AT_PROVIDER",
      ruleId: "R-SCA-NONCONTENT",
    });
  });
});

describe("the line that a state is measured by", () => {
  const value = signal(book, "FJORDNET").value ?? Number.NaN;

  test("is the provider's own, or the book's for a provider that has set none or is not in the book", () => {
    expect(signal(withPolicy(0.5), "FJORDNET")).toEqual({ passes: true, value, line: 0.5 });
    expect(signal(book, "FJORDNET")).toEqual({ passes: false, value, line: 0.6 });
    expect(signal(book, "NOBODY")).toEqual({ passes: false, value, line: 0.6 });
  });

  test("is met by the lesser of the two figures, at the line and not below it", () => {
    const figures = book.countries.find(({ alpha2 }) => alpha2 === "BR")?.judiciary.wjp2020;
    expect(value).toBe(Math.min(figures?.sf1_2 ?? 0, figures?.sf8_6 ?? 0));
    expect(figures?.sf1_2).not.toBe(figures?.sf8_6);
    expect(signal(withPolicy(value), "FJORDNET").passes).toBe(true);
    expect(signal(withPolicy(value + 0.001), "FJORDNET").passes).toBe(false);
  });

  test("is met by no state without figures, not even a line of 0", () => {
    const law = withPolicy(0);
    const unmeasured = law.countries.map((country) => ({
      ...country,
      judiciary: { ...country.judiciary, wjp2020: null },
    }));
    expect(signal({ ...law, countries: unmeasured }, "FJORDNET")).toEqual({ passes: false, value: null, line: 0 });
  });

  test("is met by nobody where there is none", () => {
    const { judiciaryModel } = book;
    const proposedPolicy = { ...judiciaryModel.proposedPolicy, bands: [] };
    const none = { ...book, judiciaryModel: { ...judiciaryModel, proposedPolicy } };
    expect(signal(none, "FJORDNET")).toEqual({ passes: false, value, line: Number.POSITIVE_INFINITY });
  });

  test("is shown with what is measured", () => {
    expect(describeLine(0.6)).toBe("min(WJP-1.2, WJP-8.6) of 2020 at or over 0.6");
  });
});
