import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { findValues } from "./find-values.js";
import { accountIds, identityValues } from "./identity-values.js";
import { type Disclosed, scanAnswer } from "./scan-answer.js";

/** The scanner itself: what it finds, and what it lets pass. */
const email = "specimen-01@mail.example";

test("every person of the demo data has values to be found", () => {
  const owners = new Set(identityValues.flatMap((value) => [...value.owners]));
  expect([...owners].sort()).toEqual([...accountIds].sort());
  const fields = new Set(identityValues.flatMap((value) => [...value.fields]));
  expect([...fields].sort()).toEqual([
    "Post.authorIp",
    "Post.removedBody",
    "User.dateOfBirth",
    "User.email",
    "User.ipAddresses",
    "User.legalName",
    "User.messages",
    "User.phone",
    "User.postalAddress",
    "User.sessions",
  ]);
});

describe("a value is found in a text", () => {
  test.each([
    ["in a line of a log", `{"level":30,"email":"${email}","msg":"sent"}`],
    ["in capitals", email.toUpperCase()],
    ["in an address", `/graphql?q=${encodeURIComponent(email)}`],
    ["in base64", `{"value":"${Buffer.from(email).toString("base64")}"}`],
    ["as its digest", createHash("sha256").update(email).digest("hex")],
    ["as a label of a metric", `reads_total{person="Specimen Person 01"} 1`],
    ["before a port", "198.51.100.16:40100"],
    ["at the beginning of a time", "1971-02-11T00:00:00Z"],
    ["of the seed command", "Synthetic Person 000001"],
  ])("%s", (_name, text) => {
    expect(findValues(text)).toHaveLength(1);
  });

  test.each([
    ["a public name", "quiet.heron, Quiet Heron, u01"],
    ["a longer address", "198.51.100.1640 2001:db8:1::3f"],
    ["a longer number", "+155501000011"],
  ])("and %s is none", (_name, text) => {
    expect(findValues(text)).toEqual([]);
  });
});

describe("in an answer", () => {
  const disclosure = { operationId: "o", warrant: "warrant-fr-quiet-heron", receipts: [{}], withheld: [] };
  const query = '{ user(id: "u01") { id handle email phone posts { nodes { id body authorIp { address } } } } }';
  const scan = (data: unknown, rest: object = {}, asked = query, headers = {}): readonly Disclosed[] =>
    scanAnswer({
      request: { query: asked },
      headers: new Headers(headers),
      text: JSON.stringify({ data, extensions: { disclosure }, ...rest }),
    });
  const user = (fields: object): object => ({ user: { id: "u01", handle: "quiet.heron", ...fields } });

  test("identity data may stand where it was asked for, of that person, under warrant and receipt", () => {
    const nodes = [{ id: "u01-p1", body: "a", authorIp: { address: "198.51.100.16" } }];
    expect(
      scan(user({ email, phone: null, posts: { nodes } })).map(({ field, path }) => [field, path.join(".")]),
    ).toEqual([
      ["User.email", "user.email"],
      ["Post.authorIp", "user.posts.nodes.0.authorIp.address"],
    ]);
  });

  test("an alias and a fragment change nothing, nor a key that looks like another", () => {
    const asked = '{ node(id: "u01") { ... on User { id: handle handle: email } } }';
    expect(scan({ node: { id: "quiet.heron", handle: email } }, {}, asked)).toHaveLength(1);
    expect(() => scan({ node: { id: email, handle: "quiet.heron" } }, {}, asked)).toThrow(
      "no identity field stands here",
    );
  });

  test("what the client wrote herself may be said back, and the authority's own target be shown to it", () => {
    const errors = [{ message: `Cannot find ${email}` }];
    expect(scan(null, { errors }, `{ user(id: "${email}") { id } }`)).toEqual([]);
    const targets = '{ warrant(id: "w") { targets { value } } }';
    expect(scan({ warrant: { targets: [{ value: email }] } }, {}, targets)).toEqual([]);
  });

  test.each<readonly [string, () => unknown, string]>([
    ["in an open field", () => scan(user({ handle: email })), "no identity field stands here"],
    ["in an error", () => scan(null, { errors: [{ message: email }] }), "at errors or extensions"],
    ["in the extensions", () => scan(null, { extensions: { disclosure, email } }), "at errors or extensions"],
    ["in a header", () => scan(user({}), {}, query, { "x-served": email }), "at the header x-served"],
    ["of another field", () => scan(user({ phone: email })), "User.phone does not hold it"],
    ["of another person", () => scan(user({ email: "specimen-02@mail.example" })), "it is not of u01"],
    [
      "of another author",
      () => scan(user({ posts: { nodes: [{ id: "u01-p1", authorIp: { address: "203.0.113.32" } }] } })),
      "it is not of u01",
    ],
    [
      "of a person whom the warrant does not name",
      () => scan({ user: { email: "specimen-02@mail.example" } }, {}, '{ user(id: "u02") { email } }'),
      "the warrant names u01",
    ],
    [
      "at a path that is withheld",
      () =>
        scan(user({ email }), {
          extensions: { disclosure: { ...disclosure, withheld: [{ paths: [["user", "email"]] }] } },
        }),
      "said to be withheld",
    ],
    [
      "without a receipt",
      () => scan(user({ email }), { extensions: { disclosure: { ...disclosure, receipts: [] } } }),
      "no receipt",
    ],
    [
      "without a warrant",
      () => scan(user({ email }), { extensions: { disclosure: { ...disclosure, warrant: null } } }),
      "no warrant",
    ],
    ["without a disclosure", () => scan(user({ email }), { extensions: {} }), "no receipt"],
    [
      "beside what was asked",
      () => scan({ user: { id: "u01", legalName: "Specimen Person 01" } }),
      "no identity field",
    ],
    [
      "in the answer to a request that is not valid",
      () => scan(user({ email }), {}, "{ nothing }"),
      "what was asked is not valid",
    ],
  ])("a value %s is a leak", (_name, leak, why) => {
    expect(leak).toThrow(why);
  });
});
