import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import pino from "pino";
import { type Figures, noFigures } from "../../gateway/main/figures.js";
import { limits } from "../../gateway/main/limits.js";
import type { PrimaryAnswers, WorkerAnswers } from "../../gateway/main/workers/answers.js";
import {
  type End,
  FirstWorkerEnded,
  type LedWorkers,
  leadWorkers,
  type WorkerProcess,
} from "../../gateway/main/workers/lead-workers.js";
import { type Line, openLine } from "../../gateway/main/workers/line.js";

/** A worker without a process: what it asks goes through the real lines. */
interface FakeWorker {
  readonly id: number;
  readonly asks: Line<PrimaryAnswers>;
  /** What it was told, in order. */
  readonly told: string[];
  figures: Figures;
  missing: readonly string[];
  /** It hears nothing and says nothing. */
  silent: boolean;
  stopsWith: End;
  ends(end?: End): Promise<void>;
  /** Says that it is here, and that it listens. */
  listens(): Promise<void>;
}

const well: End = { code: 0, signal: null };
const killed: End = { code: null, signal: "SIGKILL" };
const url = "http://127.0.0.1:4000/graphql";
const lines: Record<string, unknown>[] = [];
const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
let workers: FakeWorker[];
let led: LedWorkers;

function fork(answers: PrimaryAnswers): WorkerProcess {
  const id = workers.length + 1;
  const ended = Promise.withResolvers<End>();
  const told: string[] = [];
  const hear = (what: string) => void told.push(what);
  const mine: WorkerAnswers = {
    figures: async () => fake.figures,
    missing: async () => fake.missing,
    reload: async () => hear("reload"),
    watch: async () => hear("watch"),
    stop() {
      hear("stop");
      ended.resolve(fake.stopsWith);
    },
  };
  const over = (to: () => Line<never>) => (message: object) =>
    queueMicrotask(() => {
      if (!fake.silent) to().take(JSON.parse(JSON.stringify(message)));
    });
  const primary: Line<WorkerAnswers> = openLine<WorkerAnswers>(
    over(() => fake.asks),
    answers,
  );
  const fake: FakeWorker = {
    id,
    asks: openLine<PrimaryAnswers>(
      over(() => primary),
      mine,
    ),
    told,
    figures: noFigures,
    missing: [],
    silent: false,
    stopsWith: well,
    async ends(end = killed) {
      ended.resolve(end);
      await jest.advanceTimersByTimeAsync(0);
    },
    async listens() {
      await fake.asks.ask("here", null, 1);
      await fake.asks.ask("listening", url, 1);
    },
  };
  workers.push(fake);
  const kill = () => {
    hear("SIGKILL");
    ended.resolve(killed);
  };
  return { id, pid: 1000 + id, line: primary, ended: ended.promise, kill };
}

const worker = (id: number): FakeWorker => workers[id - 1] as FakeWorker;
const own: Figures = { ...noFigures, memoryBytes: 7, uptimeSeconds: 100 };

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["queueMicrotask", "nextTick"] });
  workers = [];
  lines.length = 0;
  led = leadWorkers({ count: 3, fork, own: () => own, log });
});
afterEach(() => {
  jest.useRealTimers();
});

/** All three listen. */
async function allListen(): Promise<void> {
  await worker(1).listens();
  for (const id of [2, 3]) await worker(id).listens();
}

describe("starting", () => {
  test("one worker alone, the others once it listens", async () => {
    await worker(1).asks.ask("here", null, 1);
    expect(workers).toHaveLength(1);
    await worker(1).asks.ask("listening", url, 1);
    expect(await led.listening).toBe(url);
    expect(workers).toHaveLength(3);
  });

  test("where the first ends before it listens, nothing else is tried, and it is said how it ended", async () => {
    const failed = expect(led.listening).rejects.toEqual(new FirstWorkerEnded({ code: 2, signal: null }));
    await worker(1).ends({ code: 2, signal: null });
    await failed;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(workers).toHaveLength(1);
  });
});

describe("a worker that ends is replaced", () => {
  test("at once, where it had lived for long, and the log says how it ended", async () => {
    await allListen();
    await jest.advanceTimersByTimeAsync(10_000);
    await worker(2).ends();
    expect(workers).toHaveLength(4);
    expect(lines.at(-1)).toMatchObject({ level: 50, worker: 2, pid: 1002, ...killed, livedMs: 10_000, pauseMs: 0 });
  });

  test("after a pause that grows to half a minute, where it dies at once, again and again", async () => {
    await allListen();
    const pauses: unknown[] = [];
    for (let dead = 3; pauses.length < 9; dead = workers.length) {
      await worker(dead).ends({ code: 1, signal: null });
      const { pauseMs } = lines.at(-1) as { pauseMs: number };
      pauses.push(pauseMs);
      await jest.advanceTimersByTimeAsync(pauseMs - 1);
      expect(workers).toHaveLength(dead);
      await jest.advanceTimersByTimeAsync(1);
      expect(workers).toHaveLength(dead + 1);
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  test("one that was told to end by somebody else is no failure", async () => {
    await allListen();
    await jest.advanceTimersByTimeAsync(20_000);
    await worker(1).ends(well);
    expect(workers).toHaveLength(4);
    expect(lines.at(-1)).toMatchObject({ level: 40, worker: 1, code: 0 });
  });
});

test("what one alone does is done by one that listens, and by another when it ends", async () => {
  await allListen();
  expect(workers.map(({ told }) => told)).toEqual([["watch"], [], []]);
  await worker(3).ends();
  await worker(1).ends();
  expect(workers.slice(0, 3).map(({ told }) => told)).toEqual([["watch"], ["watch"], []]);
});

describe("readiness of the port", () => {
  const missing = async (id: number): Promise<readonly string[]> => worker(id).asks.ask("missing", null, 20_000);

  test("is that of every worker that listens, whichever is asked", async () => {
    await allListen();
    expect(await missing(2)).toEqual([]);
    worker(1).missing = ["treaty", "rule book"];
    worker(3).missing = ["treaty"];
    expect(await missing(2)).toEqual(["treaty", "rule book"]);
    worker(1).missing = [];
    await worker(3).ends();
    expect(await missing(2)).toEqual([]);
  });

  test("a worker that is silent is missing, until it has ended", async () => {
    await allListen();
    worker(3).silent = true;
    const told = missing(1);
    await jest.advanceTimersByTimeAsync(limits.fetchMs + 1_000);
    expect(await told).toEqual(["worker 3"]);
    const meanwhile = missing(1);
    await worker(3).ends();
    expect(await meanwhile).toEqual([]);
  });

  test("one that has not said that it listens is not ready", async () => {
    await worker(1).asks.ask("here", null, 1);
    expect(await missing(1)).toEqual(["worker 1"]);
  });
});

describe("figures", () => {
  const figures = async (): Promise<Figures> => worker(1).asks.ask("figures", null, 2_000);
  const counted = (answers: number): Figures => ({
    ...noFigures,
    ...{ statuses: { "200": answers }, answers, workers: 1, memoryBytes: 100, uptimeSeconds: 5 },
  });

  test("are those of all workers and of the primary, and nothing that was told is taken back when one dies", async () => {
    await allListen();
    for (const id of [1, 2, 3]) worker(id).figures = counted(id);
    const told = { statuses: { "200": 6 }, answers: 6 };
    expect(await figures()).toEqual({ ...noFigures, ...told, workers: 3, memoryBytes: 307, uptimeSeconds: 100 });
    await worker(3).ends();
    expect(await figures()).toEqual({ ...noFigures, ...told, workers: 2, memoryBytes: 207, uptimeSeconds: 100 });
  });

  test("of one that is silent count as it told them last", async () => {
    await allListen();
    for (const id of [1, 2, 3]) worker(id).figures = counted(id);
    await figures();
    worker(2).silent = true;
    worker(1).figures = counted(10);
    const told = figures();
    await jest.advanceTimersByTimeAsync(1_000);
    expect((await told).answers).toBe(15);
  });
});

test("streams of one principal are counted over all workers, and those of a worker that dies are over", async () => {
  await allListen();
  const take = (id: number): Promise<boolean> => worker(id).asks.ask("takePlace", "judge", 1);
  const taken: boolean[] = [];
  for (let stream = 0; stream < limits.streamsEach; stream += 1) taken.push(await take((stream % 3) + 1));
  expect(taken).not.toContain(false);
  for (const id of [1, 2, 3]) expect(await take(id)).toBe(false);
  await worker(1).asks.ask("leavePlace", "judge", 1);
  expect(await take(2)).toBe(true);
  expect(await take(2)).toBe(false);
  await worker(3).ends();
  for (let stream = 0; stream < 3; stream += 1) expect(await take(2)).toBe(true);
  expect(await take(2)).toBe(false);
  // What was never taken is not given back.
  await worker(2).asks.ask("leavePlace", "somebody else", 1);
  expect(await take(2)).toBe(false);
});

test("a worker that begins serves what one of the others does, since they may have refused what it read", async () => {
  const admits = (id: number, digest: string): Promise<boolean> => worker(id).asks.ask("admits", digest, 1);
  expect(await admits(1, "old")).toBe(true);
  await worker(1).listens();
  expect(await admits(2, "new")).toBe(false);
  expect(await admits(3, "old")).toBe(true);
  await worker(1).asks.ask("serves", "new", 1);
  expect(await admits(2, "new")).toBe(true);
  expect(await admits(3, "old")).toBe(false);
  await worker(1).ends();
  expect(await admits(3, "old")).toBe(true);
});

describe("told from outside", () => {
  test("to read the graph again, those who are here do", async () => {
    await worker(1).listens();
    await worker(2).asks.ask("here", null, 1);
    led.reload();
    await jest.advanceTimersByTimeAsync(0);
    expect(workers.map(({ told }) => told.includes("reload"))).toEqual([true, true, false]);
  });

  test("to stop, all finish what runs; one that has begun nothing is killed, and none is replaced", async () => {
    await worker(1).listens();
    await worker(2).listens();
    await worker(2).ends();
    await led.close();
    expect(workers.map(({ told }) => told)).toEqual([["watch", "stop"], [], ["SIGKILL"]]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(workers).toHaveLength(3);
  });

  test("one that does not stop well is named", async () => {
    await allListen();
    worker(2).stopsWith = { code: 1, signal: null };
    await expect(led.close()).rejects.toThrow("worker 2 ended with 1");
  });
});

describe("a line between two processes", () => {
  test("refuses whoever waits where the other end fails, is silent or has gone", async () => {
    const sent: object[] = [];
    const line = openLine<{ add(given: number): number }>((message) => void sent.push(message), {
      fails: () => Promise.reject(new Error("a secret of this end")),
    });
    const silent = expect(line.ask("add", 1, 50)).rejects.toThrow("no answer to add for 50 ms");
    await jest.advanceTimersByTimeAsync(50);
    await silent;
    const failed = expect(line.ask("add", 1, 50)).rejects.toThrow("the other end failed");
    line.take({ line: "answer", id: 2, failed: true });
    await failed;
    const gone = expect(line.ask("add", 1, 50)).rejects.toThrow("the other end has gone");
    line.cut();
    await gone;
    await expect(line.ask("add", 1, 50)).rejects.toThrow("the other end has gone");
    expect(sent).toHaveLength(3);
  });

  test("tells the other end that something failed, and not what", async () => {
    const sent: object[] = [];
    const line = openLine((message) => void sent.push(message), {
      fails: () => {
        throw new Error("a secret of this end");
      },
    });
    line.take({ line: "ask", id: 7, name: "fails", given: null });
    for (const other of [null, "text", { cmd: "NODE_CLUSTER" }]) line.take(other);
    await jest.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([{ line: "answer", id: 7, failed: true }]);
  });
});
