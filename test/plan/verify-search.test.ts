import type { PlanNode, QueryPlan } from "@graphql-hive/router-query-planner";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { type GuardedGraph, guardGraph } from "../../gateway/plan/guarded-graph.js";
import { openPlanner, type Planner } from "../../gateway/plan/open-planner.js";
import { verifyPlan } from "../../gateway/plan/verify-plan.js";
import { verifyReach } from "../../gateway/plan/verify-reach.js";
import { composeGraph } from "../../schema/compose.js";
import type { ComposedGraph } from "../../schema/identity/catalog.js";
import { searchedSources } from "../fuzz/world/sdl.js";

/** Searches in plans: a marked root goes to its identity half and nowhere else, and nothing else goes there as a root. */
let composed: ComposedGraph;
let graph: GuardedGraph;
let planner: Planner;
beforeAll(async () => {
  const result = composeGraph(searchedSources);
  if ("findings" in result) throw new Error(JSON.stringify(result.findings));
  composed = result.graph;
  graph = guardGraph(composed);
  planner = await openPlanner(composed);
});
afterAll(() => planner.close());

const args = 'address: "192.0.2.1", from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z"';
const found = `_0: found(${args}) { nodes { __typename id } }`;
const plan = (serviceName: string, operation: string): QueryPlan => ({
  kind: "QueryPlan",
  node: { kind: "Fetch", serviceName, operationKind: "query", operation } as PlanNode,
});

test("a search at its identity half passes, and is something that the plan can ask for", () => {
  const asked = verifyPlan(plan("people_identity", `{ ${found} }`), graph);
  expect([...asked].map(({ coordinate }) => coordinate)).toEqual(["Query.found"]);
});

test.each<[string, string, string, string]>([
  [
    "a search asked of the public half",
    "people",
    `{ ${found} }`,
    "Query.found is identity and is asked of people elsewhere",
  ],
  [
    "an unmarked root asked of the identity half",
    "people_identity",
    "{ me { id } }",
    "the identity half people_identity is asked for the root me",
  ],
  [
    "identity data below a search",
    "people_identity",
    `{ _0: found(${args}) { nodes { __typename id email } } }`,
    "User.email is identity and is asked of people_identity elsewhere",
  ],
  [
    "facts below a search",
    "people_identity",
    `{ _0: found(${args}) { nodes { jurisdiction { residence } } } }`,
    "User.jurisdiction belongs to people and is asked of people_identity",
  ],
  [
    "a search under the name of another",
    "people_identity",
    `{ me: found(${args}) { nodes { id } } }`,
    "puts found under the name me",
  ],
])("%s is refused", (_, half, operation, says) => {
  expect(() => verifyPlan(plan(half, operation), graph)).toThrow(says);
});

describe("held against the text", () => {
  const text = `{ ${found} }`;
  test.each<[string, string, string]>([
    [
      "a search that the text does not make",
      `{ ${found} _1: found(${args}) { nodes { id } } }`,
      "people_identity is asked for Query.found at a place where",
    ],
    ["a search that is left out", "{ _1: __typename }", "Query.found is asked for and not fetched"],
  ])("%s is refused", (_, operation, says) => {
    expect(() => verifyReach(plan("people_identity", operation), text, graph, planner.apiSchema)).toThrow(says);
  });
});

test.each([
  `{ found(${args}) { nodes { id name email cases { title } } edges { cursor node { friends { email } } } pageInfo { hasNextPage } } me { email } }`,
  `{ a: found(${args}) { __typename } b: found(${args}, first: 1) { nodes { best { watch } } } user(id: "u1") { watch } }`,
  `query ($x: IP!) { ...F } fragment F on Query { found(address: $x, from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z") { nodes { ... on Account { label } } } }`,
])("what is asked below and beside a search is planned: %s", async (text) => {
  const { identityFields } = await planner.prepare(parse(text), null, { x: "192.0.2.1" });
  expect(identityFields.map(({ coordinate }) => coordinate)).toContain("Query.found");
});
