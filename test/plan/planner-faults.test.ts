import {
  type PlanNode,
  type QueryPlan,
  QueryPlanner,
  type RequiresSelection,
} from "@graphql-hive/router-query-planner";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";
import { PlannerChild } from "../../gateway/plan/planner-child.js";
import { federationHeader } from "../../schema/identity/identity-spec.js";
import { type DoorWorld, openDoorWorld } from "../execute/fixtures/door-world.js";
import { denied, permitted } from "../execute/fixtures/test-door.js";

/**
 * The faults of the planner when it is fed a client's own text, as they were found (door.md, section 1). Each case pins what the planner makes of that text, so that an
 * upgrade shows, and asks the same of our pipeline, which must give the right data.
 */
const halves: readonly [string, string][] = [
  [
    "a",
    `type Query { user(id: ID!): User  any: Any }  interface Any { id: ID! }  type J @inaccessible @shareable { c: String }
    type User implements Any @key(fields:"id") { id: ID! handle: String friend: User friends: [User!]! any: Any j: J @inaccessible }`,
  ],
  [
    "b",
    `type User @key(fields:"id") { id: ID! j: J @external email: String @requires(fields:"j { c }") ips(first: Int = 3): [Ip!] @requires(fields:"j { c }")
      messages: [Message!] @requires(fields:"j { c }") }  type Ip { a: String }  type Message { body: String counterpart: User! }  type J @inaccessible @shareable { c: String }`,
  ],
  [
    "c",
    `type User @key(fields:"id") { id: ID! email: String @external ips(first: Int = 3): [Ip!] @external w: Int @requires(fields:"email")
      n: Int @requires(fields:"ips(first: 100) { a }") note: String }  type Ip { a: String @external }`,
  ],
];

function composeVerbatim(): string {
  const composed = composeServices(
    halves.map(([name, sdl]) => ({ name, typeDefs: parse(`${federationHeader}\n${sdl}`) })),
  );
  if (composed.errors) throw new Error(composed.errors.map(({ message }) => message).join("\n"));
  return composed.supergraphSdl;
}

/** A plan in lines: what is sent where, what is required for it, what is renamed. */
function outline(plan: QueryPlan): string[] {
  const lines: string[] = [];
  const walk = (node: PlanNode, condition = ""): void => {
    if (node.kind === "Sequence" || node.kind === "Parallel") for (const each of node.nodes) walk(each, condition);
    else if (node.kind === "Flatten") walk(node.node, condition);
    else if (node.kind === "Condition") {
      if (node.ifClause) walk(node.ifClause, `if $${node.condition} `);
      if (node.elseClause) walk(node.elseClause, `unless $${node.condition} `);
    } else if (node.kind === "Fetch") {
      const requires = (node.requires ?? [])
        .flatMap((each) => (each.kind === "InlineFragment" ? each.selections : [each]))
        .map(name);
      const renames = (node.outputRewrites ?? []).map((each) => JSON.stringify(each));
      lines.push(
        `${condition}${node.serviceName} ${node.operation.replace(/\s+/g, " ").trim()}${requires.length > 0 ? ` <- ${requires.join(" ")}` : ""}`,
        ...renames,
      );
    } else lines.push(node.kind);
  };
  const name = (each: RequiresSelection): string =>
    each.kind === "Field" ? (each.alias ? `${each.alias}=${each.name}` : each.name) : each.kind;
  if (plan.node) walk(plan.node);
  return lines;
}

let planner: QueryPlanner;
let world: DoorWorld;

beforeAll(async () => {
  planner = new QueryPlanner(composeVerbatim());
  world = await openDoorWorld();
});
afterAll(() => world.close());

const plan = (text: string): string[] => outline(planner.plan(text, null, new Set(), 0));
const everything = { judge: () => permitted };

describe("P1, subject swap: an alias of the key overwrites the key", () => {
  const text = `{ user(id: "u1") { id: handle email } }`;

  test("the planner renames the client's handle to id, and then reads id for the representation", () => {
    expect(plan(text)).toEqual([
      `a {user(id: "u1"){__typename _internal_qp_alias_0: handle id j{c}}}`,
      `{"KeyRenamer":{"path":[{"Key":"user"},{"Key":"_internal_qp_alias_0"}],"renameKeyTo":"id"}}`,
      "b query($representations:[_Any!]!){_entities(representations: $representations){...on User{email}}} <- __typename j id",
    ]);
  });

  test("u1, who calls herself u2, is asked about as u1, and u1's e-mail comes back", async () => {
    const { data, door } = await world.ask(text);
    expect(data).toEqual({ user: { id: "u2", email: "one@x" } });
    expect(door.sent.map(({ granted }) => granted.map(({ entityId, subject }) => [entityId, subject?.id]))).toEqual([
      [["u1", "u1"]],
    ]);
  });

  test.each([
    ["an interface", `{ any { ... on User { id: handle email } } }`, { any: { id: "u2", email: "one@x" } }],
    ["a list", `{ users(ids: ["u1"]) { id: handle email } }`, { users: [{ id: "u2", email: "one@x" }] }],
    [
      "a list of lists",
      `{ grid { ... on User { id: handle email } } }`,
      {
        grid: [
          [{ id: "u2", email: "one@x" }, null],
          [{ id: "two", email: null }, {}],
        ],
      },
    ],
  ])("the same through %s", async (_, query, expected) => {
    expect((await world.ask(query)).data).toEqual(expected);
  });
});

describe("P2, a required field overwritten by an alias", () => {
  const text = `{ user(id: "u1") { email: handle w } }`;

  test("the planner fetches the e-mail into the client's key for her own alias", () => {
    expect(plan(text)).toEqual([
      `a {user(id: "u1"){__typename email: handle id j{c}}}`,
      "b query($representations:[_Any!]!){_entities(representations: $representations){...on User{email}}} <- __typename j id",
      "c query($representations:[_Any!]!){_entities(representations: $representations){...on User{w}}} <- __typename email id",
    ]);
  });

  test("the handle stays the handle, and what depends on the e-mail gets the e-mail", async () => {
    expect((await world.ask(text)).data).toEqual({ user: { email: "u2", w: "one@x".length } });
  });

  test("denied: the public field is not withheld, the dependent is", async () => {
    const { data, errors } = await world.ask(text, { judge: denied });
    expect(data).toEqual({ user: { email: "u2", w: null } });
    expect(errors.map(({ path }) => path)).toEqual([["user", "w"]]);
  });
});

describe("P3, process abort", () => {
  const text = `{ user(id: "u1") { email id: any { ... on User { email } } } }`;

  test("the planner dies over the client's text, the gateway does not", async () => {
    const child = await PlannerChild.start(composeVerbatim());
    await expect(child.plan(text, 10_000)).rejects.toMatchObject({ name: "PlanningFailed", how: "DIED" });
    expect(child.alive).toBe(false);
  });

  test("the normal form of it is planned and answered", async () => {
    const { data, errors } = await world.ask(text);
    expect(data).toEqual({ user: { email: "one@x", id: { email: null } } });
    expect(errors.map(({ path }) => path)).toEqual([["user", "id", "email"]]);
  });
});

describe("P4, wrong input to @requires", () => {
  const text = `{ user(id: "u1") { friends { friend { ips(first: 1) { a } n } } } }`;

  test("below a list the planner requires the client's one row where all were needed", () => {
    const [, identity, dependent] = plan(`{ user(id: "u1") { friends { ips(first: 1) { a } n } } }`);
    expect(identity).toContain("ips(first: 1){...a} _internal_qp_alias_0: ips(first: 100){...a}");
    expect(dependent).toMatch(/<- __typename ips id$/);
  });

  test("without a list it requires what is needed", () => {
    expect(plan(`{ user(id: "u1") { ips(first: 1) { a } n } }`)[2]).toMatch(
      /<- __typename ips=_internal_qp_alias_0 id$/,
    );
  });

  test("the client gets one row, the dependent is computed from all", async () => {
    const { data } = await world.ask(text, everything);
    expect(data).toEqual({ user: { friends: [1, 2, 3].map(() => ({ friend: { ips: [{ a: "1.0" }], n: 4 } })) } });
  });
});

describe("P5, no plan for a person below identity data", () => {
  const text = `{ user(id: "u1") { messages { counterpart { email } } } }`;

  test("the planner refuses", () => {
    expect(() => plan(text)).toThrow("Path 'messages.@.counterpart' cannot be found in selection set of type User");
  });

  test("stages answer, and the counterpart is decided for herself", async () => {
    const { data, errors } = await world.ask(text);
    expect(data).toEqual({
      user: {
        messages: [
          { counterpart: { email: null } },
          { counterpart: { email: "three@x" } },
          { counterpart: { email: "three@x" } },
        ],
      },
    });
    expect(errors.map(({ path }) => path)).toEqual([["user", "messages", 0, "counterpart", "email"]]);
  });
});

describe("P6, nested conditions collapse", () => {
  const text = `query ($v: Boolean!) { user(id: "u1") { ... @include(if: $v) { ... @skip(if: $v) { email } } x: ips { a } } }`;

  test("the planner keeps the inner condition alone", () => {
    expect(plan(text)[2]).toBe(
      "unless $v b query($representations:[_Any!]!){_entities(representations: $representations){...on User{email}}} <- __typename j id",
    );
  });

  test.each([true, false])("with $v=%s the e-mail is neither asked for nor recorded", async (v) => {
    const { data, door } = await world.ask(text, { variables: { v } });
    expect(data).toEqual({ user: { x: [{ a: "1.0" }, { a: "1.1" }, { a: "1.2" }] } });
    expect(door.recorded.map(({ ask }) => ask.field.coordinate)).toEqual(["User.ips"]);
  });
});

describe("P7, refusals of valid operations", () => {
  test.each<[string, string | null, string, Record<string, unknown>, unknown]>([
    ["nothing left", "Failed to build a plan", `{ user(id: "u1") @include(if: false) { email } }`, {}, {}],
    [
      "introspection beside data",
      "No paths found for selection item: __schema",
      `{ __schema { queryType { name } } user(id: "u1") { handle } }`,
      {},
      { __schema: { queryType: { name: "Query" } }, user: { handle: "u2" } },
    ],
    [
      "a fragment on Query under a condition",
      null,
      `query ($v: Boolean!) { ... on Query @skip(if: $v) { user(id: "u1") { email } } }`,
      { v: false },
      { user: { email: "one@x" } },
    ],
    [
      "an interface inside itself under a condition",
      null,
      `query ($v: Boolean!) { any { ... on Any @include(if: $v) { id ... on User { email } } } }`,
      { v: true },
      { any: { id: "u1", email: "one@x" } },
    ],
    [
      "a list under the key's name",
      null,
      `{ user(id: "u3") { id: friends { email } } }`,
      {},
      { user: { id: [{ email: "one@x" }, { email: null }] } },
    ],
    [
      "only the type's name",
      null,
      `{ __typename user(id: "u1") { __typename } }`,
      {},
      { __typename: "Query", user: { __typename: "User" } },
    ],
  ])("%s", async (_, refusal, text, variables, expected) => {
    if (refusal !== null) expect(() => plan(text)).toThrow(refusal);
    expect((await world.ask(text, { variables })).data).toEqual(expected);
  });
});

describe("oddities that the pipeline must not inherit", () => {
  test("O1: the planner asks for no type name of an interface; we do, in every abstract selection", async () => {
    expect(plan("{ any { id } }")).toEqual(["a {any{id}}"]);
    expect((await world.ask("{ any { id } }")).calls.map(({ query }) => query)).toEqual(["{any{__typename id}}"]);
  });

  test("O3: the planner plans what is inaccessible; we refuse it as unknown", async () => {
    expect(plan(`{ user(id: "u1") { j { c } } }`)).toEqual([`a {user(id: "u1"){j{c}}}`]);
    await expect(world.ask(`{ user(id: "u1") { jurisdiction { residence } } }`)).rejects.toThrow(
      'Cannot query field "jurisdiction" on type "User".',
    );
    await expect(world.ask("{ _User { handle } }")).rejects.toThrow('Cannot query field "_User" on type "Query".');
  });
});
