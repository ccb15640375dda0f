import type { PlanNode, QueryPlan } from "@graphql-hive/router-query-planner";
import { QueryPlanner } from "@graphql-hive/router-query-planner";
import { describe, expect, test } from "@jest/globals";
import { buildSchema } from "graphql";
import { type GuardedGraph, guardGraph } from "../../gateway/plan/guarded-graph.js";
import { PlanRefused, verifyPlan } from "../../gateway/plan/verify-plan.js";
import { verifyReach } from "../../gateway/plan/verify-reach.js";
import type { ComposedGraph, Half, IdentityField } from "../../schema/identity/catalog.js";
import { factsSelection } from "../../schema/identity/identity-spec.js";
import { doorFields, doorGraph } from "../execute/fixtures/door-world.js";
import { composeByHand } from "../execute/fixtures/hand-split.js";

const graph: GuardedGraph = guardGraph(doorGraph());
const facts = "jurisdiction { providerCountry residence nationality locatedIn protectedRole }";
const plan = (...nodes: PlanNode[]): QueryPlan => ({ kind: "QueryPlan", node: { kind: "Sequence", nodes } });
const root = (serviceName: string, operation: string, more: object = {}): PlanNode => ({
  kind: "Fetch",
  serviceName,
  operationKind: "query",
  operation,
  ...more,
});
const sentAs = (type: string) => [
  { ValueSetter: { path: [{ TypenameEquals: [type] }, { Key: "__typename" }], setValueTo: type } },
];
const user = {
  kind: "InlineFragment",
  typeCondition: "User",
  selections: [
    { kind: "Field", name: "__typename" },
    { kind: "Field", name: "id" },
  ],
} as const;
const entities = (
  serviceName: string,
  selection: string,
  requires: object[] = [user],
  more: object = {},
): PlanNode => ({
  kind: "Flatten",
  path: [{ Field: "_0" }],
  node: {
    kind: "Fetch",
    serviceName,
    operation: `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { ${selection} } } }`,
    requires,
    ...more,
  } as never,
});

describe("an honest plan passes, and says what it can ask for", () => {
  test("identity fields at the top of an entity of their half", () => {
    const asked = verifyPlan(
      plan(root("a", `{ _0: user(id: 1) { __typename id ${facts} } }`), entities("b", "email _1: ips(first: 1) { a }")),
      graph,
    );
    expect([...asked].map(({ coordinate }) => coordinate)).toEqual(["User.email", "User.ips"]);
  });

  test("the planner's own key for a field of the same name in another form", () => {
    const rename = {
      KeyRenamer: {
        path: [{ Key: "any" }, { TypenameEquals: ["User"] }, { Key: "_internal_qp_alias_0" }],
        renameKeyTo: "handle",
      },
    };
    expect(() =>
      verifyPlan(
        plan(
          root("a", "{ any { __typename ... on User { _internal_qp_alias_0: handle } } }", {
            outputRewrites: [rename],
          }),
        ),
        graph,
      ),
    ).not.toThrow();
  });

  test("such a key below an entity of a public half", () => {
    const rename = {
      KeyRenamer: {
        path: [{ Key: "any" }, { TypenameEquals: ["User"] }, { Key: "_internal_qp_alias_0" }],
        renameKeyTo: "id",
      },
    };
    const selection = "any { __typename ... on Any { ... on User { _internal_qp_alias_0: id } } }";
    expect(() => verifyPlan(plan(entities("a", selection, [user], { outputRewrites: [rename] })), graph)).not.toThrow();
  });
});

describe("a plan that goes around the door is refused", () => {
  test.each<[string, PlanNode, string]>([
    ["identity asked of a public half", entities("c", "email"), "User.email is identity and is asked of c"],
    [
      "identity below an identity field",
      entities("b", "messages { counterpart { email } }"),
      "User.email is identity and is asked of b elsewhere",
    ],
    ["facts asked of an identity half", entities("b", facts), "the identity half b is asked for User.jurisdiction"],
    [
      "facts below an identity field",
      entities("b", `messages { counterpart { ${facts} } }`),
      "User.jurisdiction belongs to a and is asked of b",
    ],
    ["a public field asked of an identity half", entities("b", "id"), "the identity half b is asked for User.id"],
    ["a root of an identity half", root("b", "{ user { id } }"), "the identity half b is asked for the root user"],
    ["a field that the half does not have", root("a", "{ user(id: 1) { note } }"), "a has no field User.note"],
    ["an unknown half", root("elsewhere", "{ user { id } }"), "there is no half elsewhere"],
    [
      "a subscription",
      { kind: "Subscription", primary: root("a", "{ any { id } }") } as never,
      "the plan holds a Subscription",
    ],
  ])("%s", (_, node, message) => {
    expect(() => verifyPlan(plan(node), graph)).toThrow(PlanRefused);
    expect(() => verifyPlan(plan(node), graph)).toThrow(message);
  });
});

describe("a plan that moves a value under another name is refused", () => {
  const rename = (key: string, to: string) => ({
    outputRewrites: [{ KeyRenamer: { path: [{ Key: "user" }, { Key: key }], renameKeyTo: to } }],
  });
  const renameAt = (to: string, ...keys: string[]) => ({
    outputRewrites: [{ KeyRenamer: { path: keys.map((Key) => ({ Key })), renameKeyTo: to } }],
  });
  const sends = (name: string, alias: string) => [
    {
      ...user,
      selections: [
        { kind: "Field", name: "__typename" },
        { kind: "Field", name, alias },
      ],
    },
  ];

  test.each<[string, PlanNode, string]>([
    [
      "the key overwritten by a rename (P1)",
      root("a", "{ user(id: 1) { _internal_qp_alias_0: handle id } }", rename("_internal_qp_alias_0", "id")),
      "renames a key to id",
    ],
    [
      "a rename of nothing",
      root("a", "{ user(id: 1) { id } }", rename("_internal_qp_alias_0", "id")),
      "renames a key to id",
    ],
    [
      "a value set",
      root("a", "{ user(id: 1) { id } }", {
        outputRewrites: [{ ValueSetter: { path: [{ Key: "user" }, { Key: "id" }], setValueTo: "u2" } }],
      }),
      "renames a key to nothing",
    ],
    [
      "a representation rewritten",
      entities("b", "email", [user], { inputRewrites: [{ ValueSetter: { path: [{ Key: "id" }], setValueTo: "u2" } }] }),
      "rewrites what it sends",
    ],
    [
      "a person sent to an identity half as something else",
      entities("b", "email", [user], { inputRewrites: sentAs("User") }),
      "rewrites what it sends",
    ],
    [
      "an entity sent under a type that is no interface",
      entities("c", "note", [user], { inputRewrites: sentAs("User") }),
      "rewrites what it sends",
    ],
    [
      "an entity's own key renamed, where a key says what is asked",
      entities("c", "_internal_qp_alias_0: note", [user], renameAt("note", "_internal_qp_alias_0")),
      "c renames a key to note",
    ],
    [
      "another value under the key of an entity below an entity",
      entities(
        "a",
        `friend { _internal_qp_alias_0: handle id }`,
        [user],
        renameAt("id", "friend", "_internal_qp_alias_0"),
      ),
      "a renames a key to id",
    ],
    [
      "anything renamed in an identity half",
      entities(
        "b",
        "messages { _internal_qp_alias_0: body }",
        [user],
        renameAt("body", "messages", "_internal_qp_alias_0"),
      ),
      "b rewrites keys",
    ],
    ["the client's alias", root("a", "{ user(id: 1) { id: handle } }"), "puts handle under the name id"],
    [
      "an alias of a required field (P2)",
      root("a", "{ user(id: 1) { email: handle } }"),
      "puts handle under the name email",
    ],
    ["something else sent as the key", entities("c", "note", sends("handle", "id")), "sends handle under the name id"],
    [
      "something else sent as the facts",
      entities("b", "email", sends("handle", "jurisdiction")),
      "sends handle under the name jurisdiction",
    ],
    [
      "anything sent under another name to an identity half",
      entities("b", "email", sends("_internal_qp_alias_0", "other")),
      "sends _internal_qp_alias_0 under the name other",
    ],
  ])("%s", (_, node, message) => {
    expect(() => verifyPlan(plan(node), graph)).toThrow(message);
  });
});

describe("routes that composition lets through", () => {
  const change = (
    name: string,
    edit: (sdl: string) => string,
    fields: readonly IdentityField[] = doorFields,
  ): ComposedGraph => {
    const { halves } = doorGraph();
    const changed: Half[] = halves
      .map((half) => ({ ...half, sdl: half.sdl.replace(/^extend schema[^\n]*\n/, "") }))
      .map((half) => (half.name === name ? { ...half, sdl: edit(half.sdl) } : half));
    return composeByHand(changed, fields);
  };
  const planOf = ({ supergraphSdl }: ComposedGraph, text: string): QueryPlan =>
    new QueryPlanner(supergraphSdl).plan(text, null, new Set(), 0);

  test("@provides of an identity field by another subgraph: the plan is refused", () => {
    const evil = change("c", (sdl) => `${sdl} type Query { cs: [User!] @provides(fields: "email") }`);
    expect(() => verifyPlan(planOf(evil, "{ cs { email } }"), guardGraph(evil))).toThrow(
      "User.email is identity and is asked of c",
    );
  });

  test("@override of an identity field: the plan is refused", () => {
    const evil = change("c", (sdl) =>
      sdl.replace("email: String @external", `email: String @override(from: "b")`).replace(/ {8}w: [^\n]*\n/, ""),
    );
    expect(() => verifyPlan(planOf(evil, "{ _0: user(id: 1) { email } }"), guardGraph(evil))).toThrow(
      "User.email is identity and is asked of c",
    );
  });

  test("@override of the facts: the graph is refused, since every plan would look innocent", () => {
    const evil = change(
      "c",
      (sdl) =>
        `${sdl.replace("note: String", `note: String jurisdiction: Jurisdiction @inaccessible @override(from: "a")`)} type Jurisdiction @inaccessible @shareable { providerCountry: String! residence: String nationality: String locatedIn: String protectedRole: String }`,
    );
    expect(() => guardGraph(evil)).toThrow(
      "User.jurisdiction says who a person is or what is known of her, so exactly one subgraph must define it; a and c does",
    );
  });
});

describe("a plan is held against the text that it is a plan of", () => {
  const schema = buildSchema(
    "type Query { any: Any user(id: ID!): User } interface Any { id: ID! } type User implements Any { id: ID! email: String ips(first: Int): String friend: Any any: Any w: Int } type Thing implements Any { id: ID! }",
  );
  const batch = (paths: object[], selection = "email"): PlanNode =>
    ({
      kind: "BatchFetch",
      serviceName: "b",
      operation: `query($r: [_Any!]!) { _e0: _entities(representations: $r) { ... on User { ${selection} } } }`,
      entityBatch: { aliases: [{ alias: "_e0", representationsVariableName: "r", paths, requires: [user] }] },
    }) as never;
  const text =
    "{ any { __typename ... on User { any { __typename ... on User { email } } friend { __typename ... on User { id } } } } }";
  const onUser = { TypeCondition: ["User"] };
  const people = root(
    "a",
    "{ any { __typename ... on User { any { __typename ... on User { id } } friend { __typename ... on User { id } } } } }",
  );
  const user1 = root("a", "{ _0: user(id: 1) { __typename id } }");

  test("asked at the place where the text asks", () => {
    expect(() =>
      verifyReach(plan(people, batch([[{ Field: "any" }, onUser, { Field: "any" }, onUser]])), text, graph, schema),
    ).not.toThrow();
  });

  test("asked where the text does not ask: refused", () => {
    const both = [
      [{ Field: "any" }, onUser, { Field: "any" }, onUser],
      [{ Field: "any" }, onUser, { Field: "friend" }, onUser],
    ];
    expect(() => verifyReach(plan(people, batch(both)), text, graph, schema)).toThrow(
      "b is asked for User.email at a place where the operation does not ask for it",
    );
  });

  test("other arguments than the text's: refused", () => {
    expect(() =>
      verifyReach(
        plan(user1, batch([[{ Field: "_0" }]], "_2: ips(first: 100)")),
        "{ _0: user(id: 1) { _1: ips(first: 1) } }",
        graph,
        schema,
      ),
    ).toThrow("asked for User.ips at a place");
  });

  test("left out: refused", () => {
    expect(() => verifyReach(plan(people), text, graph, schema)).toThrow("User.email is asked for and not fetched");
    expect(() => verifyReach(plan(), text, graph, schema)).toThrow("Query.any is asked for and not fetched");
  });

  test("left out for one of the types that the half can answer with: refused", () => {
    const both = "{ any { __typename ... on User { id } ... on Thing { id } } }";
    expect(() =>
      verifyReach(plan(root("a", "{ any { __typename ... on User { id } } }")), both, graph, schema),
    ).toThrow("Thing.id is asked for and not fetched");
  });

  test("without what an object is, where the planner was not asked for it: refused", () => {
    const unnamed = plan(root("a", "{ any { ... on User { id } ... on Thing { id } } }"));
    const both = "{ any { __typename ... on User { id } ... on Thing { id } } }";
    expect(() => verifyReach(unnamed, both, graph, schema, true)).toThrow("__typename is asked for and not fetched");
  });

  test("needed by what the text asks: passes", () => {
    expect(() =>
      verifyReach(
        plan(user1, batch([[{ Field: "_0" }]]), entities("c", "w", [user])),
        "{ _0: user(id: 1) { w } }",
        graph,
        schema,
      ),
    ).not.toThrow();
  });
});

test("the facts are what the door decides on", () => {
  expect(facts).toBe(factsSelection);
  expect([...graph.owners]).toEqual([["User.jurisdiction", "a"]]);
});
