import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readSafelist } from "../../gateway/main/documents/read-safelist.js";
import { SafelistRefused } from "../../gateway/main/documents/safelist-refused.js";
import { readGraph, sdlFolder } from "../../gateway/main/read-graph.js";
import type { ComposedGraph } from "../../schema/identity/catalog.js";
import { subgraphFiles } from "../kit/sdl-folder.js";

let graph: ComposedGraph;
let folder: string;
beforeAll(async () => {
  ({ graph } = await readGraph(sdlFolder, subgraphFiles));
  folder = mkdtempSync(path.join(tmpdir(), "rogatory-list-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const operation = (name: string, body: string, others: object = {}) => ({
  id: sha256(body),
  name,
  type: "query",
  body,
  ...others,
});

function read(text: string): ReturnType<typeof readSafelist> {
  const file = path.join(folder, "list.json");
  writeFileSync(file, text);
  return readSafelist(file, graph);
}

function faults(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(SafelistRefused);
    return (error as SafelistRefused).faults;
  }
  throw new Error("the list was taken");
}

const list = (...operations: readonly object[]): string =>
  JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations });

test("a manifest as Apollo's tools write it is taken, with what they say beside; the same document twice is one", () => {
  const body = "query A {\n  ruleBook {\n    version\n    __typename\n  }\n}";
  const text = list(operation("A", body, { clientName: null }), operation("A", body));
  expect(read(text)).toEqual({ documents: new Map([[sha256(body), body]]), digest: sha256(text) });
});

test("an empty list is a list: nothing is answered", () => {
  expect(read(list()).documents.size).toBe(0);
});

describe("a list is refused whole, with everything that is wrong and its place", () => {
  const good = "query B { ruleBook { version } }";
  test.each([
    [
      "a field that is not there",
      operation("A", "query A {\n  nothing\n}"),
      ['2:3 Cannot query field "nothing" on type "Query".'],
    ],
    ["no GraphQL", operation("A", "query A {"), ["1:10 Syntax Error: Expected Name, found <EOF>."]],
    [
      "facts that no client sees",
      operation("A", "query A($id: ID!) { user(id: $id) { jurisdiction { residence } } }"),
      ['1:37 Cannot query field "jurisdiction" on type "User".'],
    ],
    [
      "an id, a name and a type that are not its own",
      operation("A", good, { id: "B", type: "mutation" }),
      [
        `its id is not the SHA-256 of its body, ${sha256(good)}`,
        "its operation is called B",
        "its type is said to be mutation, and it is a query",
      ],
    ],
    ["no name", operation("A", "{ ruleBook { version } }"), ["its operation has no name: expected one"]],
    [
      "two operations",
      operation("A", `${good} query C { ruleBook { version } }`),
      ["holds 2 operations: expected one"],
    ],
    ["no operation", operation("A", "fragment F on User { id }"), ["holds 0 operations: expected one"]],
    [
      "a subscription of nothing",
      operation("A", "subscription A { nothing }", { type: "subscription" }),
      ['1:18 Cannot query field "nothing" on type "Subscription".'],
    ],
    [
      "what is nested too deep",
      operation("A", `query A { ${"a { ".repeat(101)}b${" }".repeat(101)} }`),
      ["The document is nested too deep: at most 100 levels."],
    ],
    [
      "too many tokens",
      operation("A", `query A { ${"a ".repeat(5_001)} }`),
      ["The document is too long: at most 5000 tokens."],
    ],
    ["too many bytes", operation("A", `${good} #${" ".repeat(262_144)}`), ["too long: at most 262144 bytes"]],
  ])("%s", (_, wrong, expected) => {
    expect(faults(list(operation("B", good), wrong))).toEqual(expected.map((fault) => `operations[1] (A) ${fault}`));
  });

  test.each([
    ["[", [expect.stringMatching(/^it is not JSON: /)]],
    ["[]", [expect.stringMatching(/^the list: .*expected object/)]],
    [
      '{ "operations": [{ "id": 7, "name": "A", "type": "query", "body": "query A { a }" }] }',
      [
        'format: expected "apollo-persisted-query-manifest"',
        "version: expected 1",
        expect.stringMatching(/^operations\[0\]\.id: .*expected string/),
      ],
    ],
  ])("what is no manifest: %s", (text, expected) => expect(faults(text)).toEqual(expected));

  test("a file that is not there", () => {
    expect(() => readSafelist(path.join(folder, "nowhere.json"), graph)).toThrow(
      `the safelist ${path.join(folder, "nowhere.json")} is refused:\nit cannot be read (ENOENT): expected an Apollo persisted query manifest`,
    );
  });
});
