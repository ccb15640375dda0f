import { describe, expect, test } from "@jest/globals";
import { buildSchema, parse } from "graphql";
import { coerceVariables } from "../../gateway/plan/coerce-variables.js";
import { Budget } from "../../gateway/plan/collect-fields.js";
import { cutStages } from "../../gateway/plan/cut-stages.js";
import { normalize } from "../../gateway/plan/normalize.js";
import { plainNames } from "../../gateway/plan/plan-keys.js";
import { stageDocument } from "../../gateway/plan/plan-stages.js";
import { DocumentReader } from "../../gateway/plan/read-document.js";

const schema = buildSchema(`
  directive @idempotent(key: ID!) on FIELD
  directive @warrant(id: ID!) on QUERY
  input Filter { ids: [ID!] text: String }
  type Query { me: User user(id: ID!): User actor: Actor actors: [Actor!]! things(filter: Filter, first: Int = 20): [Thing] }
  type Mutation { touch(id: ID!): User }
  interface Actor { id: ID! name: String boss: Actor }
  type User implements Actor { id: ID! name: String boss: User email: String messages: [Message!] friends(first: Int): [User!] size: Int }
  type Bot implements Actor { id: ID! name: String boss: Actor size: Int! }
  type Message { body: String from: User! about: Thing }
  union Thing = User | Bot | Note
  type Note { text: String by: User }
`);

interface Options {
  readonly variables?: Record<string, unknown>;
  readonly name?: string;
  readonly budget?: number;
  readonly everywhere?: boolean;
}

/** The texts that would be planned, stage by stage. */
function planned(text: string, { variables = {}, name, budget = 1_000, everywhere = false }: Options = {}): string[] {
  const operation = new DocumentReader(schema).operation(parse(text), name);
  const coerced = coerceVariables(schema, operation.definition, variables);
  const normal = normalize({
    schema,
    plain: plainNames(schema),
    otherForms: new Map(),
    operation,
    variables: coerced,
    budget: new Budget(budget),
  });
  const cutting = {
    schema,
    from: everywhere ? 2 : Infinity,
    apart: false,
    byInterface: false,
    unnamed: false,
    entityKeys: new Map([["User", ["id"]]]),
    isIdentity: (type: string, field: string) => type === "User" && (field === "email" || field === "messages"),
  };
  return cutStages(normal.roots, normal.shape.type, cutting).map((stage) => stageDocument(stage, operation.definition));
}

describe("plan keys", () => {
  test.each<[string, string, string]>([
    [
      "an alias of the client's is never one",
      "{ id: me { id: name email: id name: email } }",
      "query { me { name id email } }",
    ],
    [
      "a field with arguments has a number, also where none are given",
      "{ me { friends { id } } }",
      "query { me { _0: friends { id } } }",
    ],
    [
      "the same arguments, the same key; others, another",
      "{ me { a: friends(first: 1) { id } b: friends(first: 1) { name } c: friends(first: 2) { id } } }",
      "query { me { _0: friends(first: 1) { id name } _1: friends(first: 2) { id } } }",
    ],
    [
      "arguments are compared by structure",
      '{ a: things(first: 1, filter: { ids: ["x"], text: "t" }) { __typename } b: things(filter: { text: "t", ids: ["x"] }, first: 1) { __typename } }',
      'query { _0: things(first: 1, filter: {ids: ["x"], text: "t"}) { __typename ... on User { __typename } ... on Bot { __typename } ... on Note { __typename } } }',
    ],
    [
      "a string that looks like two arguments is one",
      '{ a: things(filter: { text: "a\\",first:1" }) { __typename } b: things(filter: { text: "a" }, first: 1) { __typename } }',
      'query { _0: things(filter: {text: "a\\",first:1"}) { __typename ... on User { __typename } ... on Bot { __typename } ... on Note { __typename } } _1: things(filter: {text: "a"}, first: 1) { __typename ... on User { __typename } ... on Bot { __typename } ... on Note { __typename } } }',
    ],
    [
      "a name that has two forms in the schema has a number",
      "{ actor { ... on User { size } ... on Bot { big: size } } }",
      "query { actor { __typename ... on User { _0: size } ... on Bot { _1: size } } }",
    ],
  ])("%s", (_, text, expected) => {
    expect(planned(text)).toEqual([expected]);
  });

  test("two mutations written alike are two, in the client's order", () => {
    expect(planned(`mutation { b: touch(id: "1") { id } a: touch(id: "1") { id } }`)).toEqual([
      `mutation { _0: touch(id: "1") { id } _1: touch(id: "1") { id } }`,
    ]);
  });
});

describe("fragments and conditions", () => {
  test.each<[string, string, string]>([
    [
      "an object parent has no fragments",
      "{ me { ... on Actor { name ... on User { email } ...F } } } fragment F on User { id ... { name } }",
      "query { me { name email id } }",
    ],
    [
      "an interface asked by its own fields alone has none either, and always its type's name",
      "{ actors { id name } }",
      "query { actors { __typename id name } }",
    ],
    [
      "otherwise one for each object type",
      "{ actor { id ... on User { email } } }",
      "query { actor { __typename ... on User { id email } ... on Bot { id } } }",
    ],
    [
      "a union has one for each member",
      "{ things { ... on Note { text } } }",
      "query { _0: things { __typename ... on User { __typename } ... on Bot { __typename } ... on Note { text } } }",
    ],
    [
      "a covariant field is asked of each type as it is",
      "{ actor { boss { name } } }",
      "query { actor { __typename ... on User { boss { name } } ... on Bot { boss { __typename name } } } }",
    ],
    [
      "a fragment that cannot apply selects nothing",
      "{ things { ... on Actor { ... on Bot { name } } ... on Note { by { id } } } }",
      "query { _0: things { __typename ... on User { __typename } ... on Bot { name } ... on Note { by { id } } } }",
    ],
  ])("%s", (_, text, expected) => {
    expect(planned(text)).toEqual([expected]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ v: true }, "query { me { id } }"],
    [{ v: false }, "query { me { name } }"],
    [{}, "query { me { id } }"],
  ])("conditions are evaluated, defaults included: %j", (variables, expected) => {
    expect(
      planned(
        "query ($v: Boolean = true) { me { id @include(if: $v) ... @skip(if: $v) { name } ... @include(if: $v) { ... @skip(if: $v) { email } } } }",
        { variables },
      ),
    ).toEqual([expected]);
  });

  test("a condition without a value is the client's mistake", () => {
    expect(() =>
      planned("query ($v: Boolean = true) { me { id @include(if: $v) } }", { variables: { v: null } }),
    ).toThrow(expect.objectContaining({ extensions: { code: "BAD_USER_INPUT" } }));
  });

  test("nothing left asks for nothing", () => {
    expect(planned("{ me @skip(if: true) { id } __typename }")).toEqual(["query { __typename }"]);
    expect(planned("{ me { id @skip(if: true) } }")).toEqual(["query { me { __typename } }"]);
  });
});

describe("variables", () => {
  test("arguments keep them, and only those in use are defined, with their defaults", () => {
    const text = `query ($id: ID!, $n: Int = 7, $w: ID!, $v: Boolean!, $ids: [ID!]) @warrant(id: $w) { user(id: $id) @include(if: $v) { friends(first: $n) { id } } things(filter: { ids: $ids }) { __typename } }`;
    expect(planned(text, { variables: { id: "1", w: "w", v: true } })).toEqual([
      "query($id: ID!, $n: Int = 7, $ids: [ID!]) { _0: user(id: $id) { _1: friends(first: $n) { id } } _2: things(filter: {ids: $ids}) { __typename ... on User { __typename } ... on Bot { __typename } ... on Note { __typename } } }",
    ]);
    expect(planned(text, { variables: { id: "1", w: "w", v: false } })[0]).toMatch(/^query\(\$ids: \[ID!\]\) /);
  });

  test("a variable and the same value written out are two keys: the plan is for any value", () => {
    expect(
      planned("query ($n: Int) { me { a: friends(first: $n) { id } b: friends(first: 1) { id } } }", {
        variables: { n: 1 },
      })[0],
    ).toContain("_0: friends(first: $n) { id } _1: friends(first: 1) { id }");
  });

  test("variables that do not fit are refused", () => {
    expect(() => planned("query ($id: ID!) { user(id: $id) { id } }")).toThrow(
      expect.objectContaining({ extensions: { code: "BAD_USER_INPUT" } }),
    );
  });
});

describe("stages", () => {
  test("an entity below an identity field is cut to its key, and is the root of the next stage", () => {
    expect(planned("{ me { messages { body from { name messages { from { email } } } } } }")).toEqual([
      "query { me { messages { body from { __typename id } } } }",
      "query { c0_User: _User { name messages { from { __typename id } } } }",
      "query { c0_User: _User { email } }",
    ]);
  });

  test("only its key asked: no stage", () => {
    expect(planned("{ me { messages { from { id __typename } } } }")).toEqual([
      "query { me { messages { from { __typename id } } } }",
    ]);
  });

  test("several entities of a stage are planned together, each by its own path and type", () => {
    expect(
      planned(
        "query ($n: Int) { me { messages { from { name } about { ... on User { friends(first: $n) { id } } ... on Note { text by { name } } ... on Bot { name } } } } }",
      ),
    ).toEqual([
      "query { me { messages { from { __typename id } about { __typename ... on User { __typename id } ... on Bot { name } ... on Note { text by { __typename id } } } } } }",
      "query($n: Int) { c0_User: _User { name } c1_User: _User { _0: friends(first: $n) { id } } c2_User: _User { name } }",
    ]);
  });

  test("everywhere: every entity below the first level is a root, also in a mutation, but never the mutation itself", () => {
    expect(planned(`{ me { boss { name boss { email } } } }`, { everywhere: true })).toEqual([
      "query { me { boss { __typename id } } }",
      "query { c0_User: _User { name boss { __typename id } } }",
      "query { c0_User: _User { email } }",
    ]);
    expect(planned(`mutation { touch(id: "1") { boss { name } } }`, { everywhere: true })).toEqual([
      `mutation { _0: touch(id: "1") { boss { __typename id } } }`,
      "query { c0_User: _User { name } }",
    ]);
  });
});

describe("refused before it is planned", () => {
  const bomb = (levels: number): string =>
    `{ me { ...F0 } } ${Array.from({ length: levels }, (_, index) => `fragment F${index} on User { a: boss { ...F${index + 1} } b: boss { ...F${index + 1} } }`).join(" ")} fragment F${levels} on User { id }`;

  test("a bomb of fragments, by what it expands to", () => {
    expect(() => planned(bomb(12))).toThrow(expect.objectContaining({ extensions: { code: "OPERATION_TOO_COSTLY" } }));
    expect(planned(bomb(3), { budget: 100 })).toHaveLength(1);
  });

  test("nesting beyond a hundred fields", () => {
    expect(() => planned(`{ me { ${"boss { ".repeat(120)} id ${"} ".repeat(120)} } }`)).toThrow(
      expect.objectContaining({ extensions: { code: "OPERATION_TOO_COSTLY" } }),
    );
  });

  test.each<[string, string, string]>([
    ["@defer", "{ me { ... @defer { name } } }", "@defer is not served"],
    ["@stream", "{ actors @stream { name } }", "@stream is not served"],
    ["a subscription", "subscription { x }", "GRAPHQL_VALIDATION_FAILED"],
    [
      "a key of a query",
      `{ me @idempotent(key: "k") { name } }`,
      "@idempotent stands on the root fields of a mutation",
    ],
    [
      "a key below the root",
      `mutation { touch(id: "1") { boss @idempotent(key: "k") { id } } }`,
      "@idempotent stands on the root fields of a mutation",
    ],
    [
      "a key of a name",
      `mutation { __typename @idempotent(key: "k") }`,
      "@idempotent stands on the root fields of a mutation",
    ],
    [
      "one field with two keys",
      `mutation { touch(id: "1") @idempotent(key: "k") { id } touch(id: "1") @idempotent(key: "l") { id } }`,
      "carries one @idempotent key",
    ],
    ["a field that is not in the API", "{ me { jurisdiction } }", 'Cannot query field "jurisdiction"'],
  ])("%s", (_, text, message) => {
    let told = "";
    try {
      planned(text);
    } catch (error) {
      told = `${String(error)} ${JSON.stringify((error as { extensions?: unknown }).extensions)}`;
    }
    expect(told).toContain(message);
    expect(told).toContain("GRAPHQL_VALIDATION_FAILED");
  });

  test("an unknown operation, or none named where there are several", () => {
    const text = "query A { me { id } } query B { me { name } }";
    expect(planned(text, { name: "B" })).toEqual(["query { me { name } }"]);
    for (const name of [undefined, "C"])
      expect(() => planned(text, name ? { name } : {})).toThrow(
        expect.objectContaining({ extensions: { code: "BAD_USER_INPUT" } }),
      );
  });
});
