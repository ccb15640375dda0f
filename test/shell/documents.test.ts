import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openKeptDocuments } from "../../gateway/main/documents/keep-documents.js";
import { listedDocuments } from "../../gateway/main/documents/listed-documents.js";
import type { Principal } from "../../schema/principal.js";
import { type FakeAnswer, type FakeGateway, startFakeGateway } from "./fake-gateway.js";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const named = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } });
const byHash = (text: string) => ({ extensions: named(sha256(text)) });
const judge = { authorization: "Bearer JUDICIAL" };

/** What came back, in the three words that matter. */
const told = ({ status, body }: FakeAnswer) => [status, body.errors?.[0]?.extensions.code, body.data];
const notFound = [200, "PERSISTED_QUERY_NOT_FOUND", undefined];
const notListed = [403, "QUERY_NOT_IN_SAFELIST", undefined];

function inAddress(parameters: Readonly<Record<string, unknown>>): string {
  const texts = Object.entries(parameters).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return `/graphql?${new URLSearchParams(texts)}`;
}

describe("automatic persisted queries", () => {
  let gateway: FakeGateway;
  beforeAll(async () => {
    gateway = await startFakeGateway();
  });
  afterAll(() => gateway.close());

  test("a hash that is not known is asked for its text; sent with it once, the hash is enough, for everybody", async () => {
    const query = "query Say($t: String!) { echo(text: $t) }";
    const variables = { t: "hi" };
    const unknown = await gateway.post({ ...byHash(query), variables });
    expect(told(unknown)).toEqual(notFound);
    expect(unknown.body.errors?.[0]?.message).toBe("PersistedQueryNotFound");
    expect(told(await gateway.post({ query, ...byHash(query), variables }))).toEqual([200, undefined, { echo: "hi" }]);
    const again = await gateway.post({ ...byHash(query), variables: { t: "ho" } }, { authorization: "Bearer AUDITOR" });
    expect(told(again)).toEqual([200, undefined, { echo: "ho" }]);
    expect(gateway.opened.at(-1)?.operationHash).toBe(sha256(query));
  });

  test("by GET as well, and from one to the other", async () => {
    const query = "query ByGet($t: String!) { echo(text: $t) }";
    const get = (parameters: object) =>
      gateway.fetch(inAddress({ ...parameters, variables: { t: "hi" } }), { headers: judge });
    expect(told(await get(byHash(query)))).toEqual(notFound);
    expect(told(await get({ query, ...byHash(query) }))).toEqual([200, undefined, { echo: "hi" }]);
    expect(told(await get(byHash(query)))).toEqual([200, undefined, { echo: "hi" }]);
    expect(told(await gateway.post({ ...byHash(query), variables: { t: "ho" } }))).toEqual([
      200,
      undefined,
      { echo: "ho" },
    ]);
  });

  test.each([
    ["a mutation", "mutation Change { change }"],
    ["an operation under a warrant", "query Under($w: ID!) @warrant(id: $w) { hello }"],
  ])("%s is 405 by GET, by its hash too", async (_, query) => {
    await gateway.post({ query, ...byHash(query), variables: { w: "w1" } });
    const answer = await gateway.fetch(inAddress({ ...byHash(query), variables: { w: "w1" } }), { headers: judge });
    expect(told(answer)).toEqual([405, "BAD_USER_INPUT", undefined]);
    expect(answer.headers.get("allow")).toBe("POST");
  });

  test.each([
    ["a hash of another text", named(sha256("{ other }")), /hash is not that of the query/],
    ["another version", named(sha256("{ hello }"), 2), /expected `version` 1/],
    ["a version that is a text", named(sha256("{ hello }"), "1"), /expected `version` 1/],
    ["capital letters", named(sha256("{ hello }").toUpperCase()), /64 hexadecimal digits in small letters/],
    ["a hash that is too short", named("abc"), /64 hexadecimal digits in small letters/],
    ["a hash that is a list", named([sha256("{ hello }")]), /64 hexadecimal digits in small letters/],
    ["no object", { persistedQuery: sha256("{ hello }") }, /is not well formed/],
  ])("400 for %s, with the text and without", async (name, extensions, message) => {
    for (const query of name === "a hash of another text" ? ["{ hello }"] : ["{ hello }", undefined]) {
      const answer = await gateway.post({ query, extensions });
      expect(told(answer)).toEqual([400, "BAD_USER_INPUT", undefined]);
      expect(answer.body.errors?.[0]?.message).toMatch(message);
    }
    expect(told(await gateway.post(byHash("{ hello }")))).toEqual(notFound);
  });

  test("extensions of others, and one that is null, say nothing of the document", async () => {
    for (const extensions of [{ persistedQuery: null }, { trace: true }, null])
      expect(told(await gateway.post({ query: "{ hello }", extensions }))).toEqual([
        200,
        undefined,
        { hello: "world" },
      ]);
  });

  test.each(["query", "extensions", "variables"])("400 for the parameter %s twice in an address", async (name) => {
    const address = `${inAddress({ query: "{ hello }", variables: {}, ...byHash("{ hello }") })}&${name}=%7B%7D`;
    expect(told(await gateway.fetch(address, { headers: judge }))).toEqual([400, "BAD_USER_INPUT", undefined]);
  });

  test("a text that is out of bounds is refused and not kept", async () => {
    for (const query of [`{ ${"a { ".repeat(101)}hello${" }".repeat(101)} }`, `{ ${"hello ".repeat(5_001)} }`]) {
      expect(told(await gateway.post({ query, ...byHash(query) }))).toEqual([400, "OPERATION_TOO_COSTLY", undefined]);
      expect(told(await gateway.post(byHash(query)))).toEqual(notFound);
    }
  });

  test("a client's mistake says nothing in the log", () => {
    expect(gateway.lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

describe("in production", () => {
  let gateway: FakeGateway;
  beforeAll(async () => {
    gateway = await startFakeGateway({ production: true });
  });
  afterAll(() => gateway.close());

  test("what a role may not do by the text it may not do by the hash", async () => {
    const query = "{ __schema { queryType { name } } }";
    const engineer = { authorization: "Bearer ENGINEER" };
    expect((await gateway.post({ query, ...byHash(query) }, engineer)).status).toBe(200);
    expect(told(await gateway.post(byHash(query)))).toEqual([403, "FORBIDDEN", undefined]);
  });
});

describe("what is kept of documents", () => {
  const principal = (sub: string): Principal => ({
    sub,
    role: "JUDICIAL",
    country: "FR",
    authority: "fr-tj-paris",
    platform: null,
  });
  const keep = (documents: ReturnType<typeof openKeptDocuments>, text: string, who = principal("a")): string =>
    documents.find({ text, hash: sha256(text) }, who);
  const finds = (documents: ReturnType<typeof openKeptDocuments>, text: string, who = principal("a")): boolean => {
    try {
      return documents.find({ text: null, hash: sha256(text) }, who) === text;
    } catch {
      return false;
    }
  };

  test.each([
    ["variables and page sizes", "query ($id: ID!) { user(id: $id) { posts(first: 100) { nodes { id } } } }", true],
    ["a string", '{ user(id: "u01") { id } }', false],
    ["a string of several lines", '{ user(id: """u01""") { id } }', false],
    ["a number that may be an id", "{ user(id: 4711) { id } }", false],
    ["no GraphQL", "{ user(id: 'u01') }", false],
  ])("a text with %s is found again by others: %#", (_, text, byOthers) => {
    const documents = openKeptDocuments();
    keep(documents, text);
    expect([finds(documents, text), finds(documents, text, principal("b"))]).toEqual([true, byOthers]);
  });

  test("a text that came without its hash is not kept", () => {
    const documents = openKeptDocuments();
    documents.find({ text: "{ a }", hash: null }, principal("a"));
    expect(finds(documents, "{ a }")).toBe(false);
  });

  test("of a thousand and one the one unused for longest is forgotten; one that is too long was never kept", () => {
    const documents = openKeptDocuments();
    const text = (index: number): string => `{ f${index} }`;
    const long = `{ a }${" ".repeat(32 * 1024)}`;
    expect(keep(documents, long)).toBe(long);
    expect(finds(documents, long)).toBe(false);
    for (let index = 0; index < 1_000; index += 1) keep(documents, text(index));
    expect(finds(documents, text(0))).toBe(true);
    keep(documents, text(1_000));
    expect([0, 1, 2, 1_000].map((index) => finds(documents, text(index)))).toEqual([true, false, true, true]);
  });
});

describe("a safelist", () => {
  const listed = "query Listed($t: String!) { echo(text: $t) }";
  const mutation = "mutation Change { change }";
  const other = "{ hello }";
  const variables = { t: "hi" };
  let gateway: FakeGateway;
  beforeAll(async () => {
    gateway = await startFakeGateway({
      documents: listedDocuments({
        digest: "",
        documents: new Map([listed, mutation].map((text) => [sha256(text), text])),
      }),
    });
  });
  afterAll(() => gateway.close());

  test("a listed document is answered by its hash alone, by its text, and by both, at once", async () => {
    for (const asked of [byHash(listed), { query: listed }, { query: listed, ...byHash(listed) }]) {
      const expected = [200, undefined, { echo: "hi" }];
      expect(told(await gateway.post({ ...asked, variables }))).toEqual(expected);
      expect(told(await gateway.fetch(inAddress({ ...asked, variables }), { headers: judge }))).toEqual(expected);
    }
    expect(told(await gateway.fetch(inAddress(byHash(mutation)), { headers: judge }))).toEqual([
      405,
      "BAD_USER_INPUT",
      undefined,
    ]);
  });

  test.each([
    ["another text", { query: other }],
    ["its hash", byHash(other)],
    ["both", { query: other, ...byHash(other) }],
    ["a listed text with one space more", { query: `${listed} ` }],
    ["introspection", { query: "{ __schema { queryType { name } } }" }],
    ["what does not parse", { query: "{" }],
    ["what is too deep", { query: `{ ${"a { ".repeat(101)}hello${" }".repeat(101)} }` }],
    ["an empty text", { query: "" }],
  ])("403 for %s, every time, from every client", async (_, asked) => {
    for (const role of ["JUDICIAL", "PROVIDER", "AUDITOR", "ENGINEER", "JUDICIAL"]) {
      const headers = { authorization: `Bearer ${role}` };
      const answer = await gateway.post({ ...asked, variables }, headers);
      expect(told(answer)).toEqual(notListed);
      expect(answer.body.errors?.[0]?.message).toMatch(/^This gateway answers the documents of its safelist alone/);
      expect(told(await gateway.fetch(inAddress({ ...asked, variables }), { headers }))).toEqual(notListed);
    }
  });

  test("a request that names no document, or one by the hash of another, is 400 as ever", async () => {
    expect(told(await gateway.post({ variables }))).toEqual([400, "BAD_USER_INPUT", undefined]);
    expect(told(await gateway.post({ query: { kind: "Document" } }))).toEqual([400, "BAD_USER_INPUT", undefined]);
    expect(told(await gateway.post({ query: other, ...byHash(listed) }))).toEqual([400, "BAD_USER_INPUT", undefined]);
  });

  test("a subgraph that asks back is held to its own right, not to the list; to the limits of a document like anybody", async () => {
    const headers = { authorization: "Bearer SERVICE" };
    expect(told(await gateway.post({ query: other }, headers))).toEqual([403, "FORBIDDEN", undefined]);
    const deep = `{ ${"a { ".repeat(101)}hello${" }".repeat(101)} }`;
    expect(told(await gateway.post({ query: deep }, headers))).toEqual([400, "OPERATION_TOO_COSTLY", undefined]);
    expect(told(await gateway.post(byHash(other), headers))).toEqual(notListed);
  });

  test("without a token nobody is told what is listed", async () => {
    const answer = await gateway.fetch(inAddress(byHash(other)));
    expect(told(answer)).toEqual([401, "UNAUTHENTICATED", undefined]);
  });
});
