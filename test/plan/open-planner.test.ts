import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { type DoorWorld, openDoorWorld } from "../execute/fixtures/door-world.js";

let world: DoorWorld;
beforeAll(async () => {
  world = await openDoorWorld({ operations: 3, selections: 200 });
});
afterAll(() => world.close());

const prepare = (text: string, variables: Record<string, unknown> = {}) =>
  world.planner.prepare(parse(text), null, variables);

describe("compiled operations are kept", () => {
  test("by document, whoever parsed it", async () => {
    expect(await prepare("{ any { id } }")).toBe(await prepare("{ any { id } }"));
    expect(await prepare("{ any { id } }")).not.toBe(await prepare("{ any { id __typename } }"));
  });

  test("by the values of the variables in conditions, and of no other", async () => {
    const text = "query ($id: ID!, $v: Boolean!) { user(id: $id) { handle @include(if: $v) note } }";
    const one = await prepare(text, { id: "u1", v: true });
    expect(await prepare(text, { id: "u2", v: true })).toBe(one);
    expect(await prepare(text, { id: "u1", v: false })).not.toBe(one);
  });

  test("by operation name", async () => {
    const document = parse("query A { any { id } } query B { any { __typename } }");
    expect(await world.planner.prepare(document, "A", {})).not.toBe(await world.planner.prepare(document, "B", {}));
  });

  test("a bounded number of them, the longest unused goes first", async () => {
    const first = await prepare("{ a: any { id } }");
    for (const name of ["b", "c"]) await prepare(`{ ${name}: any { id } }`);
    expect(await prepare("{ a: any { id } }")).toBe(first);
    for (const name of ["d", "e", "f"]) await prepare(`{ ${name}: any { id } }`);
    expect(await prepare("{ a: any { id } }")).not.toBe(first);
  });

  test("asked for twice at once, planned once", async () => {
    const [one, two] = await Promise.all([prepare("{ x: any { id } }"), prepare("{ x: any { id } }")]);
    expect(one).toBe(two);
  });
});

describe("what a compiled operation says of itself", () => {
  test("its kind, and every identity field it can ask for, those that others require among them", async () => {
    const { kind, identityFields } = await prepare(`{ user(id: "u1") { w messages { counterpart { ips { a } } } } }`);
    expect(kind).toBe("query");
    expect(identityFields.map(({ coordinate }) => coordinate).sort()).toEqual([
      "User.email",
      "User.ips",
      "User.messages",
    ]);
    expect((await prepare(`mutation { first(id: "u1") { handle } }`)).kind).toBe("mutation");
  });

  test("a field excluded by a condition is not among them", async () => {
    expect(
      (await prepare(`query ($v: Boolean = false) { user(id: "u1") { handle email @include(if: $v) } }`))
        .identityFields,
    ).toEqual([]);
  });
});

describe("refused", () => {
  test("what is too large, before it is planned", async () => {
    const many = Array.from({ length: 300 }, (_, index) => `a${index}: __typename`).join(" ");
    await expect(prepare(`{ ${many} }`)).rejects.toMatchObject({ extensions: { code: "OPERATION_TOO_COSTLY" } });
  });

  test("variables that do not fit, also for a kept operation", async () => {
    const text = "query ($id: ID!) { user(id: $id) { handle } }";
    await prepare(text, { id: "u1" });
    await expect(prepare(text, {})).rejects.toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });
});

test("more than may wait are told to ask again in a second; asked again, they are planned", async () => {
  const busy = await openDoorWorld({ queue: 1 });
  const ask = (alias: string) =>
    busy.planner.prepare(parse(`{ ${alias}: any { id } b: any { id ${alias}: id } }`), null, {});
  const aliases = ["m", "n", "o", "p", "q"];
  const answers = await Promise.allSettled(aliases.map(ask));
  const refused = aliases.filter((_, index) => answers[index]?.status === "rejected");
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of answers) {
    if (answer.status === "fulfilled") continue;
    expect(answer.reason).toMatchObject({
      message: "Too many new operations wait to be planned: ask again in a second.",
      extensions: { code: "GATEWAY_BUSY", http: { headers: new Map([["retry-after", "1"]]) } },
    });
  }
  for (const alias of refused) await expect(ask(alias)).resolves.toBeDefined();
  await busy.close();
});

test("the API schema has @warrant, and nothing that is inaccessible", () => {
  const { apiSchema } = world.planner;
  expect(apiSchema.getDirective("warrant")?.args.map(({ name }) => name)).toEqual(["id", "report", "dryRun"]);
  expect(apiSchema.getType("Jurisdiction")).toBeUndefined();
  expect(Object.keys(apiSchema.getQueryType()?.getFields() ?? {})).toEqual(["user", "any", "users", "grid"]);
});
