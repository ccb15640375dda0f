import { describe, expect, test } from "@jest/globals";
import { calendarDate, instantOn } from "../../schema/law/calendar-date.js";
import { decide } from "../../schema/law/decide.js";
import { ask, book, changedBook, type Draft, ruleOf } from "./book.js";

describe("a date is that of the capital of the requesting state", () => {
  test.each([
    ["2026-08-17T21:59:59Z", "Europe/Paris", "2026-08-17"],
    ["2026-08-17T22:00:00Z", "Europe/Paris", "2026-08-18"],
    ["2026-08-17T22:00:00Z", "Europe/Lisbon", "2026-08-17"],
    ["2024-01-30T13:00:00.000Z", "Australia/Sydney", "2024-01-31"],
    ["2022-10-03T03:59:59Z", "America/New_York", "2022-10-02"],
    ["2026-08-18T00:30:00+02:00", "Europe/Paris", "2026-08-18"],
    ["0987-05-01T12:00:00Z", "Europe/Paris", "0987-05-01"],
  ])("%s in %s is %s", (instant, zone, date) => {
    expect(calendarDate(instant, zone)).toBe(date);
  });

  const noInstants = ["", "2026-08-18", "2026-13-01T00:00:00Z", "yesterday", "2026-08-18T00:00:00"];
  test.each([...noInstants, "2026-08-18T00:00:00Z (noon)", "+002026-08-18T00:00:00Z"])(
    "%j is no instant",
    (instant) => {
      expect(calendarDate(instant, "Europe/Paris")).toBeNull();
    },
  );

  test.each(["Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata", "UTC"])("a day can be met in %s", (zone) => {
    expect(calendarDate(instantOn("2026-01-15", zone), zone)).toBe("2026-01-15");
  });

  test("it is met at noon UTC, or at the midnight before; a day that never was is not met", () => {
    expect(instantOn("2026-01-15", "Europe/Paris")).toBe("2026-01-15T12:00:00.000Z");
    expect(instantOn("2026-01-15", "Pacific/Kiritimati")).toBe("2026-01-15T00:00:00.000Z");
    expect(() => instantOn("2011-12-30", "Pacific/Apia")).toThrow("2011-12-30 is not a calendar date in Pacific/Apia");
  });

  test("a rule begins at midnight in Paris and not before", () => {
    const asked = { solePurposeIdentification: true, committedOnline: true, category: "USER_IDENTIFICATION" } as const;
    expect(decide(ask({ ...asked, at: "2026-08-17T21:59:59Z" }), book).ruleId).toBe("R-FB-FR-HATE-AFTER");
    expect(decide(ask({ ...asked, at: "2026-08-17T22:00:00Z" }), book).ruleId).toBe("R-EE-IDENT");
  });

  test("an agreement begins at midnight in Canberra, by its time zone in the book", () => {
    const asked = {
      requesting: "AU",
      providerCountry: "US",
      category: "CONTENT",
      offenceCategory: "TERRORISM",
      maxCustodialYears: 15,
    } as const;
    expect(decide(ask({ ...asked, at: "2024-01-30T12:59:59Z" }), book).effect).toBe("MLA_ONLY");
    expect(decide(ask({ ...asked, at: "2024-01-30T13:00:00Z" }), book).effect).toBe("PERMIT_COMPULSORY");
  });
});

describe("periods are half-open", () => {
  const during = (at: string) => decide(ask({ at, category: "SUBSCRIBER" }), ends).ruleId;
  const ends = changedBook((document) => {
    ruleOf(document, "R-EE-IDENT").validTo = "2026-09-01";
  });
  test("the last day is the one before validTo", () => {
    expect(during("2026-08-31T12:00:00Z")).toBe("R-EE-IDENT");
    expect(during("2026-09-01T12:00:00Z")).toBe("R-FB-FR-HATE-AFTER");
  });

  test("a pending rule is not in force, whatever its dates", () => {
    const pending = changedBook((document) => {
      ruleOf(document, "R-EE-IDENT").pending = true;
    });
    expect(decide(ask({ requesting: "DE" }), pending)).toMatchObject({ effect: "DENY", code: "NOT_IN_FORCE" });
  });

  test("a pending rule becomes law by a date", () => {
    const inForce = changedBook((document) => {
      Object.assign(ruleOf(document, "R-224-ART7"), { pending: false, validFrom: "2026-11-01" });
    });
    const asked = { requesting: "RS", providerCountry: "JP" };
    expect(decide(ask({ ...asked, at: "2026-10-31T12:00:00Z" }), inForce).code).toBe("NOT_IN_FORCE");
    expect(decide(ask({ ...asked, at: "2026-11-01T12:00:00Z" }), inForce)).toMatchObject({
      effect: "PERMIT_COMPULSORY",
      ruleId: "R-224-ART7",
      deadlineHours: 720,
    });
    expect(
      decide(ask({ requesting: "RS", providerCountry: "HU", at: "2026-11-01T12:00:00Z" }), inForce).permitted,
    ).toBe(true);
  });

  test("a state that ratifies later is bound from that day", () => {
    const inForce = changedBook((document) => {
      Object.assign(ruleOf(document, "R-224-ART7"), { pending: false, validFrom: "2024-01-01" });
    });
    const asked = { requesting: "RS", providerCountry: "HU" };
    expect(decide(ask({ ...asked, at: "2026-02-04T12:00:00Z" }), inForce).code).toBe("NOT_IN_FORCE");
    expect(decide(ask({ ...asked, at: "2026-02-05T12:00:00Z" }), inForce).ruleId).toBe("R-224-ART7");
  });

  test("a state that two groups reach is bound while it is in either of them", () => {
    const either = changedBook((document) => {
      const rule = ruleOf(document, "R-EE-IDENT");
      Object.assign(rule, { validFrom: "2000-01-01", requesting: ["group:EU27", "group:BUDAPEST"] });
      rule.provider.countries = ["group:EU27", "group:BUDAPEST"];
    });
    const on = (requesting: string, providerCountry: string, day: string) =>
      decide(ask({ requesting, providerCountry, platform: "FJORDNET", at: `${day}T12:00:00Z` }), either).ruleId;
    expect(on("GB", "FR", "2010-01-01")).toBe("R-EE-IDENT");
    expect(on("GB", "FR", "2022-01-01")).toBe("R-EE-IDENT");
    expect(on("FR", "GB", "2010-01-01")).toBe("R-EE-IDENT");
    expect(on("FR", "GB", "2022-01-01")).toBe("R-EE-IDENT");
  });

  test("an exception ends a rule for its platforms alone", () => {
    const excepted = changedBook((document) => {
      ruleOf(document, "R-EE-IDENT").exceptions = [
        { platforms: ["FJORDNET"], from: "2026-10-01", reason: "interim relief" },
      ];
    });
    const on = (platform: string, at: string) => decide(ask({ requesting: "DE", platform, at }), excepted).permitted;
    expect([
      on("FJORDNET", "2026-09-30T12:00:00Z"),
      on("FJORDNET", "2026-10-01T12:00:00Z"),
      on("FACEBOOK", "2026-10-01T12:00:00Z"),
    ]).toEqual([true, false, true]);
  });
});

describe("rules that never permit by themselves", () => {
  test.each(["FORMALITY", "PROVIDER_MUST_REPORT", "PERMIT_COMPULSORY_NATIONAL"] as const)(
    "a rule of effect %s does not",
    (effect) => {
      const changed = changedBook((document) => {
        ruleOf(document, "R-EE-IDENT").effect = effect;
      });
      expect(decide(ask({ requesting: "DE" }), changed)).toMatchObject({ effect: "DENY", code: "NO_ROUTE", unmet: [] });
    },
  );

  test("nor does one that is no ground by itself", () => {
    const changed = changedBook((document) => {
      ruleOf(document, "R-EE-IDENT").standalone = false;
    });
    expect(decide(ask({ requesting: "DE" }), changed)).toMatchObject({ effect: "DENY", code: "NO_ROUTE", unmet: [] });
  });
});

describe("which of two rules that match goes first", () => {
  const second = (change: Partial<Draft["rules"][number]>, firstDay: string | null = "2020-01-01") =>
    changedBook((document) => {
      const first = ruleOf(document, "R-EE-IDENT");
      document.rules.push({ ...first, priority: 10, validFrom: "2020-01-01", ...change });
      first.priority = 10;
      first.validFrom = firstDay;
    });
  test.each([
    ["by its effect", { id: "R-A", effect: "PERMIT_VOLUNTARY", priority: 1 }, "R-EE-IDENT"],
    ["by the lower priority number", { id: "R-Z", priority: 9 }, "R-Z"],
    [
      "by the lower priority number, whatever the day",
      { id: "R-A", priority: 11, validFrom: "2021-01-01" },
      "R-EE-IDENT",
    ],
    ["by the later day", { id: "R-Z", validFrom: "2021-01-01" }, "R-Z"],
    ["by the later day, having none the earliest", { id: "R-A", validFrom: null }, "R-EE-IDENT"],
    ["by the id", { id: "R-A" }, "R-A"],
    ["by the id, not by its place in the book", { id: "R-Z" }, "R-EE-IDENT"],
  ] as const)("%s", (_how, change, id) => {
    expect(decide(ask({ requesting: "DE" }), second(change)).ruleId).toBe(id);
  });

  test("by the later day, the other having none; by the id, neither having one", () => {
    const first = (change: Partial<Draft["rules"][number]>) =>
      decide(ask({ requesting: "DE" }), second(change, null)).ruleId;
    expect(first({ id: "R-Z", validFrom: "2021-01-01" })).toBe("R-Z");
    expect(first({ id: "R-A", validFrom: null })).toBe("R-A");
    expect(first({ id: "R-Z", validFrom: null })).toBe("R-EE-IDENT");
  });
});

test("where no rule is in force, the default that goes first is named", () => {
  const late = changedBook((document) => {
    const last = ruleOf(document, "R-DEFAULT");
    last.validFrom = "2030-01-01";
    document.rules.push({ ...last, id: "R-AAA" });
  });
  expect(decide(ask({ requesting: "IN" }), late)).toMatchObject({ effect: "DENY", code: "NO_ROUTE", ruleId: "R-AAA" });
});
