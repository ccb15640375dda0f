import { describe, expect, test } from "@jest/globals";
import { type Party, parties } from "../../../schema/law/vocabulary.js";
import { type Act, acts, findTransition, life, ordinarily, statusOf } from "../../../subgraphs/justice/life.js";
import { isHeldAt, itemStatusAt, statusAt, unheldStatusAt } from "../../../subgraphs/justice/status-at.js";
import { type ItemStatus, type WarrantStatus, warrantStatuses } from "../../../subgraphs/justice/words.js";

/** The table as a lawyer reads it: who may do what, from where, and where it leads. Whatever is not here is refused. */
const inForce = ["ISSUED", "ACCEPTED", "CONTESTED"] as const;
const asItems = Object.fromEntries(inForce.map((status) => [status, "AS_ITEMS"]));
const revoked = Object.fromEntries(inForce.map((status) => [status, "REVOKED"]));
const table: Readonly<Record<Act, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  ISSUE: { ISSUING_AUTHORITY: { DRAFT: "ISSUED" } },
  VALIDATE: { VALIDATING_AUTHORITY: { AWAITING_VALIDATION: "ISSUED", ...asItems, FULFILLED: "AS_ITEMS" } },
  DECLINE: { VALIDATING_AUTHORITY: { AWAITING_VALIDATION: "REVOKED", ...revoked, FULFILLED: "REVOKED" } },
  APPROVE: { PROVIDER: asItems },
  ACCEPT: { PROVIDER: asItems },
  ACCEPT_BY_POLICY: { PROVIDER: asItems },
  CONTEST: { PROVIDER: asItems },
  ANSWER: { ISSUING_AUTHORITY: asItems },
  REPORT_NOT_HELD: { PROVIDER: asItems },
  REFUSE: { PROVIDER: asItems },
  FULFIL: { PROVIDER: asItems },
  CLEAR: { ENFORCING_AUTHORITY: asItems },
  OBJECT: { ENFORCING_AUTHORITY: { ...asItems, FULFILLED: "AS_ITEMS" } },
  REVOKE: {
    ISSUING_AUTHORITY: { DRAFT: "REVOKED", AWAITING_VALIDATION: "REVOKED", ...revoked },
    CENTRAL_AUTHORITY: { AWAITING_VALIDATION: "REVOKED", ...revoked },
  },
  EXTEND: { ISSUING_AUTHORITY: asItems },
  FOLLOW: { ISSUING_AUTHORITY: asItems },
  RELEASE: { CLOCK: asItems },
  LAPSE: { CLOCK: { ...revoked, FULFILLED: "REVOKED" } },
  EXPIRE: {
    CLOCK: {
      DRAFT: "EXPIRED",
      AWAITING_VALIDATION: "EXPIRED",
      ISSUED: "EXPIRED",
      ACCEPTED: "EXPIRED",
      CONTESTED: "EXPIRED",
    },
  },
};
const standing = { ...ordinarily, validationOwed: true, contested: true, policyAccepts: true };
const ofPreservations: readonly Act[] = ["EXTEND", "FOLLOW", "RELEASE"];

describe("the life of a warrant", () => {
  const everybody = [...parties, null];
  const tries = acts.flatMap((act) =>
    warrantStatuses.flatMap((from) => everybody.map((by) => [act, from, by] as const)),
  );
  test.each(tries)("%s from %s by %s", (act, from, by) => {
    const found = findTransition(act, from, by, {
      ...standing,
      approvalMissing: act === "APPROVE",
      preservation: ofPreservations.includes(act),
    });
    const expected = table[act][by ?? "CLOCK"]?.[from];
    if (expected) expect(found).toMatchObject({ act, from, by, to: expected });
    else {
      const possible = Object.values(table[act]).some((froms) => from in froms);
      expect(found).toMatchObject(
        possible
          ? { code: "NOT_YOUR_ACT", message: expect.stringMatching(/^Only the .+ may .+\.$/) }
          : {
              code: "NOT_IN_THIS_STATUS",
              message: expect.stringMatching(/^This warrant .+; one can .+ only from [A-Z_, ]+\.$/),
            },
      );
    }
  });

  test("a validation that is missing makes it wait, and moves no item", () => {
    const found = findTransition("ISSUE", "DRAFT", "ISSUING_AUTHORITY", { ...standing, validationMissing: true });
    expect(found).toMatchObject({ to: "AWAITING_VALIDATION", moves: {} });
  });

  test("there is nothing to answer where nothing is contested", () => {
    expect(findTransition("ANSWER", "ISSUED", "ISSUING_AUTHORITY", { ...standing, contested: false })).toEqual({
      code: "NOT_AS_IT_STANDS",
      message: "One can answer what is contested in a warrant only where the provider contests something.",
    });
  });

  test("the reasons name who may, the status, and the way that would be open", () => {
    expect(findTransition("ISSUE", "DRAFT", "PROVIDER", standing)).toMatchObject({
      message: "Only the issuing authority may issue a warrant.",
    });
    expect(findTransition("REVOKE", "ISSUED", "PROVIDER", standing)).toMatchObject({
      message: "Only the issuing authority or the central authority may revoke a warrant.",
    });
    expect(findTransition("ACCEPT", "REVOKED", "PROVIDER", standing)).toMatchObject({
      message: "This warrant was revoked; one can accept a warrant only from ISSUED, ACCEPTED, CONTESTED.",
    });
  });

  test("to validate moves items once: when the order was not given yet", () => {
    const moves = life.filter(({ act }) => act === "VALIDATE").map((row) => [row.from, row.moves]);
    expect(moves).toEqual([
      ["AWAITING_VALIDATION", { DRAFT: "ORDERED" }],
      ...["ISSUED", "ACCEPTED", "CONTESTED", "FULFILLED"].map((from) => [from, {}]),
    ]);
  });

  test.each<[Act, WarrantStatus, Party, object, RegExp]>([
    [
      "VALIDATE",
      "ISSUED",
      "VALIDATING_AUTHORITY",
      { validationOwed: false },
      /only where it was given first and awaits/,
    ],
    [
      "ACCEPT",
      "ISSUED",
      "PROVIDER",
      { approvalMissing: true },
      /only where an emergency was approved by a second person/,
    ],
    ["ACCEPT_BY_POLICY", "ISSUED", "PROVIDER", { policyAccepts: false }, /only where the provider's policy accepts it/],
    ["APPROVE", "ISSUED", "PROVIDER", { approvalMissing: false }, /only where an emergency was approved .*once/],
    ["FULFIL", "ACCEPTED", "PROVIDER", { preservation: true }, /only where it orders what the act is for/],
    ["EXTEND", "ISSUED", "ISSUING_AUTHORITY", {}, /only where it orders what the act is for/],
    ["EXTEND", "ISSUED", "ISSUING_AUTHORITY", { preservation: true, extended: true }, /it was not extended before/],
    ["FOLLOW", "ISSUED", "ISSUING_AUTHORITY", {}, /only where it orders what the act is for/],
  ])("%s from %s by %s needs more than the status", (act, from, by, change, message) => {
    expect(findTransition(act, from, by, { ...standing, ...change })).toEqual({
      code: "NOT_AS_IT_STANDS",
      message: expect.stringMatching(message),
    });
  });

  test("REFUSED, REVOKED and EXPIRED are ends; after FULFILLED only an objection or a validation may come", () => {
    const after = (status: WarrantStatus) => [
      ...new Set(life.filter(({ from }) => from === status).map(({ act }) => act)),
    ];
    const ends = warrantStatuses.filter((status) => after(status).length === 0);
    expect(ends).toEqual(["REFUSED", "REVOKED", "EXPIRED"]);
    expect(after("FULFILLED")).toEqual(["VALIDATE", "DECLINE", "OBJECT", "LAPSE"]);
  });

  /** Where an item goes, by the act that names it, or by the act that is about all. */
  const items: readonly [Act, Partial<Record<ItemStatus, ItemStatus>>][] = [
    ["ISSUE", { DRAFT: "ORDERED" }],
    ["APPROVE", {}],
    ["EXTEND", {}],
    ["FOLLOW", {}],
    ["RELEASE", {}],
    ["LAPSE", { DRAFT: "LAPSED", ORDERED: "LAPSED", ACCEPTED: "LAPSED", CONTESTED: "LAPSED" }],
    ["DECLINE", { DRAFT: "LAPSED", ORDERED: "LAPSED", ACCEPTED: "LAPSED", CONTESTED: "LAPSED" }],
    ["ACCEPT", { ORDERED: "ACCEPTED" }],
    ["ACCEPT_BY_POLICY", { ORDERED: "ACCEPTED" }],
    ["CONTEST", { ORDERED: "CONTESTED" }],
    ["ANSWER", { CONTESTED: "ORDERED" }],
    ["REPORT_NOT_HELD", { ORDERED: "NOT_HELD", ACCEPTED: "NOT_HELD" }],
    ["REFUSE", { ORDERED: "REFUSED", CONTESTED: "REFUSED" }],
    ["FULFIL", { ACCEPTED: "DISCLOSED" }],
    ["CLEAR", { ORDERED: "ORDERED", ACCEPTED: "ACCEPTED", CONTESTED: "CONTESTED" }],
    ["OBJECT", { ORDERED: "REFUSED", ACCEPTED: "REFUSED", CONTESTED: "REFUSED", DISCLOSED: "REFUSED" }],
    ["REVOKE", { DRAFT: "LAPSED", ORDERED: "LAPSED", ACCEPTED: "LAPSED", CONTESTED: "LAPSED" }],
    ["EXPIRE", { DRAFT: "LAPSED", ORDERED: "LAPSED", ACCEPTED: "LAPSED", CONTESTED: "LAPSED" }],
  ];
  test.each(items)("%s moves items so", (act, moves) => {
    for (const row of life.filter((one) => one.act === act && one.to !== "AWAITING_VALIDATION"))
      expect(row.moves).toEqual(moves);
  });

  test.each<[ItemStatus[], WarrantStatus]>([
    [["ORDERED", "ORDERED"], "ISSUED"],
    [["ACCEPTED", "ORDERED"], "ACCEPTED"],
    [["ACCEPTED", "CONTESTED", "REFUSED"], "ACCEPTED"],
    [["DISCLOSED", "ORDERED"], "ACCEPTED"],
    [["CONTESTED", "ORDERED"], "CONTESTED"],
    [["CONTESTED", "REFUSED"], "CONTESTED"],
    [["REFUSED", "ORDERED"], "ISSUED"],
    [["REFUSED", "REFUSED"], "REFUSED"],
    [["REFUSED", "NOT_HELD"], "FULFILLED"],
    [["DISCLOSED", "NOT_HELD"], "FULFILLED"],
  ])("a warrant with items %s is %s", (statuses, expected) => {
    expect(statusOf(statuses)).toBe(expected);
    expect(statusOf([...statuses].reverse())).toBe(expected);
  });
});

describe("expiry", () => {
  const endsAt = new Date("2026-12-01T00:00:00.000Z");
  const before = new Date("2026-11-30T23:59:59.999Z");
  const never = { validationDueAt: null, validatingAuthorityId: null };

  test.each(["DRAFT", "AWAITING_VALIDATION", "ISSUED", "ACCEPTED", "CONTESTED"] as const)(
    "%s ends in the very millisecond",
    (status) => {
      expect(statusAt({ ...never, status, endsAt }, before)).toBe(status);
      expect(statusAt({ ...never, status, endsAt }, endsAt)).toBe("EXPIRED");
    },
  );

  test.each(["REFUSED", "FULFILLED", "REVOKED"] as const)("%s stays what it is", (status) => {
    expect(statusAt({ ...never, status, endsAt }, endsAt)).toBe(status);
  });

  test("items that are open lapse with it, those answered stay", () => {
    const accepted = { ...never, status: "ACCEPTED", endsAt } as const;
    const item = (status: ItemStatus) => ({ status, heldUntil: null });
    expect(itemStatusAt(item("ACCEPTED"), accepted, before)).toBe("ACCEPTED");
    expect(itemStatusAt(item("ACCEPTED"), accepted, endsAt)).toBe("LAPSED");
    expect(itemStatusAt(item("ORDERED"), accepted, endsAt)).toBe("LAPSED");
    expect(itemStatusAt(item("REFUSED"), accepted, endsAt)).toBe("REFUSED");
    expect(itemStatusAt(item("ACCEPTED"), { ...never, status: "REVOKED", endsAt }, endsAt)).toBe("ACCEPTED");
  });

  test("what is accepted is held until the hold is over, in the very millisecond; the door tells holds apart itself", () => {
    const warrant = { ...never, status: "ACCEPTED", endsAt } as const;
    const heldUntil = new Date("2026-11-30T00:00:00.000Z");
    const [held, over] = [new Date("2026-11-29T23:59:59.999Z"), heldUntil];
    const item = { status: "ACCEPTED", heldUntil } as const;
    expect([itemStatusAt(item, warrant, held), itemStatusAt(item, warrant, over)]).toEqual(["HELD", "ACCEPTED"]);
    expect([isHeldAt(item, held), isHeldAt(item, over)]).toEqual([true, false]);
    expect(unheldStatusAt(item, warrant, held)).toBe("ACCEPTED");
    expect(itemStatusAt({ ...item, status: "ORDERED" }, warrant, held)).toBe("ORDERED");
  });

  test("an order that was given first ends in the very millisecond in which its validation was due", () => {
    const validationDueAt = new Date("2026-11-25T10:00:00.000Z");
    const order = { status: "ACCEPTED", endsAt, validationDueAt, validatingAuthorityId: null } as const;
    const just = new Date("2026-11-25T09:59:59.999Z");
    expect([statusAt(order, just), statusAt(order, validationDueAt), statusAt(order, endsAt)]).toEqual([
      "ACCEPTED",
      "REVOKED",
      "REVOKED",
    ]);
    expect(unheldStatusAt({ status: "ACCEPTED" }, order, validationDueAt)).toBe("LAPSED");
    expect(statusAt({ ...order, status: "FULFILLED" }, validationDueAt)).toBe("REVOKED");
    expect(statusAt({ ...order, validatingAuthorityId: "fr-tj-paris" }, validationDueAt)).toBe("ACCEPTED");
    expect(statusAt({ ...order, status: "REFUSED" }, validationDueAt)).toBe("REFUSED");
  });
});
