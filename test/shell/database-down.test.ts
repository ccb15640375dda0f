import { expect, test } from "@jest/globals";
import { DriverException } from "@mikro-orm/core";
import { GraphQLError } from "graphql";
import pino from "pino";
import { failureOf, faulty, unavailable } from "../../gateway/execute/failure.js";
import { formatError } from "../../subgraphs/kit/format-error.js";

const lines: string[] = [];
const log = pino({}, { write: (line: string) => void lines.push(line) });
const fault = (message: string, code?: string): GraphQLError =>
  new GraphQLError(message, {
    path: ["user"],
    originalError: new DriverException(Object.assign(new Error(message), code === undefined ? {} : { code })),
  });

test.each<[string, string, string | undefined]>([
  ["nobody listens", "connect ECONNREFUSED 127.0.0.1:5432", "ECONNREFUSED"],
  ["its host has no name", "getaddrinfo ENOTFOUND specimen", "ENOTFOUND"],
  ["it was told to stop", "terminating connection due to administrator command", "57P01"],
  ["it is starting", "the database system is starting up", "57P03"],
  ["the connection failed", "connection failure", "08006"],
  ["it has no connection left", "sorry, too many clients already", "53300"],
  ["it is gone", 'database "specimen" does not exist', "3D000"],
  ["it takes no connections", "database is not currently accepting connections", "55000"],
  ["the connection broke, which has no code", "Connection terminated unexpectedly", undefined],
])(
  "a subgraph without its database (%s) is unavailable, to the gateway too, and no word of it leaves",
  (_what, message, code) => {
    lines.length = 0;
    const told = formatError(fault(message, code), log);
    expect(told).toEqual({ message: "unavailable", path: ["user"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } });
    expect(failureOf(told)).toBe(unavailable);
    expect(JSON.parse(lines[0] ?? "{}")).toMatchObject({ coordinate: "user", msg: "the database does not answer" });
    expect(lines.join()).not.toContain(message);
  },
);

test.each<[string, string, string | undefined]>([
  ["a constraint", "duplicate key", "23505"],
  ["a statement of ours", "syntax error", "42601"],
  ["a fault of the program", "x is not a function", undefined],
])("%s is no such failure", (_what, message, code) => {
  const told = formatError(fault(message, code), log);
  expect(told.extensions).toEqual({ code: "INTERNAL" });
  expect(failureOf(told)).toBe(faulty);
});
