import { describe, expect, test } from "@jest/globals";
import { type CountedWarrant, WarrantCounter } from "../../../subgraphs/justice/count-warrants.js";
import type { WarrantDimension } from "../../../subgraphs/justice/words.js";

const issuedAt = new Date("2026-11-01T00:00:00.000Z");
const after = (hours: number): Date => new Date(issuedAt.getTime() + hours * 3_600_000);
const now = after(300);

type Item = CountedWarrant["items"][number];
const item = (change: Partial<Item>): Item => ({
  ...{ category: "SUBSCRIBER", status: "ORDERED", heldUntil: null, refusalGround: null },
  ...{ deadlineAt: after(240), settledAt: null, disclosedAt: null },
  ...change,
});
const disclosed = (hours: number, change: Partial<Item> = {}): Item =>
  item({ status: "DISCLOSED", settledAt: after(1), disclosedAt: after(hours), ...change });
const order = (
  id: string,
  items: readonly Item[],
  change: Partial<CountedWarrant["warrant"]> = {},
): CountedWarrant => ({
  warrant: {
    ...{ id, country: "FR", authorityId: "fr-tj-paris", platform: "FACEBOOK", kind: "PRODUCTION", emergency: false },
    ...{ status: "ACCEPTED", issuedAt, endsAt: after(10_000), validationDueAt: null, validatingAuthorityId: null },
    ...change,
  },
  items,
});
const count = (by: readonly WarrantDimension[], ...orders: readonly CountedWarrant[]) => {
  const counter = new WarrantCounter(by, now);
  for (const one of orders) counter.add(one);
  return counter.counts();
};

describe("orders counted by their items", () => {
  test("an order counts once in a group, however many of its items are in it; groups stand in the order of their keys", () => {
    const orders = [
      order("1", [disclosed(2), item({ category: "TRAFFIC" }), item({ category: "TRAFFIC" })]),
      order("2", [disclosed(4)], { country: "DE" }),
    ];
    expect(count(["COUNTRY", "CATEGORY"], ...orders)).toMatchObject([
      { keys: ["DE", "SUBSCRIBER"], warrants: 1, items: 1 },
      { keys: ["FR", "SUBSCRIBER"], warrants: 1, items: 1 },
      { keys: ["FR", "TRAFFIC"], warrants: 1, items: 2 },
    ]);
    expect(count(["KIND"], ...orders)).toMatchObject([{ keys: ["PRODUCTION"], warrants: 2, items: 4, disclosed: 2 }]);
  });

  test.each<[string, readonly number[], number | null]>([
    ["none", [], null],
    ["one", [5], 5],
    ["the middle one, as numbers and not as text", [10, 9, 100], 10],
    ["the mean of two in the middle", [1, 2, 4, 8], 3],
    ["to a hundredth of an hour", [1 / 3], 0.33],
  ])("the median of %s", (_what, hours, median) => {
    const [group] = count(
      ["KIND"],
      order("1", [item({ status: "NOT_HELD" }), ...hours.map((each) => disclosed(each))]),
    );
    expect(group?.medianHours).toBe(median);
  });

  test.each<[string, Partial<Item>, Partial<CountedWarrant["warrant"]>, number]>([
    ["waits beyond its deadline", {}, {}, 1],
    ["waits, in time", { deadlineAt: after(300) }, {}, 0],
    ["waits without a deadline", { deadlineAt: null }, {}, 0],
    ["was answered in the very millisecond", { status: "ACCEPTED", settledAt: after(240) }, {}, 0],
    ["was answered late", { status: "ACCEPTED", settledAt: after(241) }, {}, 1],
    ["is contested: its clock does not run", { status: "CONTESTED" }, {}, 0],
    ["lapsed in time", {}, { endsAt: after(200) }, 0],
    ["lapsed unanswered, and late", {}, { endsAt: after(250) }, 1],
  ])("an item that %s", (_what, change, warrant, overdue) => {
    expect(count(["KIND"], order("1", [item(change)], warrant))).toMatchObject([{ overdue }]);
  });

  test("status at the moment, month of the issue, emergency, ground of what was refused or is not held", () => {
    const by = ["STATUS", "MONTH", "EMERGENCY", "REFUSAL_GROUND"] as const;
    const answered = [
      item({ status: "REFUSED", refusalGround: "OVERBROAD" }),
      item({ status: "NOT_HELD", refusalGround: "DATA_NOT_HELD" }),
      item({ status: "CONTESTED", refusalGround: "INCOMPLETE" }),
    ];
    expect(count(by, order("1", answered, { endsAt: after(300), emergency: true }))).toMatchObject([
      { keys: ["EXPIRED", "2026-11", "true", "DATA_NOT_HELD"], refused: 0 },
      { keys: ["EXPIRED", "2026-11", "true", "NONE"], refused: 0 },
      { keys: ["EXPIRED", "2026-11", "true", "OVERBROAD"], refused: 1 },
    ]);
    expect(count(["AUTHORITY", "PLATFORM"], order("1", answered))).toMatchObject([
      { keys: ["fr-tj-paris", "FACEBOOK"] },
    ]);
  });
});
