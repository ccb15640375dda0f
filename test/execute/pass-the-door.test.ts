import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Ask, LogUnavailable, type Verdict, WarrantGone } from "../../gateway/door/types.js";
import { isData } from "../../gateway/execute/data.js";
import { period } from "../fuzz/world/data.js";
import { openInPeriod, openPeopleWorld, type PeopleWorld, told } from "./fixtures/people-world.js";
import { denied, type TestDoor } from "./fixtures/test-door.js";

let world: PeopleWorld;
beforeAll(async () => {
  world = await openPeopleWorld();
});
afterAll(() => world.close());

const liar = { providerCountry: "XX", residence: "XX", nationality: "XX", locatedIn: "XX", protectedRole: null };

const only =
  (...fields: readonly string[]) =>
  (ask: Ask): Verdict =>
    fields.includes(ask.field.coordinate) ? openInPeriod(ask) : denied(ask);

describe("the order of effects", () => {
  test("decide all, record all, then send, and at the end tell what was released", async () => {
    const { door } = await world.ask(`{ users(ids: ["u1", "u2"]) { email ips(first: 1) { address } } }`, {
      judge: only("User.email"),
    });
    expect(door.events).toEqual([
      "prepare",
      ...["judge User.ips u1", "judge User.email u1", "judge User.ips u2", "judge User.email u2"],
      "record 4",
      "send people_identity",
      ...["released User.email u1 1", "released User.email u2 1"],
    ]);
  });

  test("a denied field is not even named in what is sent, a denied person neither", async () => {
    const { door } = await world.ask(`{ users(ids: ["u1", "u2"]) { email place { town } } }`, {
      judge: (ask) => (ask.entityId === "u2" && ask.field.field === "email" ? openInPeriod(ask) : denied(ask)),
    });
    expect(door.sent).toHaveLength(1);
    expect(door.sent[0]?.query).toBe(
      "query($__r0: [_Any!]!) { _g0: _entities(representations: $__r0) { ... on User { __typename __k: id email } } }",
    );
    expect(JSON.stringify(door.sent[0]?.variables)).not.toContain("u1");
    expect(door.sent[0]?.granted.map(({ field, entityId }) => [field.coordinate, entityId])).toEqual([
      ["User.email", "u2"],
    ]);
  });

  test("persons with the same permissions share a group; each variable goes only where it is used", async () => {
    const { door } = await world.ask(
      `query ($n: Int, $m: Int) { users(ids: ["u1", "u2", "u3"]) { ips(first: $n) { address } messages(first: $m) { body } } }`,
      {
        variables: { n: 1, m: 2 },
        judge: (ask) => (ask.field.field === "messages" ? denied(ask) : openInPeriod(ask)),
      },
    );
    expect(door.sent[0]?.query).toMatch(/^query\(\$__r0: \[_Any!\]!, \$n: Int\) \{ _g0: /);
    expect(Object.keys(door.sent[0]?.variables ?? {})).toEqual(["n", "__r0"]);
    expect(door.sent[0]?.variables.__r0).toHaveLength(3);
  });

  test("everything denied takes the same way: decided, recorded, nothing sent", async () => {
    const executed = await world.ask(`{ me { email } }`, { judge: denied });
    expect(executed.door.events).toEqual(["prepare", "judge User.email u1", "record 1"]);
    expect(executed.data).toEqual({ me: { email: null } });
    expect(told(executed)).toEqual(["me.email UNAUTHORIZED_FIELD_OR_TYPE"]);
    expect(executed.usedIdentity).toBe(true);
  });

  test("an operation without identity data does not come to the door", async () => {
    const { door, usedIdentity } = await world.ask("{ me { name } }");
    expect([door.events, usedIdentity]).toEqual([[], false]);
  });

  test("nobody there: no decision, no record", async () => {
    const { door, data, usedIdentity } = await world.ask(`{ user(id: "x9") { email } }`);
    expect([data, door.events, usedIdentity]).toEqual([{ user: null }, ["prepare"], false]);
  });

  test("two passages, two records, one set of decisions", async () => {
    const { door } = await world.ask(
      `{ user(id: "u1") { email messages(first: 1) { counterpart { email best { email } } } } }`,
      { judge: openInPeriod },
    );
    const records = door.events.filter((event) => event.startsWith("record"));
    const judged = door.events.filter((event) => event.startsWith("judge"));
    expect(records.length).toBeGreaterThan(1);
    expect(new Set(judged).size).toBe(judged.length);
  });
});

describe("the person that the data is about", () => {
  test("is found by the subject path, and decided for every entity", async () => {
    const { door } = await world.ask(`{ post(id: "p1") { secret authorIp { address } } }`);
    expect(door.recorded.map(({ ask }) => [ask.field.coordinate, ask.entityId, ask.subject?.id])).toEqual([
      ["Post.authorIp", "p1", "u5"],
      ["Post.secret", "p1", "u5"],
    ]);
  });

  test("nobody named: the door hears of no subject", async () => {
    const { door } = await world.ask(`{ account(id: "o2") { email } }`, { judge: denied });
    expect(door.recorded.map(({ ask }) => [ask.field.coordinate, ask.entityId, ask.subject])).toEqual([
      ["Org.email", "o2", null],
    ]);
  });

  test("through an interface each concrete entity is decided for itself", async () => {
    const executed = await world.ask(`{ grid { email } }`, {
      judge: (ask) => (ask.entityType === "Org" ? denied(ask) : openInPeriod(ask)),
    });
    expect(executed.data).toEqual({
      grid: [
        [{ email: "u5@example" }, { email: "u4@example" }, { email: null }],
        null,
        [{ email: "u2@example" }, null, { email: null }],
      ],
    });
    expect(told(executed)).toEqual([
      "grid.0.2.email UNAUTHORIZED_FIELD_OR_TYPE",
      "grid.2.2.email UNAUTHORIZED_FIELD_OR_TYPE",
    ]);
  });

  test("described with different facts: there is doubt, and nothing of hers is asked for", async () => {
    let turn = 0;
    const { door, data } = await world.ask(
      `{ a: user(id: "u1") { email } b: account(id: "u1") { ... on User { email place { town } } } users(ids: ["u2"]) { email } }`,
      {
        judge: (ask) => (ask.subject ? openInPeriod(ask) : denied(ask)),
        interfere: (half, answer) => {
          if (half !== "people") return answer;
          return JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
            key === "residence" ? `F${turn++}` : value,
          ) as typeof answer;
        },
      },
    );
    expect(data).toEqual({ a: { email: null }, b: { email: null, place: null }, users: [{ email: "u2@example" }] });
    expect(door.sent.flatMap(({ granted }) => granted.map(({ entityId }) => entityId))).toEqual(["u2"]);
  });

  test("described with different facts by way of another entity: the same doubt", async () => {
    const judge = (ask: Ask): Verdict => (ask.subject ? openInPeriod(ask) : denied(ask));
    const text = `{ post(id: "p1") { secret author { id } } user(id: "u5") { email } me { email } }`;
    const agreed = await world.ask(text, { judge });
    expect(agreed.data).toEqual({
      post: { secret: "secret p1", author: { id: "u5" } },
      user: { email: "u5@example" },
      me: { email: "u1@example" },
    });
    const { data } = await world.ask(text, {
      judge,
      interfere: (half, answer) =>
        half === "people"
          ? (JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
              key === "author" ? { ...(value as object), jurisdiction: { ...liar } } : value,
            ) as typeof answer)
          : answer,
    });
    expect(data).toEqual({
      post: { secret: null, author: { id: "u5" } },
      user: { email: null },
      me: { email: "u1@example" },
    });
  });

  test.each([
    ["null", null],
    [
      "without a provider's country",
      { residence: "FR", nationality: null, locatedIn: null, protectedRole: null, providerCountry: null },
    ],
    ["no object", "FR"],
  ])("facts that are %s are no facts", async (_, facts) => {
    const { door } = await world.ask("{ me { email } }", {
      judge: (ask) => (ask.subject ? openInPeriod(ask) : denied(ask)),
      interfere: (half, answer) =>
        half === "people"
          ? (JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
              key === "jurisdiction" ? facts : value,
            ) as typeof answer)
          : answer,
    });
    expect(door.sent).toEqual([]);
  });

  test("facts from a subgraph that does not own them are not believed", async () => {
    const { door } = await world.ask(`{ case(id: "k1") { lead { email } } }`, {
      interfere: (half, answer) => {
        if (half === "people") return { data: { _entities: [null] } };
        const lead = (answer.data as { _0?: { lead?: Record<string, unknown> } })._0?.lead;
        if (lead) lead.jurisdiction = liar;
        return answer;
      },
      judge: (ask) => (ask.subject ? openInPeriod(ask) : denied(ask)),
    });
    expect(door.sent).toEqual([]);
  });
});

describe("what stops a passage", () => {
  test("the log cannot be written: nothing is sent, open fields live, and not even a denial is told", async () => {
    const executed = await world.ask("{ me { name email messages { body } } }", {
      judge: only("User.email"),
      door: () => ({ record: () => Promise.reject(new LogUnavailable("disk full at /var/secret")) }),
    });
    expect(executed.data).toEqual({ me: { name: "name of u1", email: null, messages: null } });
    expect(told(executed)).toEqual(["me.email LOG_UNAVAILABLE", "me.messages LOG_UNAVAILABLE"]);
    expect([executed.failedLog, executed.door.sent]).toEqual([true, []]);
    expect(JSON.stringify(executed.errors)).not.toContain("secret");
  });

  test("another fault of the recorder ends the operation: closed, and not taken for an answer", async () => {
    await expect(
      world.ask("{ me { email } }", { door: () => ({ record: () => Promise.reject(new TypeError("ours")) }) }),
    ).rejects.toThrow("ours");
  });

  test("the warrant is gone before the answer leaves: what was fetched is dropped, and nothing counts as released", async () => {
    const executed = await world.ask("{ me { name email } }", {
      door: () => ({
        lastLook: async () => (ask) => ({
          code: "WARRANT_NOT_USABLE",
          category: ask.field.category,
          effect: "DENY",
          rule: null,
          reason: "The warrant was revoked.",
        }),
      }),
    });
    expect(executed.data).toEqual({ me: { name: "name of u1", email: null } });
    expect(executed.errors).toMatchObject([
      {
        path: ["me", "email"],
        extensions: { decision: { code: "WARRANT_NOT_USABLE", reason: "The warrant was revoked." } },
      },
    ]);
    expect(executed.door.events.filter((event) => event.startsWith("released"))).toEqual([]);
    expect(JSON.stringify(executed)).not.toContain("u1@example");
  });

  test("the warrant is gone between decision and fetch: a denial, by ask", async () => {
    const executed = await world.ask("{ me { email place { town } } }", {
      door: () => ({
        send: () =>
          Promise.reject(
            new WarrantGone((ask) => ({
              code: "WARRANT_NOT_USABLE",
              category: ask.field.category,
              effect: "DENY",
              rule: null,
              reason: "The warrant was revoked.",
            })),
          ),
      }),
    });
    expect(executed.errors[0]).toMatchObject({
      message: "Withheld: The warrant was revoked.",
      path: ["me", "email"],
      extensions: { decision: { code: "WARRANT_NOT_USABLE" } },
    });
    expect(told(executed)).toHaveLength(2);
  });

  test("the half cannot be reached", async () => {
    const executed = await world.ask("{ me { name email } }", {
      door: () => ({ send: () => Promise.reject(new Error("connect ECONNREFUSED 10.0.0.1")) }),
    });
    expect(executed.data).toEqual({ me: { name: "name of u1", email: null } });
    expect(told(executed)).toEqual(["me.email SUBGRAPH_UNAVAILABLE"]);
    expect(JSON.stringify(executed.errors)).not.toContain("10.0.0.1");
  });

  test("the facts cannot be fetched: the fields fail, nobody is asked, nothing is recorded", async () => {
    const executed = await world.ask(`{ case(id: "k1") { lead { email note } } }`, {
      interfere: (half, answer) => {
        if (half === "people") throw new Error("down");
        return answer;
      },
    });
    expect(executed.data).toEqual({ case: { lead: { email: null, note: expect.any(String) } } });
    expect(told(executed)).toEqual(["case.lead.email SUBGRAPH_UNAVAILABLE"]);
    expect(executed.door.events).toEqual(["prepare"]);
  });

  test("a dry run fetches nothing, and lists what would be permitted without an error", async () => {
    const executed = await world.ask("{ users { mail: email ips { address } } }", {
      judge: (ask) => (ask.field.field === "email" ? { kind: "PREVIEW" } : denied(ask)),
    });
    expect(executed.data).toEqual({ users: [1, 2].map(() => ({ mail: null, ips: null })) });
    expect(executed.previewed).toEqual([
      {
        field: "User.email",
        category: "SUBSCRIBER",
        paths: [
          ["users", 0, "mail"],
          ["users", 1, "mail"],
        ],
      },
    ]);
    expect(told(executed)).toEqual([
      "users.0.ips UNAUTHORIZED_FIELD_OR_TYPE",
      "users.1.ips UNAUTHORIZED_FIELD_OR_TYPE",
    ]);
    expect(executed.door.events.filter((event) => event.startsWith("send"))).toEqual([]);
    expect(executed.door.events).toContain("record 4");
  });
});

describe("how many persons one operation may reach", () => {
  /** The public half answers with so many persons. */
  const crowd =
    (persons: number) =>
    (half: string, answer: { data?: Record<string, unknown> | null }): { data?: Record<string, unknown> | null } => {
      if (half !== "people" || !answer.data) return answer;
      return JSON.parse(JSON.stringify(answer), (key, value: unknown) => {
        const first = key === "_0" && Array.isArray(value) ? (value[0] as Record<string, unknown>) : null;
        return first ? Array.from({ length: persons }, (_, index) => ({ ...first, id: `x${index}` })) : value;
      });
    };
  const text = `{ users(ids: ["u1"]) { email } }`;

  test("a thousand pass in one passage", async () => {
    const { door } = await world.ask(text, { judge: denied, interfere: crowd(1_000) });
    expect(door.events.filter((event) => event.startsWith("record"))).toEqual(["record 1000"]);
  });

  test("one more: the operation is refused before anything is decided, recorded or sent", async () => {
    let doorOf: TestDoor | null = null;
    const asked = world.ask(text, {
      interfere: crowd(1_001),
      door: (door) => {
        doorOf = door;
        return {};
      },
    });
    await expect(asked).rejects.toMatchObject({
      message: expect.stringContaining("more than 1000 persons"),
      extensions: { code: "OPERATION_TOO_COSTLY" },
    });
    expect((doorOf as TestDoor | null)?.events).toEqual(["prepare"]);
  });
});

describe("a half that gives more than it was asked for", () => {
  const more =
    (change: (value: unknown) => unknown) =>
    (half: string, answer: { data?: Record<string, unknown> | null }): { data?: Record<string, unknown> | null } =>
      half === "people_identity"
        ? JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
            /^_\d+$|^ips$/.test(key) ? change(value) : value,
          )
        : answer;
  const twice = more((value) => (Array.isArray(value) ? [...value, ...value] : value));

  test.each<[string, string, Record<string, unknown>, number]>([
    ["a literal", "{ me { ips(first: 2) { address } } }", {}, 2],
    ["a variable", "query ($n: Int) { me { ips(first: $n) { address } } }", { n: 1 }, 1],
    ["its default", "query ($n: Int = 2) { me { ips(first: $n) { address } } }", {}, 2],
    ["the field's default", "{ me { ips { address } } }", {}, 3],
    ["a variable without a value: the field's default", "query ($n: Int) { me { ips(first: $n) { address } } }", {}, 3],
    ["zero", "{ me { ips(first: 0) { address } } }", {}, 0],
  ])("rows beyond the page are cut, and counted no more: the page is %s", async (_, query, variables, rows) => {
    const executed = await world.ask(query, { variables, interfere: twice });
    expect((executed.data as { me: { ips: unknown[] } }).me.ips).toHaveLength(rows);
    expect(executed.door.events.filter((event) => event.startsWith("released"))).toEqual([
      `released User.ips u1 ${rows}`,
    ]);
    const cut = rows === 0 ? [] : ["me.ips INTERNAL"];
    expect(told(executed)).toEqual(cut);
    expect(executed.door.events.filter((event) => event.startsWith("alarm"))).toEqual(
      rows === 0 ? [] : ["alarm ROWS_BEYOND_PAGE people_identity"],
    );
  });

  test("an alarm does not stand in the way of a value that was asked for", async () => {
    const executed = await world.ask("{ me { ips(first: 1) { address } email } }", {
      interfere: more((value) =>
        Array.isArray(value) ? value.map((row: object) => ({ ...row, note: "planted" })) : value,
      ),
    });
    expect(executed.data).toMatchObject({ me: { email: "u1@example", ips: [{ address: expect.any(String) }] } });
    expect(JSON.stringify(executed)).not.toContain("planted");
    expect(executed.door.events).toContain("alarm FIELDS_NOT_ASKED people_identity");
  });
});

describe("a half that lies (M6)", () => {
  type Items = Record<string, unknown>[];
  const lie =
    (change: (items: Items) => unknown) => (half: string, answer: { data?: Record<string, unknown> | null }) =>
      half === "people_identity" ? { data: { _g0: change(answer.data?._g0 as Items) } } : answer;
  const text = `{ users(ids: ["u1", "u2"]) { id email } }`;

  test.each<[string, (items: Items) => unknown]>([
    ["a longer list", (items) => [...items, ...items]],
    ["a shorter list", (items) => items.slice(1)],
    ["no list", () => ({ email: "x" })],
    ["the order swapped", (items) => [...items].reverse()],
    ["another type", (items) => items.map((item) => ({ ...item, __typename: "Org" }))],
    ["another id", (items) => items.map((item) => ({ ...item, __k: "u9" }))],
    ["no id", (items) => items.map(({ email }) => ({ __typename: "User", email }))],
    ["the field left out", (items) => items.map(({ __typename, __k }) => ({ __typename, __k }))],
    ["items that are no objects", () => ["u1", 2]],
  ])("%s: nothing is shown, each field is an error", async (_, change) => {
    const executed = await world.ask(text, { interfere: lie(change) });
    expect(executed.data).toEqual({
      users: [
        { id: "u1", email: null },
        { id: "u2", email: null },
      ],
    });
    expect(told(executed)).toEqual(["users.0.email INTERNAL", "users.1.email INTERNAL"]);
    expect(executed.door.events.filter((event) => event.startsWith("released"))).toEqual([]);
  });

  test("one entity swapped: the other lives", async () => {
    const executed = await world.ask(text, { interfere: lie(([first, second]) => [first, { ...second, __k: "u1" }]) });
    expect(executed.data).toEqual({
      users: [
        { id: "u1", email: "u1@example" },
        { id: "u2", email: null },
      ],
    });
  });

  test("more fields than asked are not taken over: neither a denied one nor somebody's name", async () => {
    const executed = await world.ask(`{ users(ids: ["u1"]) { name email place { town } } }`, {
      judge: only("User.email"),
      interfere: lie((items) => items.map((item) => ({ ...item, place: { town: "secret town" }, name: "swapped" }))),
    });
    expect(executed.data).toEqual({ users: [{ name: "name of u1", email: "u1@example", place: null }] });
  });

  test("identity data in a public half's answer is not shown: it did not pass the door", async () => {
    const executed = await world.ask("{ me { name best { email } } }", {
      judge: denied,
      interfere: (half, answer) => {
        if (half !== "people") return answer;
        return JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
          isData(value) && key === "best" ? { ...value, email: "planted@example" } : value,
        ) as typeof answer;
      },
    });
    expect(JSON.stringify(executed)).not.toContain("planted");
    expect(told(executed)).toEqual(["me.best.email UNAUTHORIZED_FIELD_OR_TYPE"]);
  });

  test("a subgraph's error is told at its place, and never in its words", async () => {
    const executed = await world.ask(text, {
      interfere: (half, answer) =>
        half === "people_identity"
          ? {
              data: {
                _g0: [
                  { __typename: "User", __k: "u1", email: null },
                  { __typename: "User", __k: "u2", email: "u2@example" },
                ],
              },
              errors: [{ message: "no: secret", path: ["_g0", 0, "email"] }],
            }
          : answer,
    });
    expect(executed.data).toEqual({
      users: [
        { id: "u1", email: null },
        { id: "u2", email: "u2@example" },
      ],
    });
    expect(told(executed)).toEqual(["users.0.email INTERNAL"]);
    expect(JSON.stringify(executed.errors)).not.toContain("secret");
  });
});

describe("the period (T6)", () => {
  const rows = (value: unknown, field: string): string[] =>
    (value as Record<string, string>[]).map((row) => row[field] as string);

  test("rows outside [from, to) are dropped, and their edges with them", async () => {
    const { data } = await world.ask(
      `{ user(id: "u3") { sessions(first: 5) { nodes { startedAt } edges { cursor node { at: startedAt } } } } }`,
    );
    const { nodes, edges } = (
      data as { user: { sessions: { nodes: unknown; edges: { cursor: string; node: { at: string } }[] } } }
    ).user.sessions;
    expect(rows(nodes, "startedAt").length).toBeGreaterThan(0);
    expect(rows(nodes, "startedAt").length).toBeLessThan(5);
    expect(rows(nodes, "startedAt").every((at) => at >= period.from && at < period.to)).toBe(true);
    expect(edges.map(({ node }) => node.at)).toEqual(rows(nodes, "startedAt"));
  });

  test("an edge without its row gets one, so that a cursor alone tells of no row outside", async () => {
    const both = await world.ask(`{ user(id: "u3") { sessions(first: 5) { edges { cursor } } } }`);
    const { edges } = (both.data as { user: { sessions: { edges: { cursor: string }[] } } }).user.sessions;
    expect(edges).toEqual([{ cursor: "u3:1" }, { cursor: "u3:3" }]);
    expect(both.door.sent[0]?.query).toContain("edges{cursor node{__at:startedAt}}");
  });

  test("the time is asked for, held against the period, and not shown", async () => {
    const { data, door } = await world.ask(`{ user(id: "u1") { ips(first: 5) { address } } }`);
    expect(door.sent[0]?.query).toContain(":ips(first:5){address __at:seenAt}");
    expect(JSON.stringify(data)).not.toContain("__at");
  });

  test.each<[string, (at: string) => unknown]>([
    ["at the end of the period", () => period.to],
    ["a millisecond before it", () => new Date(Date.parse(period.from) - 1).toISOString()],
    ["without a zone", (at) => at.replace("Z", "")],
    ["no time", () => "yesterday"],
    ["a number", () => 1],
    ["missing", () => undefined],
    ["null", () => null],
  ])("a row whose time is %s is dropped", async (_, change) => {
    const { data } = await world.ask(
      `{ user(id: "u1") { ips(first: 5) { address } } post(id: "p1") { authorIp { address } } }`,
      {
        interfere: (half, answer) =>
          half === "people_identity"
            ? (JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
                key === "__at" ? change(String(value)) : value,
              ) as typeof answer)
            : answer,
      },
    );
    expect(data).toEqual({ user: { ips: [] }, post: { authorIp: null } });
  });

  test("at the beginning of the period a row is in it, whatever the zone it is written in", async () => {
    const { data } = await world.ask(`{ user(id: "u1") { ips(first: 2) { address } } }`, {
      interfere: (half, answer) =>
        half === "people_identity"
          ? (JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
              key === "__at" ? "2024-02-01T01:00:00+01:00" : value,
            ) as typeof answer)
          : answer,
    });
    expect((data as { user: { ips: unknown[] } }).user.ips).toHaveLength(2);
  });

  test("a field bound by a period shows nothing where none was ordered", async () => {
    const { data } = await world.ask(`{ user(id: "u1") { ips(first: 5) { address } } }`, {
      judge: () => ({ kind: "PERMITTED", window: null }),
    });
    expect(data).toEqual({ user: { ips: [] } });
  });
});

describe("what is released", () => {
  const released = (events: readonly string[]): string[] => events.filter((event) => event.startsWith("released"));

  test("rows are counted after the period, a value in several places once, null as none", async () => {
    const { door } = await world.ask(
      `{ a: user(id: "u3") { sessions(first: 5) { nodes { startedAt } } } b: account(id: "u3") { ... on User { sessions(first: 5) { nodes { startedAt } } } } me { place { town } } }`,
    );
    expect(released(door.events).sort()).toEqual(["released User.place u1 0", "released User.sessions u3 2"]);
  });

  test.each([
    ["of an object", `{ user(id: "u2") { email fragile } me { email } }`, { user: null, me: { email: "u1@example" } }],
    [
      "of a list",
      `{ users(ids: ["u2", "u3"]) { email fragile } me { email } }`,
      { users: null, me: { email: "u1@example" } },
    ],
  ])("a value that null propagation %s takes out of the answer is not released", async (_, text, data) => {
    const { door, data: shown } = await world.ask(text, {
      interfere: (half, answer) =>
        half === "people"
          ? (JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
              key === "fragile" ? "no number" : value,
            ) as typeof answer)
          : answer,
    });
    expect(shown).toEqual(data);
    expect(door.sent.flatMap(({ granted }) => granted.map(({ entityId }) => entityId))).toContain("u2");
    expect(released(door.events)).toEqual(["released User.email u1 1"]);
  });

  test("the client's alias for denied and released is hers alone", async () => {
    const executed = await world.ask(`{ users(ids: ["u1", "u2"]) { id: email jurisdiction: email __typename: id } }`, {
      judge: (ask) => (ask.entityId === "u1" ? denied(ask) : openInPeriod(ask)),
    });
    expect(executed.data).toEqual({
      users: [
        { id: null, jurisdiction: null, __typename: "u1" },
        { id: "u2@example", jurisdiction: "u2@example", __typename: "u2" },
      ],
    });
    expect(told(executed)).toEqual([
      "users.0.id UNAUTHORIZED_FIELD_OR_TYPE",
      "users.0.jurisdiction UNAUTHORIZED_FIELD_OR_TYPE",
    ]);
    expect(executed.withheld.map(({ paths }) => paths)).toEqual([
      [
        ["users", 0, "id"],
        ["users", 0, "jurisdiction"],
      ],
    ]);
  });
});
