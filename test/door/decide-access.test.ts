import { describe, expect, test } from "@jest/globals";
import type { Circumstances } from "../../gateway/door/circumstances.js";
import { type Access, decideAccess } from "../../gateway/door/decide-access.js";
import type { DoorWarrant } from "../../gateway/door/warrant.js";
import { book } from "../law/book.js";
import { berlin, circumstances, field, judge, now, subject, warrant } from "./circumstances.js";

function denial({ verdict }: Access) {
  if (verdict.kind !== "DENIED") throw new Error(`expected a denial, got ${verdict.kind}`);
  return verdict.denial;
}

describe("before the law is asked", () => {
  const cases: readonly [string, Partial<Circumstances> & { of?: DoorWarrant }, string, RegExp][] = [
    [
      "an auditor is never shown identity data",
      { principal: { ...judge(warrant), role: "AUDITOR" } },
      "ROLE",
      /judicial authority/,
    ],
    ["a provider neither", { principal: { ...judge(warrant), role: "PROVIDER" } }, "ROLE", /nobody else/],
    [
      "a service asking back neither",
      { principal: { ...judge(warrant), role: "SERVICE" } },
      "ROLE",
      /judicial authority/,
    ],
    [
      "without a warrant nothing opens",
      { warrantId: null, warrant: undefined },
      "WARRANT_REQUIRED",
      /@warrant\(id: \$w\)/,
    ],
    ["a warrant that does not exist", { warrant: undefined }, "WARRANT_NOT_USABLE", /gives no access/],
    [
      "another authority's warrant reads the same",
      { principal: { ...judge(warrant), authority: "fr-ji-paris" } },
      "WARRANT_NOT_USABLE",
      /gives no access/,
    ],
    [
      "an authority of that name in another country",
      { principal: { ...judge(warrant), country: "DE" } },
      "WARRANT_NOT_USABLE",
      /gives no access/,
    ],
    [
      "a failure to read is no answer",
      { unreadable: true, warrant: undefined },
      "WARRANT_NOT_USABLE",
      /could not be read/,
    ],
    ["no law, no data", { book: undefined }, "WARRANT_NOT_USABLE", /law in force/],
    ["a draft", { of: { ...warrant, status: "DRAFT", issuedAt: null } }, "WARRANT_NOT_USABLE", /draft/],
    ["not accepted yet", { of: { ...warrant, status: "ISSUED" } }, "WARRANT_NOT_USABLE", /not accepted/],
    ["revoked", { of: { ...warrant, status: "REVOKED" } }, "WARRANT_NOT_USABLE", /revoked/],
    [
      "a status nobody knows",
      { of: { ...warrant, status: "SOMETHING" } },
      "WARRANT_NOT_USABLE",
      /nothing is disclosed/,
    ],
    [
      "one whose content was changed after issue",
      { of: { ...warrant, asIssued: false } },
      "WARRANT_NOT_USABLE",
      /not the one that was issued/,
    ],
    ["a preservation order", { of: { ...warrant, kind: "PRESERVATION" } }, "WARRANT_NOT_USABLE", /discloses none/],
    ["the millisecond of its end", { now: new Date("2027-11-20T10:00:00.000Z") }, "WARRANT_NOT_USABLE", /expired/],
    [
      "a millisecond before its issue",
      { now: new Date("2026-11-20T09:59:59.999Z") },
      "WARRANT_NOT_USABLE",
      /not in force yet/,
    ],
    ["no end at all", { of: { ...warrant, expiresAt: null } }, "WARRANT_NOT_USABLE", /expired/],
  ];
  test.each(cases)("%s", (_, changes, code, reason) => {
    const access = decideAccess(circumstances(changes), field("SUBSCRIBER"), subject());
    expect(denial(access)).toMatchObject({ code, rule: null, effect: "DENY" });
    expect(denial(access).reason).toMatch(reason);
    expect(access.recorded).toEqual({ permitted: false, code, effect: "DENY", rule: null });
    expect(access.questions).toBeNull();
  });

  test("a millisecond before its end it still opens", () => {
    const last = circumstances({ now: new Date("2027-11-20T09:59:59.999Z") });
    expect(decideAccess(last, field("SUBSCRIBER"), subject()).verdict.kind).toBe("PERMITTED");
  });

  test("a person whom the warrant does not name, and one whom nobody names", () => {
    const other = decideAccess(circumstances(), field("SUBSCRIBER"), subject({}, "u02"));
    expect(denial(other).code).toBe("SUBJECT_NOT_NAMED");
    expect(denial(decideAccess(circumstances(), field("SUBSCRIBER"), null)).code).toBe("SUBJECT_NOT_NAMED");
  });

  test("a target that was never resolved to an account names nobody, not even somebody without an id", () => {
    const of = {
      ...warrant,
      targets: [{ ...(warrant.targets[0] as DoorWarrant["targets"][number]), accountId: null }],
    };
    expect(denial(decideAccess(circumstances({ of }), field("SUBSCRIBER"), subject())).code).toBe("SUBJECT_NOT_NAMED");
  });

  test("a category that was not ordered", () => {
    const of: DoorWarrant = { ...warrant, categories: ["SUBSCRIBER"] };
    const refused = denial(decideAccess(circumstances({ of }), field("TRAFFIC"), subject()));
    expect(refused).toMatchObject({ code: "CATEGORY_NOT_ORDERED", reason: "The warrant does not order TRAFFIC data." });
  });

  test.each([
    ["ORDERED", /not accepted this part/],
    ["REFUSED", /refused this part/],
    ["CONTESTED", /contests this part/],
    ["NOT_HELD", /does not hold/],
    ["SOMETHING", /nothing is disclosed/],
  ])("an item in status %s stays shut while its neighbours open", (status, reason) => {
    const items = warrant.items.map((item) => (item.category === "SUBSCRIBER" ? { ...item, status } : item));
    const at = circumstances({ of: { ...warrant, items } });
    const refused = denial(decideAccess(at, field("SUBSCRIBER"), subject()));
    expect(refused.code).toBe("WARRANT_NOT_USABLE");
    expect(refused.reason).toMatch(reason);
    expect(decideAccess(at, field("USER_IDENTIFICATION"), subject()).verdict.kind).toBe("PERMITTED");
  });

  test("what its authority did not sign as it stands opens nothing, in a dry run either", () => {
    for (const dryRun of [false, true]) {
      const at = circumstances({ of: { ...warrant, authentic: false }, dryRun });
      expect(denial(decideAccess(at, field("SUBSCRIBER"), subject()))).toMatchObject({
        code: "WARRANT_NOT_USABLE",
        reason: expect.stringMatching(/not what its authority signed/),
      });
    }
  });

  test("rows bound to a period do not open where no period was ordered", () => {
    const at = circumstances({ of: { ...warrant, period: null } });
    expect(denial(decideAccess(at, field("USER_IDENTIFICATION", "seenAt"), subject())).reason).toMatch(
      /orders no period/,
    );
  });
});

describe("the law of the day, on what the platform knows", () => {
  test("France, hate speech: identification opens with the period of the warrant, traffic does not", () => {
    expect(decideAccess(circumstances(), field("USER_IDENTIFICATION", "seenAt"), subject()).verdict).toEqual({
      kind: "PERMITTED",
      window: warrant.period,
    });
    const traffic = decideAccess(circumstances(), field("TRAFFIC"), subject());
    expect(denial(traffic)).toMatchObject({ code: "NATIONAL_PRECONDITION", rule: "R-FR-60-1-2" });
    expect(traffic.recorded).toMatchObject({ permitted: false, code: "NATIONAL_PRECONDITION", rule: "R-FR-60-1-2" });
  });

  test("a hold counts from issue and is over in its last millisecond", () => {
    const of: DoorWarrant = {
      ...berlin,
      targets: [
        { id: "target-1", kind: "HANDLE", value: "quiet.heron", accountId: "u01", believed: { residence: "FR" } },
      ],
    };
    const access = (now: string) =>
      decideAccess(circumstances({ of, now: new Date(now) }), field("TRAFFIC"), subject());
    expect(denial(access("2026-11-30T09:59:59.999Z"))).toMatchObject({ code: "HELD", rule: "R-EE-TRAFFIC" });
    expect(denial(access("2026-11-30T09:59:59.999Z")).reason).toMatch(/2026-11-30T10:00:00.000Z/);
    expect(access("2026-11-30T10:00:00.000Z").verdict.kind).toBe("PERMITTED");
  });
});

describe("a hold", () => {
  const abroad: DoorWarrant = {
    ...berlin,
    targets: [
      { id: "target-1", kind: "HANDLE", value: "quiet.heron", accountId: "u01", believed: { residence: "FR" } },
    ],
  };
  const withItems = (of: DoorWarrant, change: Partial<DoorWarrant["items"][number]>): DoorWarrant => ({
    ...of,
    items: of.items.map((item) => ({ ...item, ...change })),
  });
  const decided = (of: DoorWarrant, facts = {}, at = now) =>
    decideAccess(circumstances({ of, now: at }), field("TRAFFIC"), subject(facts));

  test("that the enforcing authority cleared is over before its time", () => {
    expect(denial(decided(abroad)).code).toBe("HELD");
    expect(decided(withItems(abroad, { cleared: true })).verdict.kind).toBe("PERMITTED");
  });

  test("under which the order was given stays, whatever the law says now", () => {
    const held = withItems(berlin, { heldUntil: "2026-11-25T00:00:00.000Z" });
    const facts = { residence: "DE" };
    expect(decided(berlin, facts).verdict.kind).toBe("PERMITTED");
    expect(denial(decided(held, facts))).toMatchObject({
      code: "HELD",
      reason: expect.stringMatching(/2026-11-25T00/),
    });
    expect(decided(held, facts, new Date("2026-11-25T00:00:00.000Z")).verdict.kind).toBe("PERMITTED");
    const later = withItems(abroad, { heldUntil: "2026-12-24T00:00:00.000Z" });
    expect(denial(decided(later, {}, new Date("2026-12-01T00:00:00.000Z"))).reason).toMatch(/2026-12-24T00/);
  });

  test("a protected role that only the platform knows keeps the door shut, and is not named", () => {
    const facts = { residence: "DE", protectedRole: "JOURNALIST" } as const;
    const access = decided(berlin, facts);
    expect(denial(access)).toMatchObject({ code: "PERSON_CONDITION", rule: "R-EE-TRAFFIC" });
    expect(JSON.stringify(denial(access))).not.toMatch(/JOURNALIST|immunit/i);
    expect(access.recorded).toMatchObject({ code: "HELD", permitted: false });
    expect(denial(access)).toEqual(denial(decided(berlin, { residence: "FR" })));
    expect(decided(withItems(berlin, { cleared: true }), facts).verdict.kind).toBe("PERMITTED");
    const subscriber = decideAccess(circumstances({ of: berlin }), field("SUBSCRIBER"), subject(facts));
    expect(subscriber.verdict.kind).toBe("PERMITTED");
  });
});

describe("a denial tells nothing that the platform knows", () => {
  const london: DoorWarrant = {
    ...warrant,
    authorityId: "gb-cc-london",
    country: "GB",
    offenceCodes: ["GB-TA-58"],
    offenceCountry: "GB",
    solePurposeIdentification: false,
    targets: [
      { id: "target-1", kind: "HANDLE", value: "quiet.heron", accountId: "u01", believed: { residence: "GB" } },
    ],
  };
  const british = { providerCountry: "US", residence: "GB", nationality: "GB", locatedIn: "GB" };

  test("a US national and a person in the US are refused in the very same words", () => {
    const at = circumstances({ of: london });
    expect(decideAccess(at, field("CONTENT"), subject(british)).verdict.kind).toBe("PERMITTED");
    const national = decideAccess(at, field("CONTENT"), subject({ ...british, nationality: "US" }));
    const visitor = decideAccess(at, field("CONTENT"), subject({ ...british, locatedIn: "US" }));
    const unknown = decideAccess(at, field("CONTENT"), subject({ ...british, nationality: null }));
    expect(denial(national)).toEqual(denial(visitor));
    expect(denial(national)).toEqual(denial(unknown));
    expect(denial(national)).toMatchObject({ code: "PERSON_CONDITION", rule: "R-GB-US-DAA", effect: "DENY" });
    expect(denial(national).reason).toMatch(/not met or not known.*mutual legal assistance/i);
  });

  test("an account served from another state than believed reads like any other condition about the person", () => {
    const elsewhere = decideAccess(
      circumstances({ of: london }),
      field("CONTENT"),
      subject({ ...british, providerCountry: "DK" }),
    );
    expect(denial(elsewhere)).toMatchObject({ code: "PERSON_CONDITION", rule: "R-GB-US-DAA" });
    expect(JSON.stringify(denial(elsewhere))).not.toMatch(/DK|Denmark/);
  });

  test("a hold that only the known residence brings is not announced as a hold", () => {
    const abroad = decideAccess(circumstances({ of: berlin }), field("TRAFFIC"), subject({ residence: "FR" }));
    expect(denial(abroad).code).toBe("PERSON_CONDITION");
    expect(abroad.recorded).toMatchObject({ code: "HELD", permitted: false, rule: "R-EE-TRAFFIC" });
  });
});

describe("a dry run", () => {
  test("decides a draft on the declared facts, whatever the platform knows, and opens nothing", () => {
    const of: DoorWarrant = { ...warrant, status: "DRAFT", issuedAt: null };
    const access = decideAccess(
      circumstances({ of, dryRun: true }),
      field("SUBSCRIBER"),
      subject({ providerCountry: "US", residence: "US" }),
    );
    expect(access.verdict).toEqual({ kind: "PREVIEW" });
    expect(access.recorded.permitted).toBe(false);
  });

  test("says that a hold will run from issue", () => {
    const of: DoorWarrant = {
      ...berlin,
      status: "DRAFT",
      issuedAt: null,
      targets: [
        { id: "target-1", kind: "HANDLE", value: "quiet.heron", accountId: "u01", believed: { residence: "FR" } },
      ],
    };
    const access = decideAccess(circumstances({ of, dryRun: true }), field("TRAFFIC"), subject());
    expect(denial(access)).toMatchObject({ code: "HELD", rule: "R-EE-TRAFFIC" });
    expect(denial(access).reason).toMatch(/240 hours from issue/);
  });

  test("a revoked warrant previews nothing", () => {
    const of: DoorWarrant = { ...warrant, status: "REVOKED" };
    expect(denial(decideAccess(circumstances({ of, dryRun: true }), field("SUBSCRIBER"), subject())).reason).toMatch(
      /revoked/,
    );
  });
});

test("the rule book is the one these cases were reasoned from", () => {
  expect(book.version).toBe("0.1.0");
});
