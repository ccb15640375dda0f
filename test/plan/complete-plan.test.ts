import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { describe, expect, test } from "@jest/globals";
import { buildSchema } from "graphql";
import { completePlan } from "../../gateway/plan/complete-plan.js";
import { guardGraph } from "../../gateway/plan/guarded-graph.js";

const schema = buildSchema(`
  type Query { log: Log } type Log { events: [Event!]! } union Event = Note | Walk
  type Note { text: String }
  type Walk { id: ID! minutes(in: String): Int moved: Int far: Int near: Int route: Route }
  type Route { name: String length: Int }`);
const half = (name: string, sdl: string, identity = false) => ({ name, service: name, identity, sdl });
const keepers = `
  type Query { log: Log } type Log { events: [Event!]! } union Event = Note | Walk
  type Note { text: String }
  type Walk @key(fields: "id") { id: ID! minutes(in: String): Int moved: Int far: Int @external near: Int @requires(fields: "far") route: Route }
  type Route { name: String }`;
const graph = (identity = false) =>
  guardGraph({
    supergraphSdl: "",
    apiSdl: "",
    halves: [
      half("keepers", keepers, identity),
      half(
        "clocks",
        `type Walk @key(fields: "id") { id: ID! moved: Int @override(from: "keepers") far: Int } type Route { length: Int }`,
      ),
    ],
    identityFields: [],
  });
const planned = (variables: string[] = []): QueryPlan => ({
  kind: "QueryPlan",
  node: {
    kind: "Fetch",
    serviceName: "keepers",
    operation: "{ log { events { __typename ... on Note { text } } } }",
    variableUsages: variables,
  },
});
const complete = (walk: string, declared = "", guarded = graph()) => {
  const { node } = completePlan(
    planned(),
    `query${declared} { log { events { __typename ... on Note { text } ... on Walk { ${walk} } } } }`,
    guarded,
    schema,
  );
  if (node?.kind !== "Fetch") throw new Error("the plan was one fetch");
  return { text: node.operation.replace(/\s+/g, " "), variables: node.variableUsages };
};

describe("what a plan forgets of one object type", () => {
  test("is added to the fetch that brings the object", () => {
    expect(complete("id").text).toBe("{ log { events { __typename ... on Note { text } ... on Walk { id } } } }");
  });

  test("with the variables that it uses", () => {
    expect(complete("_0: minutes(in: $unit)", "($unit: String, $other: Int)")).toEqual({
      text: "query ($unit: String) { log { events { __typename ... on Note { text } ... on Walk { _0: minutes(in: $unit) } } } }",
      variables: ["unit"],
    });
  });

  test("with everything below it, where this half knows all of that", () => {
    expect(complete("route { name }").text).toContain("... on Walk { route { __typename ... on Route { name } } }");
  });

  test("and a plan that forgets nothing stays as it is", () => {
    const plan = planned();
    expect(completePlan(plan, "{ log { events { __typename ... on Note { text } } } }", graph(), schema)).toEqual(plan);
  });
});

describe("is not asked of a half", () => {
  const untouched = "{ log { events { __typename ... on Note { text } } } }";

  test.each([
    ["from which it was taken over by another (@override)", "moved"],
    ["that only names it (@external)", "far"],
    ["that would have to be told something first (@requires)", "near"],
    ["that does not know all below it", "route { name length }"],
  ])("%s", (_, field) => {
    expect(complete(field).text).toBe(untouched);
  });

  test("of identity", () => {
    expect(complete("id", "", graph(true)).text).toBe(untouched);
  });
});
