import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { PlanningProcess } from "../../gateway/plan/planning-process.js";
import { doorGraph } from "../execute/fixtures/door-world.js";

const { supergraphSdl } = doorGraph();
/** The planner dies over this text (door.md, P3). */
const deadly = `{ user(id: 1) { email id: any { ... on User { email } } } }`;
const harmless = "{ any { __typename id } }";

let planning: PlanningProcess;
beforeAll(async () => {
  planning = await PlanningProcess.open(supergraphSdl, { timeMs: 10_000, queue: 3 });
});
afterAll(() => planning.close());

describe("planning in a process that may die", () => {
  test("plans", async () => {
    expect(await planning.plan(harmless)).toMatchObject({
      kind: "QueryPlan",
      node: { kind: "Fetch", serviceName: "a" },
    });
  });

  test("a refusal is told and costs nothing", async () => {
    await expect(planning.plan("{ nothing }")).rejects.toMatchObject({ name: "PlanningFailed", how: "REFUSED" });
    await expect(planning.plan(harmless)).resolves.toBeDefined();
  });

  test("an abort costs the one operation; those that wait behind it are planned", async () => {
    const [dead, alive] = await Promise.allSettled([planning.plan(deadly), planning.plan(harmless)]);
    expect(dead).toMatchObject({ status: "rejected", reason: { how: "DIED" } });
    expect(alive.status).toBe("fulfilled");
  });

  test("more may not wait than the queue holds", async () => {
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => planning.plan(harmless)));
    const rejected = all.filter((one) => one.status === "rejected");
    expect(rejected.length).toBeGreaterThan(0);
    expect(rejected[0]).toMatchObject({ reason: { how: "BUSY" } });
    await expect(planning.plan(harmless)).resolves.toBeDefined();
  });
});

test("too slow: the process is given up, and the next one answers", async () => {
  const hasty = await PlanningProcess.open(supergraphSdl, { timeMs: 50, queue: 10 });
  const given = hasty.plan(harmless);
  const refused = expect(given).rejects.toMatchObject({ how: "SLOW" });
  // The question is on its way after some turns of the microtask queue; then this thread stands still until the time is over, so that no answer can be read before.
  for (let turn = 0; turn < 10; turn += 1) await null;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  await refused;
  await hasty.close();
});

test("a supergraph that is none is refused at once", async () => {
  await expect(PlanningProcess.open("type Query { a: Int", { timeMs: 1_000, queue: 1 })).rejects.toMatchObject({
    name: "PlanningFailed",
  });
});

test("closed: what waits is told so, and nothing more is planned", async () => {
  const short = await PlanningProcess.open(supergraphSdl, { timeMs: 10_000, queue: 10 });
  const waiting = Promise.allSettled([short.plan(harmless), short.plan(harmless)]);
  await short.close();
  expect((await waiting).map(({ status }) => status)).toContain("rejected");
  await expect(short.plan(harmless)).rejects.toMatchObject({ how: "BUSY" });
});
