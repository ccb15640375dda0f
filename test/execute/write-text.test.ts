import { describe, expect, test } from "@jest/globals";
import { buildSchema, parse } from "graphql";
import { compileShape } from "../../gateway/execute/compile-shape.js";
import { compileText } from "../../gateway/execute/compile-text.js";
import { Mark } from "../../gateway/execute/mark.js";
import { Projection } from "../../gateway/execute/projection.js";
import { writeJson } from "../../gateway/execute/write-json.js";
import { Budget } from "../../gateway/plan/collect-fields.js";
import type { GuardedGraph } from "../../gateway/plan/guarded-graph.js";
import { normalize } from "../../gateway/plan/normalize.js";
import { plainNames } from "../../gateway/plan/plan-keys.js";
import { DocumentReader } from "../../gateway/plan/read-document.js";

const schema = buildSchema(`
  type Query { node: Node  things: [Thing!]  grid: [[Int]] }
  interface Node { id: ID! }
  enum Size { S M }
  scalar Any
  type Thing implements Node { id: ID!  name: String  size: Size  weight: Float  count: Int!  open: Boolean  any: Any  part: Thing  secret: String }
  type Other implements Node { id: ID! }
`);
const graph = {
  identity: new Map([["Thing", new Map([["secret", {}]])]]),
  isHidden: (type: string, value: string) => type === "Size" && value === "XS",
  possible: () => [],
} as unknown as GuardedGraph;

function compiled(query: string) {
  const operation = new DocumentReader(schema).operation(parse(query), null);
  const expansion = {
    schema,
    plain: plainNames(schema),
    otherForms: new Map(),
    operation,
    variables: {},
    budget: new Budget(1_000),
  };
  const { shape } = normalize(expansion);
  return { project: compileShape(shape, graph), write: compileText(shape, graph) };
}

const thing = {
  __typename: "Thing",
  id: "1",
  name: "a",
  size: "S",
  weight: 1.5,
  count: 2,
  open: true,
  any: { x: [1] },
};
const everything = "{ t: things { __typename b: id id name size weight count open any part { id } } grid }";

describe("what is written is the JSON of what is projected", () => {
  test.each<[string, string, object]>([
    ["values of every kind", everything, { things: [{ ...thing, part: { id: 7 } }], grid: [[1, null], null] }],
    ["nulls", everything, { things: [{ ...thing, name: null, part: null, any: null }], grid: null }],
    ["nothing in a list", everything, { things: [], grid: [] }],
    ["an interface", "{ node { id ... on Thing { name } } }", { node: thing }],
    ["an object of which nothing is selected", "{ node { ... on Other { id } } }", { node: thing }],
    ["-0 and large numbers", "{ things { weight count } }", { things: [{ ...thing, weight: -0, count: 2 ** 31 - 1 }] }],
  ])("%s", (_name, query, data) => {
    const { project, write } = compiled(query);
    expect(write?.(data as never, new Map())).toBe(JSON.stringify(project(data as never, new Projection())));
  });

  test("texts with every character that JSON escapes, and every other", () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const text = `a${String.fromCharCode(code)}b`;
      if (writeJson(text) !== JSON.stringify(text)) throw new Error(`U+${code.toString(16)} is written otherwise`);
    }
    expect(writeJson("😀")).toBe(JSON.stringify("😀"));
  });
});

describe("nothing is written, and the errors are told, where there is", () => {
  const failed = new Mark({ kind: "FAILED", failure: { code: "INTERNAL", message: "It failed." } });
  test.each<[string, object]>([
    ["a mark", { things: [{ ...thing, name: failed }] }],
    ["a marked type", { things: [{ ...thing, __typename: failed }] }],
    ["a mark where an object stands", { things: [failed] }],
    ["a null where none may be", { things: [{ ...thing, count: null }] }],
    ["a value of another kind", { things: [{ ...thing, size: "XL" }] }],
    ["an object of another type", { things: [{ ...thing, __typename: "Other" }] }],
    ["no list where there is one", { things: thing }],
    ["a value that was not fetched", { things: [{ id: "1" }] }],
  ])("%s", (_name, data) => {
    const { project, write } = compiled("{ things { name size count } }");
    const projection = new Projection();
    project(data as never, projection);
    expect(write?.(data as never, new Map())).toBeNull();
    expect(projection.errors).not.toEqual([]);
  });

  test("a hidden value, which is null and no error", () => {
    const { project, write } = compiled("{ things { size } }");
    const data = { things: [{ ...thing, size: "XS" }] } as never;
    const projection = new Projection();
    expect(write?.(data, new Map())).toBeNull();
    expect(project(data, projection)).toEqual({ things: [{ size: null }] });
    expect(projection.errors).toEqual([]);
  });

  test("an operation with an identity field is never written past its projection", () => {
    expect(compiled("{ things { id part { secret } } }").write).toBeNull();
  });
});

test("an object that stands in many places is written once", () => {
  const { write } = compiled("{ things { part { id name } } }");
  const part = { __typename: "Thing", id: "9", name: "shared" };
  const shared = new Map([[part, { texts: new Map(), gathering: null, lot: null }]]);
  const text = write?.(
    {
      things: [
        { ...thing, part },
        { ...thing, part },
      ],
    } as never,
    shared as never,
  );
  expect(text).toBe('{"things":[{"part":{"id":"9","name":"shared"}},{"part":{"id":"9","name":"shared"}}]}');
  expect([...(shared.get(part)?.texts.values() ?? [])]).toEqual(['{"id":"9","name":"shared"}']);
});
