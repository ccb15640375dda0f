import { afterEach, describe, expect, test } from "@jest/globals";
import type { Executed } from "../../gateway/main/answer-operation.js";
import type { KnownOperation } from "../../gateway/main/known-operations.js";
import { refuse } from "../../gateway/respond/refuse.js";
import { denial, type FakeGateway, type FakeParts, startFakeGateway } from "./fake-gateway.js";

let gateway: FakeGateway;
afterEach(() => gateway.close());

/** Apollo Server answers whoever accepts more than plain JSON, all the way. */
const long = { accept: "application/json, */*;q=0.1" };

const as =
  (change: Partial<Executed>): FakeParts["run"] =>
  (executed) => ({ ...executed, ...change });
const error = (code: string) => [{ message: "so it is", path: ["hello"], extensions: { code } }];
const withheld = { denial, paths: [["hello"]] };

describe("an operation is answered alike by the short way and the long", () => {
  test.each<[string, FakeParts, unknown]>([
    ["data", {}, { query: "{ hello }" }],
    ["variables", {}, { query: "query ($t: String!) { echo(text: $t) }", variables: { t: "x" } }],
    ["variables that do not fit", {}, { query: "query ($t: String!) { echo(text: $t) }", variables: { t: 1 } }],
    ["one of several", {}, { query: "query A { hello } query B { a { hello } }", operationName: "B" }],
    ["none of several", {}, { query: "query A { hello } query B { a { hello } }" }],
    ["a failure beside data", { run: as({ errors: error("SUBGRAPH_UNAVAILABLE") }) }, { query: "{ hello }" }],
    ["a failure of all", { run: as({ data: { hello: null }, errors: error("FORBIDDEN") }) }, { query: "{ hello }" }],
    ["a disclosure", { run: as({ usedIdentity: true, withheld: [withheld] }) }, { query: "{ hello }" }],
    ["a log that is down", { run: as({ failedLog: true, errors: error("LOG_UNAVAILABLE") }) }, { query: "{ hello }" }],
    [
      "a refusal while it runs",
      { run: () => Promise.reject(refuse("OPERATION_TOO_COSTLY", "Less.")) },
      { query: "{ hello }" },
    ],
    ["a fault of ours", { run: () => Promise.reject(new Error("secret")) }, { query: "{ hello }" }],
    ["a text that does not parse", {}, { query: "{ hello" }],
    ["a text that does not validate", {}, { query: "{ unknown }" }],
    ["no operation name", {}, { query: "{ hello }", operationName: "" }],
  ])("%s", async (_name, parts, asked) => {
    gateway = await startFakeGateway(parts);
    const told = async (headers: Record<string, string>) => {
      const { status, headers: sent, body } = await gateway.post(asked, headers);
      const text = JSON.stringify(body).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID");
      return { status, type: sent.get("content-type"), cache: sent.get("cache-control"), text };
    };
    const expected = await told(long);
    expect([await told({}), await told({}), await told({ accept: "application/json" })]).toEqual([
      expected,
      expected,
      expected,
    ]);
  });
});

test("it is run once each time, known or not", async () => {
  let runs = 0;
  gateway = await startFakeGateway({
    run: (executed) => {
      runs += 1;
      return { ...executed, errors: error("FORBIDDEN") };
    },
  });
  for (let asked = 1; asked <= 3; asked += 1) {
    await gateway.post({ query: "mutation { change }" });
    expect(runs).toBe(asked);
  }
  expect(gateway.finished).toHaveLength(3);
});

test("what is known through one principal is refused another who may not ask it", async () => {
  gateway = await startFakeGateway({ production: true });
  const asked = { query: "{ __schema { queryType { name } } }" };
  expect((await gateway.post(asked, { authorization: "Bearer ENGINEER" })).status).toBe(200);
  const { status, body } = await gateway.post(asked, { authorization: "Bearer JUDICIAL" });
  expect({ status, code: body.errors?.[0]?.extensions.code, data: body.data }).toEqual({
    status: 403,
    code: "FORBIDDEN",
    data: undefined,
  });
});

test("a known text under another operation name is another operation", async () => {
  gateway = await startFakeGateway();
  const query = 'query A { hello } query B { echo(text: "b") }';
  for (let round = 0; round < 2; round += 1) {
    expect((await gateway.post({ query, operationName: "A" })).body).toEqual({ data: { hello: "world" } });
    expect((await gateway.post({ query, operationName: "B" })).body).toEqual({ data: { echo: "b" } });
  }
});

const longText = `# ${"x".repeat(40 * 1024)}\n{ hello }`;

test.each<[string, FakeParts, string, number]>([
  ["known from the first on", {}, "{ hello }", 1],
  ["a text that is too long to be kept", {}, longText, 3],
  ["where none is kept", { knownOperations: 0 }, "{ hello }", 3],
])("%s: three requests are answered, and Apollo Server reads so many of them", async (_, parts, query, read) => {
  gateway = await startFakeGateway(parts);
  for (let asked = 1; asked <= 3; asked += 1)
    expect((await gateway.post({ query })).body).toEqual({ data: { hello: "world" } });
  expect(gateway.readByApollo()).toBe(read);
});

test("an operation that another one drives out in the moment in which it becomes known is answered all the same, and run once", async () => {
  const other = {} as KnownOperation;
  gateway = await startFakeGateway({
    knownOperations: 1,
    whenRead: (known) => known.keep("another", undefined, other),
  });
  expect((await gateway.post({ query: "{ hello }" })).body).toEqual({ data: { hello: "world" } });
  expect(gateway.finished).toHaveLength(1);
});
