import { readFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { limits } from "../../gateway/main/limits.js";
import { mostRows } from "../../gateway/plan/count-rows.js";
import { deepest } from "../../gateway/plan/normalize.js";
import { standardLimits } from "../../gateway/plan/open-planner.js";
import { quotingCharacters } from "../../gateway/respond/format-error.js";
import { root } from "../kit/root.js";
import type { FakeAnswer, FakeGateway } from "./fake-gateway.js";
import { startFakeGateway } from "./fake-gateway.js";

let planned = 0;
let gateway: FakeGateway;
beforeAll(async () => {
  gateway = await startFakeGateway({
    plan: () => {
      planned += 1;
    },
  });
});
afterAll(() => gateway.close());

const headers = { authorization: "Bearer JUDICIAL", "content-type": "application/json" };
const other = (): Promise<FakeAnswer> => gateway.fetch("/graphql?query=%7Bhello%7D", { headers });
const times = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(" ");
const nested = (depth: number): string => `${"{ a ".repeat(depth - 1)}{ hello ${"}".repeat(depth)}`;
/** A fragment of 99 selections, spread so often that together they come to the given number. */
const spread = (selections: number): string =>
  `{ ${times(Math.floor(selections / 100), () => "...F")} ${times(selections % 100, () => "hello")} } fragment F on Query { ${times(99, () => "hello")} }`;

/** Its own text counts: a body of exactly so many bytes. */
function bodyOf(bytes: number): string {
  const body = (filling: string): string => JSON.stringify({ query: `{ hello } #${filling}` });
  return body("x".repeat(bytes - body("").length));
}

function addressOf(bytes: number): string {
  const start = "/graphql?query=%7Bhello%7D%23";
  return start + "x".repeat(bytes - start.length);
}

interface Bound {
  readonly name: string;
  ask(amount: number): Promise<FakeAnswer>;
  readonly most: number;
  /** Status of what keeps to the limit; absent: 200. */
  readonly passing?: number;
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const byPost =
  (write: (amount: number) => string) =>
  (amount: number): Promise<FakeAnswer> =>
    gateway.post({ query: write(amount) });
const costly = { status: 400, code: "OPERATION_TOO_COSTLY" };
const bounds: readonly Bound[] = [
  {
    name: "bytes of an address",
    ask: (bytes) => gateway.fetch(addressOf(bytes), { headers }),
    most: limits.addressBytes,
    status: 414,
    code: "BAD_USER_INPUT",
    message: "The address is too long: at most 8192 bytes.",
  },
  {
    name: "bytes of a body",
    ask: (bytes) => gateway.post(bodyOf(bytes)),
    most: limits.bodyBytes,
    status: 413,
    code: "BAD_USER_INPUT",
    message: "The body is too large: at most 262144 bytes.",
  },
  {
    name: "tokens",
    ask: (tokens) => {
      const operations = times(Math.floor(tokens / 5), (n) => `query A${n} { hello }`);
      const query = `${operations.slice(0, -1)}${" hello".repeat(tokens % 5)} }`;
      return gateway.post({ query, operationName: "A0" });
    },
    ...costly,
    most: limits.documentTokens,
    message: "The document is too long: at most 5000 tokens.",
  },
  { name: "levels", ask: byPost(nested), ...costly, most: limits.documentDepth, message: "at most 100 levels" },
  {
    name: "lists within lists",
    ask: byPost((depth) => `{ echo(text: ${"[".repeat(depth - 2)}${"]".repeat(depth - 2)}) }`),
    passing: 400,
    ...costly,
    most: limits.documentDepth,
    message: "at most 100 levels",
  },
  {
    name: "aliases",
    ask: byPost((aliases) => `{ ${times(aliases, (n) => `a${n}: hello`)} }`),
    ...costly,
    most: limits.documentAliases,
    message: "at most 500 aliases",
  },
  {
    name: "aliases of __typename",
    ask: byPost((aliases) => `{ ${times(aliases, (n) => `a${n}: __typename`)} }`),
    ...costly,
    most: limits.documentAliases,
    message: "at most 500 aliases",
  },
  {
    name: "directives",
    ask: byPost((directives) => `{ ${times(directives, (n) => `a${n}: hello @include(if: true)`)} }`),
    ...costly,
    most: limits.documentDirectives,
    message: "at most 100 directives",
  },
  {
    name: "selections of fragments",
    ask: byPost(spread),
    ...costly,
    most: limits.expandedSelections,
    message: "once its fragments are expanded",
  },
];

describe.each(bounds)("$name", ({ ask, most, passing = 200, status, code, message }) => {
  test(`${most} pass`, async () => {
    const answer = await ask(most);
    expect([answer.status, answer.body.data === undefined]).toEqual([passing, passing !== 200]);
    expect(answer.body.errors?.[0]?.extensions.code).not.toBe("OPERATION_TOO_COSTLY");
  });

  test(`${most + 1} are refused before anything is planned, and another client is served meanwhile`, async () => {
    const before = planned;
    const [refused, served] = await Promise.all([ask(most + 1), other()]);
    expect([refused.status, refused.body.data]).toEqual([status, undefined]);
    expect(refused.body.errors).toEqual([{ message: expect.stringContaining(message), extensions: { code } }]);
    expect(served.body).toEqual({ data: { hello: "world" } });
    expect(planned - before).toBe(1);
  });
});

describe("a packed body is not unpacked, whatever it would come to", () => {
  const bomb = Buffer.alloc(64 * 1024 * 1024, " ");
  test.each([
    ["gzip", gzipSync(bomb)],
    ["x-gzip", gzipSync(bomb)],
    ["br", brotliCompressSync(bomb.subarray(0, 1024 * 1024))],
    ["deflate", deflateSync(bomb)],
    ["zstd", Buffer.from("28b52ffd", "hex")],
    ["identity, gzip", gzipSync(bomb)],
  ])("%s", async (encoding, body) => {
    const answer = await gateway.fetch("/graphql", {
      method: "POST",
      headers: { ...headers, "content-encoding": encoding },
      body,
    });
    expect([answer.status, answer.body.errors]).toEqual([
      415,
      [
        {
          message: "Bodies are read as they are: send no content-encoding.",
          extensions: { code: "BAD_USER_INPUT" },
        },
      ],
    ]);
  });

  test("and one that says it is not packed is read", async () => {
    const answer = await gateway.post({ query: "{ hello }" }, { "content-encoding": "identity" });
    expect(answer.body).toEqual({ data: { hello: "world" } });
  });
});

describe("what never becomes an operation in time or in form", () => {
  const start = "POST /graphql HTTP/1.1\r\nhost: a\r\nauthorization: Bearer JUDICIAL\r\n";

  /** Sends these bytes, keeps the connection open and reads until the server closes it. */
  function send(url: string, bytes: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = "";
      const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(bytes));
      socket.on("data", (chunk) => {
        answer += chunk.toString();
      });
      socket.on("error", reject).on("close", () => resolve(answer));
    });
  }

  function expectRefused(answer: string, status: string, message: string): void {
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head.split("\r\n")[0]).toBe(`HTTP/1.1 ${status}`);
    expect(head).toContain("cache-control: no-store, private");
    expect(JSON.parse(body)).toEqual({ errors: [{ message, extensions: { code: "BAD_USER_INPUT" } }] });
  }

  describe("is cut off, and others are served meanwhile", () => {
    let hasty: FakeGateway;
    beforeAll(async () => {
      hasty = await startFakeGateway({ receiveMs: 500 });
    });
    afterAll(() => hasty.close());

    const late = "The request did not come in time: expected all of it within 0.5 seconds.";
    test.each([
      ["headers that never end", start],
      ["a body that never comes", `${start}content-type: application/json\r\ncontent-length: 100\r\n\r\n`],
      [
        "a body in pieces that never ends",
        `${start}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n`,
      ],
    ])("%s", async (_name, bytes) => {
      const slow = Promise.all(Array.from({ length: 50 }, () => send(hasty.url, bytes)));
      const served = await hasty.post({ query: "{ hello }" });
      expect(served.body).toEqual({ data: { hello: "world" } });
      for (const answer of await slow) expectRefused(answer, "408 Request Timeout", late);
    });
  });

  test.each([
    [
      "address and headers together over the limit",
      `${start}x: ${"y".repeat(limits.headerBytes)}\r\n\r\n`,
      "431 Request Header Fields Too Large",
      "Address and headers are too long: at most 16384 bytes together.",
    ],
    ["no HTTP", "hello\r\n\r\n", "400 Bad Request", "The request is not well formed: expected HTTP/1.1."],
    [
      "a header with a line break in it",
      `${start}x: a\r\r\nb: c\r\n\r\n`,
      "400 Bad Request",
      "The request is not well formed: expected HTTP/1.1.",
    ],
    [
      "two lengths",
      `${start}content-length: 3\r\ncontent-length: 4\r\n\r\n{}`,
      "400 Bad Request",
      "The request is not well formed: expected HTTP/1.1.",
    ],
    [
      "a length and pieces",
      `${start}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      "400 Bad Request",
      "The request is not well formed: expected HTTP/1.1.",
    ],
  ])("%s", async (_name, bytes, status, message) => {
    expectRefused(await send(gateway.url, bytes), status, message);
    expect((await other()).body).toEqual({ data: { hello: "world" } });
  });
});

describe("what costs much to compare or to say", () => {
  test.each([
    ["the same field 2,400 times", `{ ${"hello ".repeat(2_400)} }`],
    ["the same field 4,900 times", `{ ${"hello ".repeat(4_900)} }`],
    ["the same selection 900 times", `{ ${"a { hello } ".repeat(900)} }`],
  ])("%s is told what was expected", async (_name, query) => {
    const answer = await gateway.post({ query });
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [
        {
          message: expect.stringContaining("expected each field once in a selection"),
          extensions: { code: "OPERATION_TOO_COSTLY" },
        },
      ],
    ]);
  });

  test("a name of 200,000 characters is not said back", async () => {
    const answer = await gateway.post({ query: `{ ${"x".repeat(200_000)} }` });
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([400, "GRAPHQL_VALIDATION_FAILED"]);
    expect(answer.body.errors?.[0]?.message).toHaveLength(quotingCharacters + 1);
  });

  test("fragments that double twenty times, and fragments in a circle", async () => {
    const doubling = times(
      20,
      (level) => `fragment F${level} on Query { a { ...F${level + 1} } b: a { ...F${level + 1} } }`,
    );
    const bomb = await gateway.post({ query: `{ ...F0 } ${doubling} fragment F20 on Query { hello }` });
    expect([bomb.status, bomb.body.errors?.[0]?.extensions.code]).toEqual([400, "OPERATION_TOO_COSTLY"]);
    const circle = await gateway.post({ query: "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }" });
    expect([circle.status, circle.body.errors?.[0]?.extensions.code]).toEqual([400, "GRAPHQL_VALIDATION_FAILED"]);
  });

  test("lists 100,000 deep in variables and extensions are read and thrown away", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const wrong = await gateway.post(`{"query":"query($t: String!) { echo(text: $t) }","variables":{"t":${deep}}}`);
    expect([wrong.status, wrong.body.errors?.[0]?.extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
    for (const name of ["variables", "extensions"])
      expect((await gateway.post(`{"query":"{ hello }","${name}":{"t":${deep}}}`)).status).toBe(200);
  });

  test("braces and colons inside a string do not count", async () => {
    const text = "{a:".repeat(600);
    expect((await gateway.post({ query: `{ echo(text: "${text}") }` })).body).toEqual({ data: { echo: text } });
  });
});

test("the README's table names every limit with its figure", () => {
  const readme = readFileSync(path.join(root, "gateway", "README.md"), "utf8");
  const figures = [...readme.matchAll(/^\| [^|]+ \| ([\d,]+) [^|]*\|/gm)].map(([, figure = ""]) =>
    Number(figure.replaceAll(",", "")),
  );
  const { receiveMs, fetchMs, operationMs, idleMs, stopMs, ...counts } = limits;
  const seconds = [receiveMs, fetchMs, operationMs, idleMs, stopMs, standardLimits.planMs].map((ms) => ms / 1_000);
  const { selections, queue } = standardLimits;
  expect(figures).toEqual(
    expect.arrayContaining([
      ...Object.values(counts),
      ...seconds,
      mostRows,
      deepest,
      selections,
      queue,
      quotingCharacters,
    ]),
  );
});
