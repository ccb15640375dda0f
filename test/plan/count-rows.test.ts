import { describe, expect, test } from "@jest/globals";
import { buildSchema, getOperationAST, parse } from "graphql";
import { Budget } from "../../gateway/plan/collect-fields.js";
import { limitRows } from "../../gateway/plan/count-rows.js";
import { normalize } from "../../gateway/plan/normalize.js";
import { plainNames } from "../../gateway/plan/plan-keys.js";
import { DocumentReader } from "../../gateway/plan/read-document.js";

const schema = buildSchema(`
  type Query { user: User }
  type User { id: ID tags: [String] friends: [User] posts(first: Int = 20, after: String): Posts }
  type Posts { nodes: [Post] edges: [Edge] }
  type Edge { node: Post }
  type Post { author: User }
`);
const documents = new DocumentReader(schema);

function limit(text: string, variables: Record<string, unknown> = {}): void {
  const document = parse(text);
  expect(getOperationAST(document)).not.toBeNull();
  const operation = documents.operation(document, null);
  const normal = normalize({
    schema,
    plain: plainNames(schema),
    otherForms: new Map(),
    operation,
    variables,
    budget: new Budget(10_000),
  });
  limitRows(normal.roots, variables);
}

const nest = (depth: number, list: string): string =>
  depth === 0 ? "id" : `posts${list} { nodes { author { ${nest(depth - 1, list)} } } }`;

const manyPages = (count: number): string =>
  Array.from({ length: count }, (_, n) => `p${n}: posts(first: 100, after: "${n}") { nodes { author { id } } }`).join(
    " ",
  );

describe("lists within lists", () => {
  test.each([
    ["three pages of twenty", nest(3, "")],
    ["two pages of a hundred", nest(2, "(first: 100)")],
    ["thirty levels of one row", nest(30, "(first: 1)")],
    ["a thousand aliases of a long page, exactly as many rows as may be", manyPages(1_000)],
    [
      "the same page twice, by nodes and by edges",
      "posts(first: 100) { nodes { author { id } } edges { node { author { id } } } }",
    ],
  ])("%s pass", (_, selection) => {
    expect(() => limit(`{ user { ${selection} } }`)).not.toThrow();
  });

  test.each([
    ["three pages of a hundred", nest(3, "(first: 100)")],
    ["four pages of the default", nest(4, "")],
    ["eight plain lists", `${"friends { ".repeat(8)}id${" }".repeat(8)}`],
    [
      "a thousand aliases of a long page, and one of one row",
      `${manyPages(1_000)} posts(first: 1) { nodes { author { id } } }`,
    ],
  ])("%s are refused", (_, selection) => {
    expect(() => limit(`{ user { ${selection} } }`)).toThrow("could bring more than 100000 rows");
  });

  test("a page size in a variable counts as it is sent, for the same document", () => {
    const text = `query ($n: Int) { user { ${nest(3, "(first: $n)")} } }`;
    expect(() => limit(text, { n: 5 })).not.toThrow();
    expect(() => limit(text, { n: 100 })).toThrow("rows");
    expect(() => limit(text, {})).toThrow("rows");
  });
});
