import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { FakeAnswer, FakeGateway } from "./fake-gateway.js";
import { startFakeGateway } from "./fake-gateway.js";

let gateway: FakeGateway;
beforeAll(async () => {
  gateway = await startFakeGateway();
});
afterAll(() => gateway.close());

const judge = { authorization: "Bearer JUDICIAL" };
const json = { ...judge, "content-type": "application/json" };

function expectRefusal(answer: FakeAnswer, status: number, code: string, message: string | RegExp): void {
  expect(answer.body.errors).toHaveLength(1);
  expect(answer.body.errors?.[0]?.extensions).toEqual({ code });
  expect(answer.body.errors?.[0]?.message).toMatch(message);
  expect(answer.status).toBe(status);
  expect(answer.body.data).toBeUndefined();
}

describe("an operation is answered", () => {
  test("by POST", async () => {
    const { status, body } = await gateway.post({
      query: "query Say($t: String!) { echo(text: $t) }",
      variables: { t: "hi" },
    });
    expect({ status, body }).toEqual({ status: 200, body: { data: { echo: "hi" } } });
  });

  test("by GET", async () => {
    const { status, body } = await gateway.fetch(`/graphql?query=${encodeURIComponent("{ hello }")}`, {
      headers: judge,
    });
    expect({ status, body }).toEqual({ status: 200, body: { data: { hello: "world" } } });
  });

  test("and kept by nobody on the way", async () => {
    const { headers } = await gateway.post({ query: "{ hello }" });
    expect(headers.get("cache-control")).toBe("no-store, private");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  });

  test("as one of several, picked by operationName", async () => {
    const query = 'query A { hello } query B { echo(text: "b") }';
    expect((await gateway.post({ query, operationName: "B" })).body).toEqual({ data: { echo: "b" } });
  });
});

describe("without a token nothing is answered, and no body is read", () => {
  test.each([
    ["a query", { method: "POST", headers: { "content-type": "application/json" }, body: '{"query":"{ hello }"}' }],
    [
      "introspection",
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"query":"{ __schema { types { name } } }"}',
      },
    ],
    ["no JSON at all", { method: "POST", headers: { "content-type": "application/json" }, body: "{" }],
    ["a form", { method: "POST", body: new URLSearchParams({ query: "{ hello }" }) }],
  ])("%s", async (_name, init) => {
    const answer = await gateway.fetch("/graphql", init as RequestInit);
    expectRefusal(answer, 401, "UNAUTHENTICATED", "A token is needed.");
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="rogatory"');
  });
});

describe("a client's mistake is 4xx with a GraphQL error that says what was expected", () => {
  test.each([
    ["no JSON", "{", "BAD_USER_INPUT", /not JSON: expected an object with `query`/],
    ["nothing", "", "BAD_USER_INPUT", /./],
    ["a list of operations", [{ query: "{ hello }" }], "BAD_USER_INPUT", /expected an object, not a list/],
    ["no query", { variables: {} }, "BAD_USER_INPUT", /non-empty `query`/],
    ["a query that is no text", { query: 7 }, "BAD_USER_INPUT", /must be strings/],
    ["a text", '"{ hello }"', "BAD_USER_INPUT", /./],
    ["null", "null", "BAD_USER_INPUT", /./],
    ["a query that is null", { query: null }, "BAD_USER_INPUT", /non-empty `query`/],
    [
      "an operationName that is no text",
      { query: "{ hello }", operationName: 3 },
      "BAD_USER_INPUT",
      /must be a string/,
    ],
    ["an empty operationName", { query: "{ hello }", operationName: "" }, "BAD_USER_INPUT", /`operationName` is empty/],
    ["extensions as a text", { query: "{ hello }", extensions: "{}" }, "BAD_USER_INPUT", /provided as an object/],
    ["extensions as a list", { query: "{ hello }", extensions: [] }, "BAD_USER_INPUT", /must be an object/],
    ["extensions as a number", { query: "{ hello }", extensions: 1 }, "BAD_USER_INPUT", /must be an object/],
    ["variables that are a list", { query: "{ hello }", variables: [] }, "BAD_USER_INPUT", /must be an object/],
    ["U+0000 in a query", { query: '{ echo(text: "\u0000") }' }, "BAD_USER_INPUT", /U\+0000/],
    ["U+0000 in a variable", { query: "{ hello }", variables: { a: "\u0000" } }, "BAD_USER_INPUT", /U\+0000/],
    ["half a character", { query: '{ echo(text: "\\ud800") }' }, "GRAPHQL_PARSE_FAILED", /Invalid Unicode escape/],
    [
      "a variable that is not declared",
      { query: "{ echo(text: $t) }", variables: { t: "a" } },
      "GRAPHQL_VALIDATION_FAILED",
      /Variable "\$t" is not defined/,
    ],
    ["a schema", { query: "type A { a: Int }" }, "GRAPHQL_VALIDATION_FAILED", /not executable/],
    [
      "one name for two operations",
      { query: "query A { hello } query A { hello }", operationName: "A" },
      "GRAPHQL_VALIDATION_FAILED",
      /only one operation named "A"/,
    ],
    ["variables that are no object", { query: "{ hello }", variables: "{}" }, "BAD_USER_INPUT", /variables/],
    ["a key twice", '{"query":"{ hello }","query":"{ a { hello } }"}', "BAD_USER_INPUT", /names a key twice/],
    [
      "a key twice, written otherwise",
      '{"variables":{"a":1,"\\u0061":2},"query":"{ hello }"}',
      "BAD_USER_INPUT",
      /names a key twice/,
    ],
    ["a syntax error", { query: "{ hello" }, "GRAPHQL_PARSE_FAILED", /Syntax Error/],
    ["an unknown field", { query: "{ nothing }" }, "GRAPHQL_VALIDATION_FAILED", /Cannot query field "nothing"/],
    ["a missing variable", { query: "query($t: String!) { echo(text: $t) }" }, "BAD_USER_INPUT", /Variable "\$t"/],
    [
      "a variable of another type",
      { query: "query($t: String!) { echo(text: $t) }", variables: { t: {} } },
      "BAD_USER_INPUT",
      /Variable "\$t"/,
    ],
    [
      "an unknown operationName",
      { query: "query A { hello }", operationName: "B" },
      "BAD_USER_INPUT",
      /no operation of the name .* it holds: A\./,
    ],
    [
      "several operations and no name",
      { query: "query A { hello } query B { hello }" },
      "BAD_USER_INPUT",
      /which one to run \(A, B\)/,
    ],
    ["no operation", { query: "fragment F on Query { hello }" }, "GRAPHQL_VALIDATION_FAILED", /F/],
    ["@defer", { query: "{ ... @defer { hello } }" }, "GRAPHQL_VALIDATION_FAILED", /@defer/],
  ])("%s", async (_name, body, code, message) => {
    const answer = await gateway.post(body);
    expect(answer.status).toBe(400);
    expect(answer.body.data).toBeUndefined();
    expect(answer.body.errors?.[0]?.extensions.code).toBe(code);
    expect(answer.body.errors?.[0]?.message).toMatch(message);
  });

  test("a subscription that takes no events", async () => {
    const { status, body } = await gateway.post({ query: "subscription { hello }" });
    expect([status, body.errors?.[0]?.message]).toEqual([
      406,
      "A subscription is answered as server-sent events: ask by POST with the header `accept: text/event-stream`.",
    ]);
  });

  test.each([
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, "query=%7Bhello%7D"],
    ["plain text", { "content-type": "text/plain" }, '{"query":"{ hello }"}'],
    ["bare GraphQL", { "content-type": "application/graphql" }, "{ hello }"],
    ["something that only begins like JSON", { "content-type": "application/jsonp" }, '{"query":"{ hello }"}'],
    ["a form with files", { "content-type": "multipart/form-data; boundary=x" }, "--x--"],
    ["JSON of another kind", { "content-type": "application/graphql+json" }, '{"query":"{ hello }"}'],
    ["an empty type", { "content-type": "" }, '{"query":"{ hello }"}'],
    ["UTF-16", { "content-type": "application/json; charset=utf-16" }, '{"query":"{ hello }"}'],
  ])("%s is 415", async (_name, headers, body) => {
    const answer = await gateway.fetch("/graphql", { method: "POST", headers: { ...judge, ...headers }, body });
    expectRefusal(answer, 415, "BAD_USER_INPUT", "application/json");
  });

  test("bytes that are no UTF-8", async () => {
    const answer = await gateway.fetch("/graphql", {
      method: "POST",
      headers: json,
      body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expectRefusal(answer, 400, "BAD_USER_INPUT", "not UTF-8");
  });

  test("an accept header that takes no JSON is 406", async () => {
    const answer = await gateway.post({ query: "{ hello }" }, { accept: "text/csv" });
    expectRefusal(answer, 406, "BAD_USER_INPUT", "accept");
  });

  test("a mutation by GET is 405", async () => {
    const answer = await gateway.fetch("/graphql?query=mutation%7Bchange%7D", { headers: judge });
    expectRefusal(answer, 405, "BAD_USER_INPUT", "GET requests only support query operations");
    expect(answer.headers.get("allow")).toBe("POST");
  });

  test("a query parameter twice", async () => {
    expectRefusal(
      await gateway.fetch("/graphql?query=%7Bhello%7D&query=%7Bhello%7D", { headers: judge }),
      400,
      "BAD_USER_INPUT",
      "only be specified once",
    );
  });

  test("HEAD is 405, and has no body", async () => {
    const { status, headers } = await fetch(`${gateway.url}/graphql?query=%7Bhello%7D`, {
      method: "HEAD",
      headers: judge,
    });
    expect([status, headers.get("allow")]).toEqual([405, "GET, POST"]);
  });

  test.each([
    ["variables that are no JSON", "variables=x"],
    ["variables that are a number", "variables=1"],
    ["extensions that are a list", "extensions=[]"],
    ["a name that is not there", "operationName=A"],
  ])("%s in an address", async (_name, parameter) => {
    const answer = await gateway.fetch(`/graphql?query=%7Bhello%7D&${parameter}`, { headers: judge });
    expectRefusal(answer, 400, "BAD_USER_INPUT", /./);
  });

  test("a byte order mark is no mistake, nor a value that the operation does not ask for", async () => {
    expect((await gateway.post(`\ufeff{"query":"{ hello }"}`)).body).toEqual({ data: { hello: "world" } });
    const answer = await gateway.post({ query: "{ hello }", variables: { unknown: 1, __proto__: { a: 1 } } });
    expect(answer.body).toEqual({ data: { hello: "world" } });
  });

  test.each(["PUT", "DELETE", "OPTIONS", "PATCH"])("%s is 405", async (method) => {
    const answer = await gateway.fetch("/graphql", { method, headers: judge });
    expectRefusal(answer, 405, "BAD_USER_INPUT", "answers POST");
    expect(answer.headers.get("allow")).toBe("GET, POST");
  });

  test("another address is 404", async () => {
    expectRefusal(await gateway.fetch("/elsewhere", { headers: judge }), 404, "BAD_USER_INPUT", "Nothing lives");
  });

  test("a host that is none", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(gateway.url);
      httpRequest({ port, path: "/graphql?query=%7Bhello%7D", headers: { ...judge, host: "a b" } }, ({ statusCode }) =>
        resolve(statusCode),
      )
        .on("error", reject)
        .end();
    });
    expect(status).toBe(400);
  });
});

test("the log names the operation and never its variables, literals or token", async () => {
  await gateway.post({
    query: 'query Named($t: String!) { echo(text: $t) b: echo(text: "a secret literal") }',
    variables: { t: "a secret variable" },
  });
  const lines = gateway.lines.join("");
  expect(lines).toContain('"operationName":"Named"');
  expect(lines).not.toContain("secret");
  expect(lines).not.toContain("Bearer");
});

test("a connection on which nobody has said anything holds up no stop", async () => {
  const stopping = await startFakeGateway();
  const silent = connect(Number(new URL(stopping.url).port), "127.0.0.1");
  await once(silent, "connect");
  expect((await stopping.post({ query: "{ hello }" })).status).toBe(200);
  const closed = once(silent, "close");
  await stopping.close();
  await closed;
}, 5_000);
