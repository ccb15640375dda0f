import { describe, expect, test } from "@jest/globals";
import { clockOf, deadlineStateAt, type TimedItem } from "../../../subgraphs/justice/deadline.js";
import type { DeadlineState, ItemStatus } from "../../../subgraphs/justice/words.js";

const day = (n: number): Date => new Date(Date.UTC(2026, 10, n));
const item = (status: ItemStatus, deadline: number | null, settled: number | null = null): TimedItem => ({
  status,
  deadlineAt: deadline === null ? null : day(deadline),
  settledAt: settled === null ? null : day(settled),
});

describe("the clock of an order", () => {
  test.each<[string, TimedItem[], Date | null, DeadlineState | null]>([
    ["a draft has none", [item("DRAFT", null)], null, null],
    ["the shortest deadline of those that wait", [item("ORDERED", 9), item("ORDERED", 7)], day(7), "RUNNING"],
    [
      "an item that is settled no longer sets the pace",
      [item("ACCEPTED", 5, 4), item("ORDERED", 9)],
      day(9),
      "RUNNING",
    ],
    ["a question stops the clock", [item("CONTESTED", 9), item("ACCEPTED", 9, 2)], day(9), "SUSPENDED"],
    [
      "a question about one does not stop it for the others",
      [item("CONTESTED", 7), item("ORDERED", 9)],
      day(7),
      "RUNNING",
    ],
    ["all settled in time", [item("ACCEPTED", 9, 9), item("REFUSED", 9, 3), item("NOT_HELD", 9, 3)], day(9), "MET"],
    ["one settled late", [item("ACCEPTED", 9, 3), item("REFUSED", 5, 6)], day(5), "OVERDUE"],
    ["revoked in time: nothing is owed", [item("LAPSED", 9)], day(9), null],
    ["revoked after it was answered in time", [item("LAPSED", 9, 3)], day(9), "MET"],
    ["revoked when it was late already", [item("LAPSED", 9, 10)], day(9), "OVERDUE"],
    ["where the law sets no deadline there is none to meet", [item("ACCEPTED", null, 3)], null, null],
  ])("%s", (_name, items, deadlineAt, deadlineState) => {
    expect(clockOf(items)).toEqual({ deadlineAt, deadlineState });
  });

  const never = { validationDueAt: null, validatingAuthorityId: null };
  const running = { ...never, status: "ISSUED", deadlineAt: day(10), deadlineState: "RUNNING" } as const;
  test.each<[string, Date, Date, DeadlineState | null]>([
    ["before it", day(9), day(30), "RUNNING"],
    ["in its very millisecond", day(10), day(30), "RUNNING"],
    ["a millisecond later", new Date(day(10).getTime() + 1), day(30), "OVERDUE"],
    ["when the warrant ended before it", day(11), day(8), null],
    ["when the warrant ended after it", day(31), day(30), "OVERDUE"],
  ])("a running deadline %s", (_name, now, endsAt, expected) => {
    expect(deadlineStateAt({ ...running, endsAt }, now)).toBe(expected);
  });

  test("what was settled stays as it was settled", () => {
    const met = {
      ...never,
      status: "ACCEPTED",
      deadlineAt: day(10),
      deadlineState: "MET",
      endsAt: day(30),
    } as const;
    expect(deadlineStateAt(met, day(20))).toBe("MET");
  });
});
