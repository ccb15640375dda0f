import { describe, expect, jest, test } from "@jest/globals";
import { accessDrafts } from "../../gateway/record/access-draft.js";
import { followIntegration } from "../../gateway/record/follow-integration.js";
import { whileIntegrated } from "../../gateway/record/while-integrated.js";
import { MemoryStore, reading, record } from "./kit.js";

describe("how far the log is integrated, as the gateway knows it", () => {
  test.each([
    [
      "all is integrated",
      () => ({ logHealth: { oldestPendingMs: 0 }, checkpoint: { verifierKey: "k" } }),
      60_000,
      false,
    ],
    ["a record waits, not for long", () => ({ logHealth: { oldestPendingMs: 9000 }, checkpoint: null }), 500, false],
    [
      "a record waits for longer than ten seconds",
      () => ({ logHealth: { oldestPendingMs: 9600 }, checkpoint: null }),
      500,
      false,
    ],
    ["audit is silent, and was not asked for long", silence, 9_999, false],
    ["audit is silent for longer than ten seconds", silence, 10_001, true],
    ["audit answers without a word about it", () => ({ logHealth: null, checkpoint: null }), 10_001, true],
  ])("%s", async (_, answer, after, behind) => {
    jest.useFakeTimers();
    const followed = followIntegration({ ask: async () => answer() });
    await jest.advanceTimersByTimeAsync(after);
    expect(followed.behind()).toBe(behind);
    await followed.close();
    jest.useRealTimers();
  });

  test("a record that goes on waiting shuts the door, one that is integrated opens it again", async () => {
    jest.useFakeTimers();
    let pending = 0;
    const followed = followIntegration({
      ask: async () => ({ logHealth: { oldestPendingMs: pending }, checkpoint: { verifierKey: "key" } }),
    });
    await jest.advanceTimersByTimeAsync(5000);
    expect(followed.logKey()).toBe("key");
    pending = 11_000;
    for (let second = 0; second < 12; second++) await jest.advanceTimersByTimeAsync(1000);
    expect(followed.behind()).toBe(true);
    pending = 300;
    await jest.advanceTimersByTimeAsync(1000);
    expect(followed.behind()).toBe(false);
    await followed.close();
    jest.useRealTimers();
  });
});

describe("while integration is behind", () => {
  const denied = { ...reading, fields: reading.fields.filter(({ permitted }) => !permitted) };

  test("nothing that permits is recorded or released, denials go on, and the log tells of the time", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    let behind = true;
    const guarded = whileIntegrated(recorder, { behind: () => behind });
    await expect(guarded.append(accessDrafts(reading))).rejects.toThrow("recorded and not integrated in time");
    await guarded.append(accessDrafts(denied));
    behind = false;
    await guarded.append(accessDrafts(reading));
    await recorder.close();
    const [, second = [], third = []] = store.leaves();
    expect(second).toMatchObject([
      { type: "GAP", reason: "NOT_INTEGRATED", refused: 1 },
      { type: "ACCESS", fields: [{ permitted: false }] },
    ]);
    expect(third).toMatchObject([{ type: "ACCESS" }]);
  });
});

function silence(): never {
  throw new Error("no answer");
}
