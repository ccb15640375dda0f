import { createHash } from "node:crypto";
import { afterEach, describe, expect, test } from "@jest/globals";
import { GraphQLError } from "graphql";
import type { Executed } from "../../gateway/main/answer-operation.js";
import type { FakeGateway, FakeParts } from "./fake-gateway.js";
import { denial, startFakeGateway } from "./fake-gateway.js";

let gateway: FakeGateway;
afterEach(() => gateway.close());

async function ask(parts: FakeParts, query = "{ hello }") {
  gateway = await startFakeGateway(parts);
  return gateway.post({ query });
}

const denied: Partial<Executed> = {
  usedIdentity: true,
  data: { hello: null, a: { hello: "world" } },
  withheld: [{ denial, paths: [["hello"]] }],
  errors: [
    {
      message: `Withheld: ${denial.reason}`,
      path: ["hello"],
      extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", decision: { ...denial } },
    },
  ],
};
const as =
  (change: Partial<Executed>): FakeParts["run"] =>
  (executed) => ({ ...executed, ...change });

describe("what an answer says of identity data", () => {
  test("an operation without any has no disclosure", async () => {
    const { body } = await ask({});
    expect(body).toEqual({ data: { hello: "world" } });
  });

  test("under report ERRORS a denial is an error at its path and stands in the disclosure", async () => {
    const { status, body } = await ask({ run: as(denied), door: { warrantId: "warrant-1" } });
    const operationId = gateway.opened[0]?.operationId;
    const decision = { ...denial, operationId };
    expect(status).toBe(200);
    expect(body).toEqual({
      data: { hello: null, a: { hello: "world" } },
      errors: [
        {
          message: "Withheld: No rule opens this.",
          path: ["hello"],
          extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", decision },
        },
      ],
      extensions: {
        disclosure: {
          operationId,
          warrant: "warrant-1",
          receipts: [{ leafHash: "ab" }],
          withheld: [{ decision, paths: [["hello"]] }],
          sealed: "a seal",
        },
      },
    });
    expect(gateway.metrics.figures().withheld).toEqual({ NO_ROUTE: 1 });
  });

  test("under report EXTENSIONS it stands in the disclosure alone, and other errors stay", async () => {
    const other = { message: "A subgraph did not answer.", path: ["a"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } };
    const { body } = await ask({
      run: as({ ...denied, errors: [...(denied.errors ?? []), other] }),
      door: { report: "EXTENSIONS" },
    });
    expect(body.errors).toEqual([other]);
    expect(body.extensions?.disclosure).toMatchObject({
      withheld: [{ decision: { code: "NO_ROUTE" }, paths: [["hello"]] }],
    });
  });

  test("a dry run lists what would be permitted", async () => {
    const previewed = [{ field: "User.email", category: "SUBSCRIBER", paths: [["user", "email"]] }];
    const { body } = await ask({ run: as({ ...denied, previewed }), door: { dryRun: true } });
    expect(body.extensions?.disclosure).toMatchObject({ permitted: previewed, withheld: [{ paths: [["hello"]] }] });
  });

  test("a denial alone is 200, though no root field has a value", async () => {
    expect((await ask({ run: as({ ...denied, data: { hello: null } }) })).status).toBe(200);
  });

  test("a failure of the log is 503, with the open fields in the data", async () => {
    const errors = [
      { message: "The access log cannot be written.", path: ["hello"], extensions: { code: "LOG_UNAVAILABLE" } },
    ];
    const { status, body } = await ask({ run: as({ ...denied, failedLog: true, errors, withheld: [] }) });
    expect({ status, data: body.data, errors: body.errors }).toEqual({ status: 503, data: denied.data, errors });
  });

  test.each([
    ["names a warrant", {}, 'query @warrant(id: "w") { hello }', "under a @warrant"],
    ["asks for identity data", { identityFields: ["User.email"] }, "{ hello }", "Identity data is asked for by POST"],
  ])("a GET that %s is 405", async (_name, parts, query, message) => {
    gateway = await startFakeGateway(parts);
    const { status, body } = await gateway.fetch(`/graphql?query=${encodeURIComponent(query)}`, {
      headers: { authorization: "Bearer JUDICIAL" },
    });
    expect(status).toBe(405);
    expect(body.errors?.[0]).toEqual({
      message: expect.stringContaining(message),
      extensions: { code: "BAD_USER_INPUT" },
    });
  });
});

describe("the status of an answer without any value is that of its first error", () => {
  test.each([
    ["BAD_USER_INPUT", 400],
    ["FORBIDDEN", 403],
    ["CONFLICT", 409],
    ["IDEMPOTENCY_CONFLICT", 409],
    ["SUBGRAPH_UNAVAILABLE", 503],
  ])("%s is %i", async (code, expected) => {
    const errors = [{ message: "so it is", path: ["hello"], extensions: { code } }];
    const { status, body } = await ask({ run: as({ data: { hello: null }, errors }) });
    expect({ status, errors: body.errors }).toEqual({ status: expected, errors });
  });

  test("one root field with a value makes it 200", async () => {
    const errors = [{ message: "so it is", path: ["a"], extensions: { code: "FORBIDDEN" } }];
    expect((await ask({ run: as({ data: { a: null, hello: "world" }, errors }) })).status).toBe(200);
  });

  test("null without an error is 200", async () => {
    expect((await ask({ run: as({ data: { hello: null } }) })).status).toBe(200);
  });
});

describe("a fault of ours says nothing of itself", () => {
  test("thrown in the walk", async () => {
    const { status, body } = await ask({
      run: () => {
        throw new Error("select * from person where name = 'secret'");
      },
    });
    const operationId = gateway.opened[0]?.operationId;
    expect(status).toBe(500);
    expect(body).toEqual({
      errors: [{ message: expect.stringContaining("our side"), extensions: { code: "INTERNAL", operationId } }],
    });
    expect(gateway.lines.join("")).toContain(String(operationId));
    expect(gateway.lines.join("")).not.toContain("secret");
  });

  test("an error with a code that is not ours, or with words in its extensions", async () => {
    const errors = [
      { message: "secret", path: ["hello"], extensions: { code: "DOWNSTREAM_SERVICE_ERROR" } },
      {
        message: "Not for you.",
        path: ["a"],
        extensions: {
          code: "FORBIDDEN",
          stacktrace: ["secret"],
          http: { status: 200, headers: new Map([["x-secret", "1"]]) },
        },
      },
    ];
    const answer = await ask({ run: as({ data: { hello: null }, errors }) });
    expect(answer.body.errors).toEqual([
      {
        message: expect.stringContaining("our side"),
        path: ["hello"],
        extensions: { code: "INTERNAL", operationId: gateway.opened[0]?.operationId },
      },
      { message: "Not for you.", path: ["a"], extensions: { code: "FORBIDDEN" } },
    ]);
    expect(answer.headers.get("x-secret")).toBeNull();
    expect(answer.status).toBe(500);
  });
});

describe("introspection", () => {
  const query = "{ ...F } fragment F on Query { __schema { queryType { name } } }";
  test("is open to every principal in development", async () => {
    expect((await ask({}, query)).status).toBe(200);
  });

  test("is for engineers alone in production, and validation then names no fields", async () => {
    const refused = await ask({ production: true }, query);
    expect({ status: refused.status, code: refused.body.errors?.[0]?.extensions.code }).toEqual({
      status: 403,
      code: "FORBIDDEN",
    });
    const engineer = await gateway.post({ query }, { authorization: "Bearer ENGINEER" });
    expect(engineer.status).toBe(200);
    const guess = await gateway.post({ query: "{ helo }" });
    expect(guess.body.errors?.[0]?.message).toBe('Cannot query field "helo" on type "Query".');
  });
});

test("the door is opened for exactly this principal, operation and text", async () => {
  const query = 'query Who($t: String = "x") { echo(text: $t) }';
  gateway = await startFakeGateway();
  await gateway.post({ query, variables: { t: "y" } });
  expect(gateway.opened).toHaveLength(1);
  expect(gateway.opened[0]).toMatchObject({
    principal: { sub: "somebody", role: "JUDICIAL", country: null, authority: null, platform: null },
    operationName: "Who",
    operationHash: createHash("sha256").update(query).digest("hex"),
    variables: { t: "y" },
  });
});

test("a gateway that is too busy to plan says 503 and when to ask again", async () => {
  const { status, headers, body } = await ask({
    plan: () => {
      const http = { headers: new Map([["retry-after", "1"]]) };
      throw new GraphQLError("Too many.", { extensions: { code: "GATEWAY_BUSY", http } });
    },
  });
  expect([status, headers.get("retry-after"), body]).toEqual([
    503,
    "1",
    { errors: [{ message: "Too many.", extensions: { code: "GATEWAY_BUSY" } }] },
  ]);
});

describe("the log is told what became of an answer", () => {
  test("that left whole", async () => {
    await ask({});
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(gateway.finished).toEqual(["ANSWERED"]);
  });

  test("that failed on our side", async () => {
    await ask({ run: () => Promise.reject(new Error("broken")) });
    expect(gateway.finished).toEqual(["ABORTED"]);
  });

  test("for a client that has gone, whose fetches end", async () => {
    const leaving = new AbortController();
    gateway = await startFakeGateway({
      run: async (executed) => {
        leaving.abort();
        await new Promise((resolve) => setTimeout(resolve, 50));
        return executed;
      },
    });
    const body = JSON.stringify({ query: "{ hello }" });
    const headers = { "content-type": "application/json", authorization: "Bearer JUDICIAL" };
    await expect(
      fetch(`${gateway.url}/graphql`, { method: "POST", headers, body, signal: leaving.signal }),
    ).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(gateway.finished).toEqual(["ABORTED"]);
    expect(gateway.signals[0]?.aborted).toBe(true);
  });
});
