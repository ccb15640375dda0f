import { describe, expect, test } from "@jest/globals";
import { GraphQLError } from "graphql";
import { Unauthenticated } from "../../gateway/authenticate/unauthenticated.js";
import { answerStatus } from "../../gateway/respond/answer-status.js";
import { codes, isCode } from "../../gateway/respond/codes.js";
import { formatError } from "../../gateway/respond/format-error.js";
import { refuse } from "../../gateway/respond/refuse.js";
import { requestError } from "../../gateway/respond/request-error.js";
import { refusals } from "../../schema/refusals.js";

describe("the table of codes", () => {
  test("knows every code of the public contract", () => {
    const contract = [
      "BAD_USER_INPUT",
      "FORBIDDEN",
      "CONFLICT",
      "IDEMPOTENCY_CONFLICT",
      "UNAUTHENTICATED",
      "GRAPHQL_PARSE_FAILED",
      "GRAPHQL_VALIDATION_FAILED",
      "OPERATION_TOO_COSTLY",
      "PERSISTED_QUERY_NOT_FOUND",
      "QUERY_NOT_IN_SAFELIST",
      "SUBGRAPH_UNAVAILABLE",
      "INTERNAL",
      "UNAUTHORIZED_FIELD_OR_TYPE",
      "LOG_UNAVAILABLE",
      "GATEWAY_BUSY",
    ];
    expect(Object.keys(codes).sort()).toEqual(contract.sort());
  });

  test.each(Object.entries(refusals))("agrees with the refusal %s on its status", (_name, { code, status }) => {
    expect(isCode(code)).toBe(true);
    expect(codes[code]).toBe(status);
  });

  test.each(["toString", "__proto__", undefined, 400])("%s is no code", (code) => expect(isCode(code)).toBe(false));
});

describe("the status of an answer", () => {
  const error = (code: string) => ({ message: "", extensions: { code } });
  test.each([
    [
      "a failure of the log, whatever else was answered",
      { data: { user: { id: "u01" } }, errors: [error("LOG_UNAVAILABLE")], logFailed: true },
      503,
    ],
    [
      "one root field with a value",
      { data: { user: null, ruleBook: {} }, errors: [error("FORBIDDEN")], logFailed: false },
      200,
    ],
    ["a root field that is false", { data: { flag: false }, errors: [error("FORBIDDEN")], logFailed: false }, 200],
    ["no value and no error", { data: { user: null }, logFailed: false }, 200],
    [
      "no value, and two errors",
      { data: { a: null, b: null }, errors: [error("CONFLICT"), error("FORBIDDEN")], logFailed: false },
      409,
    ],
    [
      "data that null propagation removed",
      { data: null, errors: [error("SUBGRAPH_UNAVAILABLE")], logFailed: false },
      503,
    ],
    ["no data at all", { errors: [error("GRAPHQL_VALIDATION_FAILED")], logFailed: false }, 400],
    ["a code that is not ours", { data: null, errors: [error("ELSEWHERE")], logFailed: false }, 500],
  ])("%s", (_name, outcome, expected) => expect(answerStatus(outcome)).toBe(expected));
});

describe("what an error may say", () => {
  test("a code of the table speaks with its own sentence, and brings nothing along", () => {
    const formatted = {
      message: "Not for you.",
      path: ["a", 0],
      extensions: { code: "FORBIDDEN", stacktrace: ["x"], service: "justice" },
    };
    expect(formatError(formatted)).toEqual({
      message: "Not for you.",
      path: ["a", 0],
      extensions: { code: "FORBIDDEN" },
    });
  });

  test("a decision goes along", () => {
    const extensions = { code: "UNAUTHORIZED_FIELD_OR_TYPE", decision: { code: "NO_ROUTE" } };
    expect(formatError({ message: "Withheld", extensions })).toEqual({ message: "Withheld", extensions });
  });

  test.each([{ code: "INTERNAL_SERVER_ERROR" }, { code: "INTERNAL" }, { code: "ELSEWHERE" }, {}, undefined])(
    "%j says nothing of itself",
    (extensions) => {
      const told = formatError({
        message: "secret",
        path: ["a"],
        locations: [],
        ...(extensions ? { extensions } : {}),
      });
      expect(told.extensions).toEqual({ code: "INTERNAL" });
      expect(told.path).toEqual(["a"]);
      expect(told.message).not.toContain("secret");
    },
  );

  test.each(["BAD_REQUEST", "OPERATION_RESOLUTION_FAILURE"])("%s of the HTTP front is bad input here", (code) => {
    expect(formatError({ message: "m", extensions: { code } }).extensions).toEqual({ code: "BAD_USER_INPUT" });
  });
});

describe("a request that never became an operation", () => {
  const front = (statusCode: number, code: string) => Object.assign(new Error("secret"), { statusCode, code });
  test.each([
    ["no token", new Unauthenticated("A token is needed."), 401, "UNAUTHENTICATED", "A token is needed."],
    ["a refusal", refuse("BAD_USER_INPUT", "No."), 400, "BAD_USER_INPUT", "No."],
    ["a refusal with a status of its own", refuse("BAD_USER_INPUT", "No.", 415), 415, "BAD_USER_INPUT", "No."],
    [
      "what the front refuses",
      front(415, "FST_ERR_CTP_INVALID_MEDIA_TYPE"),
      415,
      "BAD_USER_INPUT",
      "Expected the header `content-type: application/json`.",
    ],
    [
      "what the front refuses in words of its own",
      front(400, "FST_ERR_OTHER"),
      400,
      "BAD_USER_INPUT",
      "The request is not well formed.",
    ],
  ])("%s", (_name, error, status, code, message) => {
    expect(requestError(error)).toMatchObject({
      status,
      ours: false,
      body: { errors: [{ message, extensions: { code } }] },
    });
  });

  test.each([
    ["an error", new Error("secret")],
    ["a GraphQL error without a code", new GraphQLError("secret")],
    ["a 5xx of the front", front(502, "FST_ERR_OTHER")],
    ["something that is no error", "secret"],
  ])("%s is a fault of ours and says nothing of itself", (_name, error) => {
    const told = requestError(error);
    expect(told).toMatchObject({ status: 500, ours: true });
    expect(JSON.stringify(told.body)).not.toContain("secret");
  });
});
