import { describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { LogUnavailable } from "../../gateway/door/types.js";
import { accessDrafts } from "../../gateway/record/access-draft.js";
import { outcomeDrafts } from "../../gateway/record/outcome-draft.js";
import { StoreRefused, StoreUnsafe } from "../../schema/ledger/log-store.js";
import { verifyReceiptOffline } from "../../schema/ledger/receipt.js";
import { verifyBatches } from "../../schema/ledger/verify-batches.js";
import { losingTheAnswer, MemoryStore, reading, readings, record, refusing, slow } from "./kit.js";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("a recorder", () => {
  test("opens its epoch with WRITER_OPEN, which names the key that signs", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    const { writer } = recorder.health();
    expect(store.leaves()).toEqual([
      [{ v: 1, type: "WRITER_OPEN", at: "2026-11-23T10:00:00.000Z", writer, previous: null, unconfirmed: [] }],
    ]);
    await recorder.close();
  });

  test("gives a receipt for each leaf, which holds offline, only after the store has acknowledged", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    let durable = false;
    store.behave = async (keep) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      keep();
      durable = true;
    };
    const receipt = await recorder.append(readings(3));
    expect(durable).toBe(true);
    expect(receipt).toMatchObject({ batch: 1, writer: recorder.health().writer });
    expect(receipt.receipts.map(verifyReceiptOffline)).toEqual([true, true, true]);
    expect(receipt.receipts.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
    expect(receipt.leafHashes).toEqual(receipt.receipts.map(({ leafHash }) => leafHash));
    await recorder.close();
  });

  test("puts into one batch all that waits while another one is in flight", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    await Promise.all(Array.from({ length: 40 }, () => recorder.append(readings(1))));
    expect(store.batches.map(({ leaves }) => leaves.length)).toEqual([1, 40]);
    await recorder.close();
  });

  test("has one batch in flight, of at most 256 leaves, and one receipt for a passage that needs several", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    let inFlight = 0;
    store.behave = async (keep) => {
      inFlight++;
      expect(inFlight).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      keep();
      inFlight--;
    };
    const receipt = await recorder.append(readings(600));
    expect(store.batches.map(({ leaves }) => leaves.length)).toEqual([1, 256, 256, 88]);
    expect(receipt.batch).toBe(3);
    expect(receipt.receipts).toHaveLength(600);
    expect(receipt.receipts.every(verifyReceiptOffline)).toBe(true);
    await recorder.close();
  });

  test("writes what waits before it closes, and ends the epoch with WRITER_CLOSE", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    const pending = recorder.append(readings(1));
    await recorder.close();
    await expect(pending).resolves.toMatchObject({ batch: 1 });
    expect(store.leaves().at(-1)).toMatchObject([{ type: "WRITER_CLOSE" }]);
    expect(store.closed).toBe(true);
    await expect(recorder.append(readings(1))).rejects.toThrow("the recorder is closed");
    expect(verifyBatches(store.batches)).toMatchObject({ writers: 1, batches: 3, leaves: 3, faults: [] });
  });

  test("says that it lives when it had nothing to record", async () => {
    const store = new MemoryStore();
    const recorder = await record(store, { heartbeatMs: 10 });
    while (store.batches.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    await recorder.close();
    expect(store.leaves().slice(1, 3)).toMatchObject([[{ type: "HEARTBEAT" }], [{ type: "HEARTBEAT" }]]);
  });

  test("does not start on a store that would not keep what it acknowledges", async () => {
    const store = new MemoryStore();
    store.behave = async () => {
      throw new StoreUnsafe("fsync is off");
    };
    await expect(record(store)).rejects.toThrow("fsync is off");
    expect(store.closed).toBe(true);
  });
});

describe("when the store fails, nothing leaves", () => {
  const epochs = (store: MemoryStore) => verifyBatches(store.batches).writers;

  test.each([
    ["refuses", refusing, "STORE_REFUSED", 0],
    ["keeps the batch and loses the answer", losingTheAnswer, "COMMIT_UNKNOWN", 1],
    ["is slower than it may be, and commits afterwards", slow, "COMMIT_UNKNOWN", 1],
  ] as const)(
    "a store that %s: LogUnavailable, and the next epoch names the one that ended and the gap",
    async (_, behave, reason, late) => {
      const store = new MemoryStore();
      const recorder = await record(store);
      const old = recorder.health().writer;
      await recorder.append(readings(1));
      const head = hex(store.batches[1]?.hash as Uint8Array);
      store.behave = behave;
      const [one, two] = await Promise.allSettled([recorder.append(readings(2)), recorder.append(readings(3))]);
      for (const result of [one, two]) {
        expect(result.status).toBe("rejected");
        expect((result as PromiseRejectedResult).reason).toBeInstanceOf(LogUnavailable);
      }
      expect(recorder.health()).toMatchObject({ open: false, writer: null, refused: 5 });
      await new Promise((resolve) => setTimeout(resolve, 200));

      store.behave = async (keep) => keep();
      const receipt = await recorder.append(readings(1));
      expect(verifyReceiptOffline(receipt.receipts[0] as never)).toBe(true);
      expect(receipt.writer).not.toBe(old);
      const lost = { writer: old, batch: 2 };
      expect(store.leaves().at(-1)).toMatchObject([
        { type: "WRITER_OPEN", previous: { writer: old, batches: 2, head }, unconfirmed: late === 1 ? [lost] : [] },
        { type: "GAP", reason, refused: 5, from: "2026-11-23T10:00:00.000Z" },
        { type: "ACCESS" },
      ]);
      await recorder.close();
      expect(verifyBatches(store.batches)).toMatchObject({ writers: 2, faults: [] });
      expect(store.batches).toHaveLength(4 + late);
    },
  );

  test("a store that is out of reach at the start: every append is refused, then it opens by itself", async () => {
    const store = new MemoryStore();
    store.behave = refusing;
    const recorder = await record(store, { heartbeatMs: 20 });
    await expect(recorder.append(readings(1))).rejects.toThrow(LogUnavailable);
    store.behave = async (keep) => keep();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(recorder.health().open).toBe(true);
    expect(store.leaves()[0]?.[1]).toMatchObject({ type: "GAP", reason: "STORE_REFUSED" });
    await recorder.close();
  });

  test("an outage of many attempts: the last acknowledged epoch is named, and the latest 16 batches of unknown fate", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    const first = recorder.health().writer;
    store.behave = async () => {
      throw new Error("connection lost");
    };
    for (let attempt = 0; attempt < 20; attempt++)
      await expect(recorder.append(readings(1))).rejects.toThrow(LogUnavailable);
    store.behave = async (keep) => keep();
    await recorder.append(readings(1));
    const [opened] = store.leaves().at(-1) as never as [{ previous: unknown; unconfirmed: unknown[] }];
    expect(opened.previous).toMatchObject({ writer: first, batches: 1 });
    expect(opened.unconfirmed).toHaveLength(16);
    expect(epochs(store)).toBe(2);
    await recorder.close();
  });

  test("a full queue: what is too much is refused, the rest is recorded, the epoch goes on and tells the gap", async () => {
    const store = new MemoryStore();
    const recorder = await record(store, { queueLimit: 10, timeoutMs: 1000 });
    const waiting = recorder.append(readings(8));
    await expect(recorder.append(readings(3))).rejects.toThrow("8 leaves wait already; 3 more would be over 10");
    await expect(waiting).resolves.toMatchObject({ batch: 1 });
    await recorder.append(readings(1));
    expect(store.leaves()[1]?.[0]).toMatchObject({ type: "GAP", reason: "QUEUE_FULL", refused: 3 });
    await recorder.close();
    expect(epochs(store)).toBe(1);
  });

  test("decisions that are no leaf: refused alone, and others are recorded", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    const bad = accessDrafts({ ...reading, operation: { ...reading.operation, hash: "no hash" } });
    await expect(recorder.append(bad)).rejects.toThrow(LogUnavailable);
    await expect(recorder.append([])).rejects.toThrow("there is nothing to record");
    await expect(recorder.append(readings(1))).resolves.toMatchObject({ batch: 1 });
    await recorder.close();
  });

  test("what the process log says of it carries no value of a row", async () => {
    const lines: string[] = [];
    const store = new MemoryStore();
    const recorder = await record(store, { log: pino({}, { write: (line: string) => void lines.push(line) }) });
    store.behave = async () => {
      const detail = Object.assign(new Error("invalid value: judge-1"), {
        code: "22P02",
        detail: "Failing row contains (judge-1, u01)",
      });
      throw new StoreRefused("the log's database refused the batch", { cause: detail });
    };
    await expect(recorder.append(readings(1))).rejects.toThrow(LogUnavailable);
    await recorder.close();
    expect(lines.join()).toContain("the log's database refused the batch");
    expect(lines.join()).toContain("22P02");
    expect(lines.join()).not.toMatch(/judge-1|u01/);
  });

  test("an outcome that cannot be noted harms nobody", async () => {
    const store = new MemoryStore();
    const recorder = await record(store);
    store.behave = refusing;
    recorder.note(outcomeDrafts("op-1", [{ leaf: "ab".repeat(32), outcome: "RELEASED", rows: [] }]));
    await recorder.close();
    expect(store.closed).toBe(true);
  });
});
