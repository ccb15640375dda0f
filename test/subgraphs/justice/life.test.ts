import { describe, expect, test } from "@jest/globals";
import type { Party } from "../../../schema/law/vocabulary.js";
import { type Act, findTransition, life } from "../../../subgraphs/justice/life.js";
import { itemStatusAt, statusAt } from "../../../subgraphs/justice/status-at.js";
import { type WarrantStatus, warrantStatuses } from "../../../subgraphs/justice/words.js";

/** The table as a lawyer reads it: where an act leads from each status, by whom, and how each kind of item moves. */
const acts: readonly Act[] = ["ISSUE", "ACCEPT", "REFUSE", "REVOKE", "EXPIRE"];
const byWhom: Readonly<Record<Act, Party | null>> = {
  ISSUE: "ISSUING_AUTHORITY",
  ACCEPT: "PROVIDER",
  REFUSE: "PROVIDER",
  REVOKE: "ISSUING_AUTHORITY",
  EXPIRE: null,
};
const leadsTo: Readonly<Record<string, WarrantStatus>> = {
  "DRAFT ISSUE": "ISSUED",
  "ISSUED ACCEPT": "ACCEPTED",
  "ACCEPTED ACCEPT": "ACCEPTED",
  "ISSUED REFUSE": "REFUSED",
  "ACCEPTED REFUSE": "ACCEPTED",
  "DRAFT REVOKE": "REVOKED",
  "AWAITING_VALIDATION REVOKE": "REVOKED",
  "ISSUED REVOKE": "REVOKED",
  "ACCEPTED REVOKE": "REVOKED",
  "DRAFT EXPIRE": "EXPIRED",
  "AWAITING_VALIDATION EXPIRE": "EXPIRED",
  "ISSUED EXPIRE": "EXPIRED",
  "ACCEPTED EXPIRE": "EXPIRED",
};
const nothingOpen = { validationMissing: false, unanswered: false };

describe("the life of a warrant", () => {
  const pairs = warrantStatuses.flatMap((from) => acts.map((act) => [from, act] as const));
  test.each(pairs)("from %s, %s", (from, act) => {
    const found = findTransition(act, from, byWhom[act], nothingOpen);
    const expected = leadsTo[`${from} ${act}`];
    if (expected) expect(found).toMatchObject({ from, act, to: expected, by: byWhom[act] });
    else expect(found).toMatch(/^This warrant .+; one can .+ a warrant only from [A-Z_]+/);
  });

  test("a validation that is missing makes it wait, and moves no item", () => {
    const found = findTransition("ISSUE", "DRAFT", "ISSUING_AUTHORITY", { ...nothingOpen, validationMissing: true });
    expect(found).toMatchObject({ to: "AWAITING_VALIDATION", moves: {} });
  });

  test("a refusal of some items leaves it issued while others are unanswered", () => {
    const found = findTransition("REFUSE", "ISSUED", "PROVIDER", { ...nothingOpen, unanswered: true });
    expect(found).toMatchObject({ to: "ISSUED", items: "NAMED", moves: { ORDERED: "REFUSED" } });
  });

  test("another party is told who may", () => {
    expect(findTransition("ISSUE", "DRAFT", "PROVIDER", nothingOpen)).toBe(
      "Only the issuing authority may issue a warrant.",
    );
    expect(findTransition("ACCEPT", "ISSUED", "ISSUING_AUTHORITY", nothingOpen)).toBe(
      "Only the provider it is addressed to may accept a warrant.",
    );
    expect(findTransition("EXPIRE", "ISSUED", "PROVIDER", nothingOpen)).toBe(
      "Only the clock may let expire a warrant.",
    );
  });

  test("the reason names the status and the way that would be open", () => {
    expect(findTransition("ACCEPT", "REVOKED", "PROVIDER", nothingOpen)).toBe(
      "This warrant was revoked; one can accept a warrant only from ISSUED, ACCEPTED.",
    );
  });

  test("REFUSED, FULFILLED, REVOKED and EXPIRED are ends", () => {
    const ends = warrantStatuses.filter(
      (status) => !life.some(({ from }) => from === status) && status !== "CONTESTED",
    );
    expect(ends).toEqual(["REFUSED", "FULFILLED", "REVOKED", "EXPIRED"]);
  });

  test("for every status, act, party and standing the table gives exactly one row or a reason", () => {
    const parties = [...new Set(life.map(({ by }) => by))];
    for (const [from, act] of pairs) {
      for (const by of parties) {
        for (const validationMissing of [true, false]) {
          for (const unanswered of [true, false]) {
            expect(() => findTransition(act, from, by, { validationMissing, unanswered })).not.toThrow();
          }
        }
      }
    }
  });
});

describe("expiry", () => {
  const expiresAt = new Date("2026-12-01T00:00:00.000Z");
  const before = new Date("2026-11-30T23:59:59.999Z");

  test.each(["DRAFT", "AWAITING_VALIDATION", "ISSUED", "ACCEPTED"] as const)(
    "%s ends in the very millisecond",
    (status) => {
      expect(statusAt({ status, expiresAt }, before)).toBe(status);
      expect(statusAt({ status, expiresAt }, expiresAt)).toBe("EXPIRED");
    },
  );

  test.each(["REFUSED", "FULFILLED", "REVOKED"] as const)("%s stays what it is", (status) => {
    expect(statusAt({ status, expiresAt }, expiresAt)).toBe(status);
  });

  test("items that are open lapse with it, those answered stay", () => {
    const accepted = { status: "ACCEPTED", expiresAt } as const;
    expect(itemStatusAt("ACCEPTED", accepted, before)).toBe("ACCEPTED");
    expect(itemStatusAt("ACCEPTED", accepted, expiresAt)).toBe("LAPSED");
    expect(itemStatusAt("ORDERED", accepted, expiresAt)).toBe("LAPSED");
    expect(itemStatusAt("REFUSED", accepted, expiresAt)).toBe("REFUSED");
    expect(itemStatusAt("ACCEPTED", { status: "REVOKED", expiresAt }, expiresAt)).toBe("ACCEPTED");
  });
});
