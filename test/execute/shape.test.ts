import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openPeopleWorld, type PeopleWorld, told } from "./fixtures/people-world.js";
import { denied } from "./fixtures/test-door.js";

let world: PeopleWorld;
beforeAll(async () => {
  world = await openPeopleWorld();
});
afterAll(() => world.close());

/** Changes the value of a key wherever it stands in a half's answers. */
const rewrite = (of: string, key: string, change: (value: unknown) => unknown) => (half: string, answer: object) =>
  half === of
    ? (JSON.parse(JSON.stringify(answer), (each, value: unknown) => (each === key ? change(value) : value)) as object)
    : answer;

describe("only the client's fields, in her order, under her names", () => {
  test("what a key or a requirement needed is not shown", async () => {
    const { data } = await world.ask(`{ me { note greeting } }`);
    expect(JSON.stringify(data)).toBe('{"me":{"note":"note on u1","greeting":"hello name of u1"}}');
  });

  test("aliases that mean something to JavaScript are names like others", async () => {
    const { data } = await world.ask("{ me { __proto__: id constructor: name toString: id hasOwnProperty: name } }");
    expect(JSON.stringify(data)).toBe(
      '{"me":{"__proto__":"u1","constructor":"name of u1","toString":"u1","hasOwnProperty":"name of u1"}}',
    );
  });

  test("the same key in two fragments is one field", async () => {
    const { data } = await world.ask(
      "{ me { best { id } ...F ... on Account { ... on User { best { status } } } } } fragment F on User { best { note } }",
    );
    expect(data).toEqual({ me: { best: { id: "u5", note: "note on u5", status: expect.any(String) } } });
  });

  test("lists of lists keep their nulls", async () => {
    const { data } = await world.ask("{ grid { __typename id } }");
    expect(data).toEqual({
      grid: [
        [expect.any(Object), expect.any(Object), expect.any(Object)],
        null,
        [{ __typename: "User", id: "u2" }, null, { __typename: "Org", id: "o2" }],
      ],
    });
  });

  test("introspection stands beside data and is answered at home", async () => {
    const { data, calls } = await world.ask(
      `query ($name: String!) { me { id } t: __type(name: $name) { fields { name } } __schema { queryType { name } } __typename }`,
      { variables: { name: "Ip" } },
    );
    expect(data).toEqual({
      me: { id: "u1" },
      t: { fields: [{ name: "address" }, { name: "seenAt" }, { name: "hits" }] },
      __schema: { queryType: { name: "Query" } },
      __typename: "Query",
    });
    expect(calls).toHaveLength(1);
  });
});

describe("nulls spread as the schema says", () => {
  test("a failed non-null field takes its object, and its neighbours live", async () => {
    const executed = await world.ask(
      `{ users(ids: ["u1"]) { id } a: user(id: "u4") { name fragile } b: user(id: "u6") { fragile } }`,
    );
    expect(executed.data).toEqual({ users: [{ id: "u1" }], a: null, b: null });
    expect(told(executed)).toEqual(["a.fragile INTERNAL", "b.fragile INTERNAL"]);
  });

  test("in a list of non-null items it takes the list", async () => {
    const executed = await world.ask(`{ users(ids: ["u1", "u4"]) { fragile } }`);
    expect(executed.data).toEqual({ users: null });
    expect(told(executed)).toEqual(["users.1.fragile INTERNAL"]);
  });

  test("the path of the fault is the client's, also where the null came up inside the subgraph", async () => {
    const executed = await world.ask(`{ top { id stars: rating { sure: strict } } }`);
    expect(told(executed).every((line) => /^top\.\d\.stars\.sure INTERNAL$/.test(line))).toBe(true);
    expect(told(executed).length).toBeGreaterThan(0);
  });
});

describe("a subgraph whose answer does not fit the schema", () => {
  test.each<[string, string, string, (value: unknown) => unknown, unknown, string[]]>([
    [
      "a number for a string",
      "{ me { name note } }",
      "note",
      () => 7,
      { me: { name: "name of u1", note: null } },
      ["me.note INTERNAL"],
    ],
    [
      "an object for a string",
      "{ me { note } }",
      "note",
      () => ({ secret: 1 }),
      { me: { note: null } },
      ["me.note INTERNAL"],
    ],
    ["a list for a string", "{ me { note } }", "note", () => ["a"], { me: { note: null } }, ["me.note INTERNAL"]],
    ["left out", "{ me { note } }", "note", () => undefined, { me: { note: null } }, ["me.note INTERNAL"]],
    ["no list", "{ evidence { __typename } }", "evidence", () => ({}), { evidence: null }, ["evidence INTERNAL"]],
    [
      "no object",
      `{ cases { lead { id } } }`,
      "lead",
      () => "u1",
      { cases: [1, 2, 3].map(() => ({ lead: null })) },
      ["cases.0.lead INTERNAL", "cases.1.lead INTERNAL", "cases.2.lead INTERNAL"],
    ],
    ["null for a non-null field", "{ cases { open } }", "open", () => null, { cases: null }, ["cases.0.open INTERNAL"]],
    ["a string for a Boolean", "{ cases { open } }", "open", () => "yes", { cases: null }, ["cases.0.open INTERNAL"]],
    [
      "a type that may not stand there",
      "{ evidence { __typename ... on Case { id } } }",
      "__typename",
      () => "Org",
      { evidence: [null, null, null, null, null] },
      [0, 1, 2, 3, 4].map((index) => `evidence.${index} INTERNAL`),
    ],
    [
      "no type at all",
      "{ evidence { __typename } }",
      "__typename",
      () => undefined,
      { evidence: [null, null, null, null, null] },
      [0, 1, 2, 3, 4].map((index) => `evidence.${index} INTERNAL`),
    ],
  ])("%s: null, and an error at its place", async (_, text, key, change, data, errors) => {
    const executed = await world.ask(text, { interfere: rewrite("cases", key, change) });
    expect(executed.data).toEqual(data);
    expect(told(executed)).toEqual(errors);
  });

  test.each([
    ["an enum value that the API does not know", "status", "SECRET"],
    ["an enum value of another type", "status", 1],
    ["an object called otherwise than the only type it may have", "__typename", "Org"],
  ])("%s", async (_, key, value) => {
    const executed = await world.ask("{ me { __typename status note } }", {
      interfere: rewrite("people", key, () => value),
    });
    expect(executed.data).toEqual({ me: null });
    expect(JSON.stringify(executed)).not.toContain("SECRET");
  });

  test("fractions and large numbers are no Int", async () => {
    for (const score of [1.5, 2 ** 31, "3", Number.MAX_SAFE_INTEGER]) {
      const { data } = await world.ask(`{ post(id: "p1") { score } }`, {
        interfere: rewrite("cases", "score", () => score),
      });
      expect(data).toEqual({ post: { score: null } });
    }
  });
});

describe("failures", () => {
  test("a subgraph that cannot be reached: everything asked of it, and nothing else", async () => {
    const executed = await world.ask('{ me { name note risky best { note } } case(id: "k1") { title } }', {
      interfere: (half, answer) => {
        if (half === "cases") throw new Error("getaddrinfo ENOTFOUND cases.internal");
        return answer;
      },
    });
    expect(executed.data).toEqual({
      me: { name: "name of u1", note: null, risky: null, best: { note: null } },
      case: null,
    });
    expect(told(executed).sort()).toEqual([
      "case SUBGRAPH_UNAVAILABLE",
      "me.best.note SUBGRAPH_UNAVAILABLE",
      "me.note SUBGRAPH_UNAVAILABLE",
      "me.risky SUBGRAPH_UNAVAILABLE",
    ]);
    expect(JSON.stringify(executed.errors)).not.toContain("internal.");
  });

  test("a refusal speaks with the sentence of our table; any other error with a constant one; never in the subgraph's words", async () => {
    const executed = await world.ask(`{ users(ids: ["u3", "u2"]) { risky flaky } }`);
    expect(executed.errors).toEqual([
      {
        message:
          "The cursor does not come from this list: give an `endCursor` or `startCursor` of the same connection.",
        path: ["users", 0, "risky"],
        extensions: { code: "BAD_USER_INPUT" },
      },
      {
        message: "The service that answers for this failed.",
        path: ["users", 1, "flaky"],
        extensions: { code: "INTERNAL" },
      },
    ]);
  });

  test.each(["constructor", "__proto__", "NOT_A_REFUSAL"])("a refusal by the name %s is none", async (refusal) => {
    const executed = await world.ask("{ me { note } }", {
      interfere: (half, answer) =>
        half === "cases"
          ? {
              data: { _entities: [{ note: null }] },
              errors: [{ message: "x", path: ["_entities", 0, "note"], extensions: { refusal, code: "FORBIDDEN" } }],
            }
          : answer,
    });
    expect(told(executed)).toEqual(["me.note INTERNAL"]);
  });

  test("what requires a failed field fails for its cause; its neighbours live; nothing is said of the required field itself", async () => {
    const executed = await world.ask(`{ user(id: "u2") { brief note greeting } }`);
    expect(executed.data).toEqual({ user: { brief: null, note: "note on u2", greeting: "hello name of u2" } });
    expect(told(executed)).toEqual(["user.brief INTERNAL"]);
  });

  test("one error for each place of an entity that stands in several", async () => {
    const executed = await world.ask(`{ a: users(ids: ["u2", "u2"]) { x: flaky } b: user(id: "u2") { y: flaky } }`);
    expect(told(executed)).toEqual(["a.0.x INTERNAL", "a.1.x INTERNAL", "b.y INTERNAL"]);
  });

  test.each<[string, object, string[]]>([
    ["no data at all", { errors: [{ message: "x" }] }, ["case INTERNAL", "evidence INTERNAL"]],
    [
      "null, with a path",
      { data: null, errors: [{ message: "x", path: ["evidence"], extensions: { refusal: "ROLE" } }] },
      ["case FORBIDDEN", "evidence FORBIDDEN"],
    ],
    ["nothing", {}, ["case INTERNAL", "evidence INTERNAL"]],
    ["errors that are no list", { data: { _0: null, evidence: null }, errors: "secret" }, []],
    [
      "an error beside a value",
      { data: { _0: null, evidence: [] }, errors: [{ message: "secret", path: ["evidence"] }] },
      ["- INTERNAL"],
    ],
    [
      "an error without a path",
      {
        data: { _0: null, evidence: [] },
        errors: [{ message: "secret" }, { message: "secret", path: ["__proto__", "x"] }, null],
      },
      ["- INTERNAL"],
    ],
  ])("an answer with %s", async (_, answer, errors) => {
    const executed = await world.ask(`{ case(id: "k1") { id } evidence { __typename } }`, { interfere: () => answer });
    expect(told(executed)).toEqual(errors);
    expect(JSON.stringify(executed.errors)).not.toContain("secret");
  });

  test("an entity list of the wrong length is believed in no item", async () => {
    const executed = await world.ask(`{ users(ids: ["u1", "u2"]) { note } }`, {
      interfere: (half, answer) => (half === "cases" ? { data: { _entities: [{ note: "of u2" }] } } : answer),
    });
    expect(executed.data).toEqual({ users: [{ note: null }, { note: null }] });
    expect(told(executed)).toEqual(["users.0.note INTERNAL", "users.1.note INTERNAL"]);
  });

  test("an entity that the subgraph does not know is null, and no error", async () => {
    const executed = await world.ask("{ me { note } }", {
      interfere: (half, answer) => (half === "cases" ? { data: { _entities: [null] } } : answer),
    });
    expect([executed.data, executed.errors]).toEqual([{ me: { note: null } }, []]);
  });
});

test("beyond a hundred denied paths the first hundred are errors; the list of what is withheld is complete", async () => {
  const ids = Array.from({ length: 150 }, () => "u1");
  const executed = await world.ask("query ($ids: [ID!]) { users(ids: $ids) { email } }", {
    variables: { ids },
    judge: denied,
  });
  expect(executed.errors).toHaveLength(100);
  expect(executed.errors.at(-1)?.path).toEqual(["users", 99, "email"]);
  expect(executed.withheld.map(({ paths }) => paths.length)).toEqual([150]);
  expect(executed.door.recorded).toHaveLength(1);
});

describe("mutations", () => {
  test("run one after the other, in the client's order, each with what it selects, across subgraphs", async () => {
    const { calls, data } = await world.ask(
      `mutation { b: touch(id: "u1") { note } a: mark(id: "k1") { lead { name } } c: touch(id: "u1") { email } }`,
    );
    expect(calls.map((call) => call.replace(/^(\S+) (?:mutation\{(\w+): (\w+).*|query.*)$/s, "$1 $3"))).toEqual([
      "people touch",
      "cases ",
      "cases mark",
      "people ",
      "people touch",
      "people_identity ",
    ]);
    expect(Object.keys(data ?? {})).toEqual(["b", "a", "c"]);
  });

  test("a log that fails undoes no mutation: open fields are answered", async () => {
    const { LogUnavailable } = await import("../../gateway/door/types.js");
    const executed = await world.ask(`mutation { touch(id: "u1") { name email } }`, {
      door: () => ({ record: () => Promise.reject(new LogUnavailable("down")) }),
    });
    expect(executed.data).toEqual({ touch: { name: "name of u1", email: null } });
    expect(told(executed)).toEqual(["touch.email LOG_UNAVAILABLE"]);
  });
});
