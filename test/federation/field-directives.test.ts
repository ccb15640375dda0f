import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type DirectiveNode, parse, visit } from "graphql";
import { carryDirectives } from "../../gateway/plan/carry-directives.js";
import { PlanRefused } from "../../gateway/plan/verify-plan.js";
import { type OpenWorld, openWorld } from "./kit/open-world.js";
import type { World } from "./kit/world.js";

/** Both subgraphs define a directive for operations, one of them with a default. Composition keeps only what every subgraph defines. */
const composed = `
  extend schema @link(url: "https://words.example/tone/v1.0", import: ["@tone"]) @composeDirective(name: "@tone")
  enum Tone { LOUD LOW }`;
const world: World = {
  name: "a directive for operations",
  subgraphs: {
    songs: {
      sdl: `${composed} directive @tone(as: Tone!, times: Int) on FIELD
        type Query { bird: Bird max: Int } type Bird { song: String }`,
    },
    calls: {
      sdl: `${composed} directive @tone(as: Tone! = LOW, times: Int) on FIELD type Query { call: String }`,
    },
  },
  things: [],
  fields: { "Query.bird": () => ({ song: "la" }), "Query.call": () => "ho" },
  cases: [],
};

let open: OpenWorld;
beforeAll(async () => {
  open = await openWorld(world);
});
afterAll(() => open?.close());

test("goes with its field to the subgraph that answers it, with the API's defaults; a field without it is another field", async () => {
  const { data, errors, calls } = await open.ask(
    parse("{ bird { song @tone(times: 2) plain: song } same: call @tone(as: LOUD) call }"),
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({ bird: { song: "la", plain: "la" }, same: "ho", call: "ho" });
  const sent = Object.fromEntries(calls.map(({ subgraph, query }) => [subgraph, query.replace(/\s+/g, " ")]));
  expect(sent).toEqual({
    songs: "{ bird { _0: song @tone(times: 2, as: LOW) song } }",
    calls: "{ _1: call @tone(as: LOUD) call }",
  });
});

test.each([
  [
    "on what the gateway answers",
    "{ bird { __typename @tone } }",
    "@tone on __typename is not served here. Ask without it.",
  ],
  [
    "with variables",
    "query ($n: Int) { call @tone(times: $n) }",
    "@tone on a field takes no variables here. Write its arguments out.",
  ],
])("is refused rather than lost %s", async (_, query, message) => {
  await expect(open.ask(parse(query), { n: 1 })).rejects.toThrow(message);
});

test("is refused where it would go to a half that does not define it, or to identity data", () => {
  const operation = {
    kind: "QueryPlan",
    node: { kind: "Fetch", serviceName: "a", operation: "{ _0: song }" },
  } as never;
  const carried = new Map([["_0", directivesOf("{ song @tone(as: LOW) }")]]);
  const graph = (half: object) => ({ halves: new Map([["a", half]]) }) as never;
  expect(() => carryDirectives(operation, carried, graph({ directives: new Set() }))).toThrow(PlanRefused);
  const identity = { directives: new Set(["tone"]), identity: true };
  expect(() => carryDirectives(operation, carried, graph(identity))).toThrow("a does not know @tone on song");
  expect(carryDirectives(operation, carried, graph({ ...identity, identity: false })).node).toMatchObject({
    operation: "{\n  _0: song @tone(as: LOW)\n}",
  });
});

function directivesOf(text: string): readonly DirectiveNode[] {
  const found: DirectiveNode[] = [];
  visit(parse(text), {
    Directive(node) {
      found.push(node);
    },
  });
  return found;
}
