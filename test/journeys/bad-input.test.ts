import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  type Answer,
  type Claims,
  post,
  type Rogatory,
  readAnswer,
  startRogatory,
  storyMoment,
} from "../kit/start-rogatory.js";

const judge = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const auditor = { role: "AUDITOR", country: "FR" };
const open = "{ ruleBook { version } }";

/** A client's mistake is told to her, with what was expected, as 4xx or as a userError; it changes nothing and is never a 5xx. */
describe("bad input over HTTP", () => {
  let rogatory: Rogatory;
  let token: string;
  beforeAll(async () => {
    rogatory = await startRogatory({ now: storyMoment });
    token = await rogatory.token(judge);
  });
  afterAll(async () => {
    await rogatory?.stop();
  });

  async function send(init: {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string;
  }): Promise<Answer> {
    const { method = "POST", path = "/graphql", headers = {}, body } = init;
    const response = await fetch(`${rogatory.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return readAnswer(response, body);
  }

  async function ask(document: string, variables?: Record<string, unknown>, claims: Claims = judge): Promise<Answer> {
    return rogatory.ask(await rogatory.token(claims), document, variables);
  }

  const codeOf = ({ body }: Answer): string | undefined => body.errors?.[0]?.extensions.code;

  describe("without a good token nothing is answered, introspection neither", () => {
    test.each(["{ ruleBook { version } }", "{ __schema { queryType { name } } }", "{ __typename }", "{{{"])(
      "no token: %s",
      async (query) => {
        const answer = await post(`${rogatory.url}/graphql`, null, { query });
        expect([answer.status, codeOf(answer)]).toEqual([401, "UNAUTHENTICATED"]);
        expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
        expect(answer.body.data).toBeUndefined();
      },
    );

    test("a header or a claim that was changed, an empty signature, an algorithm of the client's choice", async () => {
      const [header = "", claims = "", signature = ""] = token.split(".");
      const rewrite = (part: string, change: object): string =>
        Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(part, "base64url").toString()), ...change })).toString(
          "base64url",
        );
      const forged = [
        `${rewrite(header, { alg: "none" })}.${claims}.`,
        `${rewrite(header, { alg: "HS256" })}.${claims}.${signature}`,
        `${rewrite(header, { kid: "../../dev/null" })}.${claims}.${signature}`,
        `${rewrite(header, { jku: "http://127.0.0.1:9/keys" })}.${claims}.${signature}`,
        `${header}.${rewrite(claims, { role: "AUDITOR" })}.${signature}`,
        `${header}.${claims}.`,
        "nonsense",
      ];
      for (const one of forged) {
        const answer = await post(`${rogatory.url}/graphql`, one, { query: open });
        expect([one.slice(0, 20), answer.status, codeOf(answer)]).toEqual([one.slice(0, 20), 401, "UNAUTHENTICATED"]);
      }
    });
  });

  test.each([
    ["a text that is no GraphQL", "{ user(", "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", "{ nope }", "GRAPHQL_VALIDATION_FAILED"],
    ["an argument that is missing", "{ user { id } }", "GRAPHQL_VALIDATION_FAILED"],
    ["an unknown enum value", "{ rules(category: FOO) { id } }", "GRAPHQL_VALIDATION_FAILED"],
    ["a date that does not exist", '{ rules(asOf: "2026-02-30") { id } }', "GRAPHQL_VALIDATION_FAILED"],
    [
      "a time that does not exist",
      '{ warrants(filter: { changedSince: "2026-13-01T00:00:00Z" }) { nodes { id } } }',
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["a country in small letters", '{ country(code: "fr") { code } }', "GRAPHQL_VALIDATION_FAILED"],
    ["a country that does not exist", '{ country(code: "XX") { code } }', "GRAPHQL_VALIDATION_FAILED"],
    [
      "a fragment that spreads itself",
      '{ user(id: "u01") { ...A } } fragment A on User { ...A }',
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["the subgraphs' own roots", "{ _service { sdl } }", "GRAPHQL_VALIDATION_FAILED"],
    [
      "the gateway's own roots",
      '{ doorWarrants(ids: ["warrant-fr-quiet-heron"]) { id } }',
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["what is known of a person", '{ user(id: "u01") { jurisdiction { residence } } }', "GRAPHQL_VALIDATION_FAILED"],
    [
      "two warrants at once",
      'query @warrant(id: "a") @warrant(id: "b") { user(id: "u01") { legalName } }',
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "a warrant on a mutation",
      'mutation @warrant(id: "a") { closeCase(id: "x") { case { id } } }',
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "several operations and no name",
      "query A { ruleBook { version } } query B { countries { code } }",
      "BAD_USER_INPUT",
    ],
    ["@defer", '{ user(id: "u01") { id ... @defer { handle } } }', "GRAPHQL_VALIDATION_FAILED"],
    ["a variable that is missing", "query ($id: ID!) { user(id: $id) { id } }", "BAD_USER_INPUT"],
  ])("400 for %s", async (_, document, code) => {
    const answer = await ask(document);
    expect([answer.status, codeOf(answer), answer.body.data]).toEqual([400, code, undefined]);
  });

  test("406 for a subscription that takes no events, and 400 for the name of an operation that is not there", async () => {
    const unstreamed = await ask("subscription { warrantChanged { id } }");
    expect([unstreamed.status, codeOf(unstreamed)]).toEqual([406, "BAD_USER_INPUT"]);
    expect(unstreamed.body.errors?.[0]?.message).toContain("accept: text/event-stream");
    const unknown = await send({ body: JSON.stringify({ query: `query A ${open}`, operationName: "B" }) });
    expect([unknown.status, codeOf(unknown)]).toEqual([400, "BAD_USER_INPUT"]);
  });

  test("the form of a variable is checked before anything is asked: nothing is recorded", async () => {
    const document =
      'query ($from: DateTime) @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { ipAddresses(from: $from) { nodes { address } } } }';
    const answer = await ask(document, { from: "yesterday" });
    expect([answer.status, codeOf(answer), answer.body.extensions]).toEqual([400, "BAD_USER_INPUT", undefined]);
  });

  test.each([
    ["a batch", { body: `[{"query":"${open}"}]` }, 400],
    ["a key named twice", { body: `{"query":"${open}","query":"{ countries { code } }"}` }, 400],
    ["no JSON", { body: '{"query":' }, 400],
    ["no query", { body: "{}" }, 400],
    ["variables as a text", { body: `{"query":"${open}","variables":"{}"}` }, 400],
    ["a form", { body: "query=x", headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    ["a plain text", { body: `{"query":"${open}"}`, headers: { "content-type": "text/plain" } }, 415],
    [
      "another charset",
      { body: `{"query":"${open}"}`, headers: { "content-type": "application/json; charset=utf-16" } },
      415,
    ],
    ["300 kB", { body: JSON.stringify({ query: `${open} #${"x".repeat(300_000)}` }) }, 413],
    ["an unknown address", { path: "/nope", body: "{}" }, 404],
    [
      "a mutation by GET",
      {
        method: "GET",
        path: `/graphql?query=${encodeURIComponent('mutation { closeCase(id: "x") { case { id } } }')}`,
      },
      405,
    ],
    [
      "identity data by GET",
      { method: "GET", path: `/graphql?query=${encodeURIComponent('{ user(id: "u01") { legalName } }')}` },
      405,
    ],
  ])("%s is refused with a GraphQL error body", async (_, init, status) => {
    const answer = await send(init);
    expect([answer.status, codeOf(answer)]).toEqual([status, "BAD_USER_INPUT"]);
    expect(answer.body.data).toBeUndefined();
  });

  test.each([
    ["5 000 tokens", `{ ${Array.from({ length: 3_000 }, (_, index) => `a${index}: __typename`).join(" ")} }`],
    ["deep nesting", `${"{ a".repeat(200)}${" }".repeat(200)}`],
    ["fragments that double", doublingFragments(20)],
    ["lists within lists within lists", `{ user(id: "u01") { ${nestedLists(12)} } }`],
  ])("%s are refused early", async (_, document) => {
    const answer = await ask(document);
    expect([answer.status, codeOf(answer)]).toEqual([400, "OPERATION_TOO_COSTLY"]);
  });

  describe("pages", () => {
    const lists: readonly (readonly [string, Claims])[] = [
      ["cases(PAGE) { nodes { id } }", judge],
      ["warrants(PAGE) { nodes { id } }", judge],
      ['warrant(id: "warrant-fr-quiet-heron") { items(PAGE) { nodes { id } } }', judge],
      ['case(id: "case-fr-hate") { warrants(PAGE) { nodes { id } } }', judge],
      ['posts(filter: { authorId: "u01" }, PAGE) { nodes { id } }', judge],
      ['user(id: "u01") { posts(PAGE) { nodes { id } } }', judge],
      ["accessLog(PAGE) { nodes { index } }", auditor],
    ];
    test.each(lists)("%s takes 1 to 100 and its own cursors", async (list, claims) => {
      for (const page of ["first: 0", "first: -1", "first: 101", 'after: "xx"', 'after: ""']) {
        const answer = await ask(`{ ${list.replace("PAGE", page)} }`, {}, claims);
        expect([page, answer.status, codeOf(answer)]).toEqual([page, 400, "BAD_USER_INPUT"]);
      }
      expect((await ask(`{ ${list.replace("PAGE", "first: 100")} }`, {}, claims)).status).toBe(200);
    });

    test("a cursor of another list, or of the same list under another filter, is foreign", async () => {
      const first = await ask(
        '{ posts(filter: { authorId: "u01" }, first: 1) { pageInfo { endCursor hasNextPage } } }',
      );
      const { endCursor, hasNextPage } = first.body.data.posts.pageInfo;
      expect(hasNextPage).toBe(true);
      for (const list of [
        'user(id: "u01") { posts(after: $a) { nodes { id } } }',
        'posts(filter: { authorId: "u02" }, after: $a) { nodes { id } }',
        "warrants(after: $a) { nodes { id } }",
      ]) {
        const answer = await ask(`query ($a: String) { ${list} }`, { a: endCursor });
        expect([answer.status, codeOf(answer)]).toEqual([400, "BAD_USER_INPUT"]);
      }
      const next = await ask('query ($a: String) { posts(filter: { authorId: "u01" }, after: $a) { nodes { id } } }', {
        a: endCursor,
      });
      expect(next.body.data.posts.nodes.map(({ id }: { id: string }) => id)).toEqual(["u01-p2", "u01-p1", "u01-p4"]);
    });

    test("pages of identity data keep to the period of the warrant, whatever the client asks for", async () => {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const answer: Answer = await ask(
          'query ($a: String) @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { ipAddresses(first: 3, after: $a, from: "2019-01-01T00:00:00Z") { nodes { seenAt } pageInfo { hasNextPage endCursor } } } }',
          { a: after },
        );
        const { nodes, pageInfo } = answer.body.data.user.ipAddresses;
        seen.push(...nodes.map(({ seenAt }: { seenAt: string }) => seenAt));
        after = pageInfo.endCursor;
        more = pageInfo.hasNextPage;
      }
      expect(seen).toHaveLength(8);
      expect(seen.every((moment) => moment >= "2026-08-25T10:00:00.000Z" && moment < storyMoment)).toBe(true);
    });
  });

  test("the status: 200 as soon as one root has a value, otherwise that of the first error", async () => {
    const bad = "warrants(first: 0) { nodes { id } }";
    const forbidden = "accessLog { nodes { index } }";
    expect((await ask(`{ ruleBook { version } ${bad} }`)).status).toBe(200);
    expect((await ask(`{ case(id: "nope") { id } ${bad} }`)).status).toBe(400);
    expect((await ask(`{ ${forbidden} ${bad} }`)).status).toBe(403);
    expect((await ask(`{ ${bad} ${forbidden} }`)).status).toBe(400);
    expect((await ask('{ case(id: "nope") { id } user(id: "nope") { id } }')).status).toBe(200);
  });

  test("acting on another text than the one that stands is a CONFLICT and changes nothing", async () => {
    const facebook = { role: "PROVIDER", platform: "FACEBOOK" };
    const answer = await ask(
      'mutation { acceptWarrant(input: { id: "warrant-fr-quiet-heron", contentHash: "0" }) { warrant { id } } }',
      {},
      facebook,
    );
    expect([answer.status, codeOf(answer)]).toEqual([409, "CONFLICT"]);
  });

  test.each([
    [
      "an offence of another state",
      '{ preview(input: { offenceCodes: ["DE-STGB-130"], platform: "FACEBOOK", categories: [SUBSCRIBER] }) { decisions { code } } }',
    ],
    [
      "an unknown platform",
      '{ preview(input: { offenceCodes: ["FR-1881-24"], platform: "NOPE", categories: [SUBSCRIBER] }) { decisions { code } } }',
    ],
    ["an unknown category of offence", '{ offences(category: "NOPE") { code } }'],
    ["a country that the rule book does not know", '{ rules(requesting: "AQ") { id } }'],
    [
      "a sentence of less than nothing",
      '{ decide(question: { requesting: "FR", authority: JUDGE, providerCountry: "IE", platform: "FACEBOOK", category: SUBSCRIBER, offenceCategory: "TERRORISM", maxCustodialYears: -1 }) { code } }',
    ],
    [
      "an empty period",
      '{ posts(filter: { authorId: "u01", publishedFrom: "2026-10-01T00:00:00Z", publishedTo: "2026-09-01T00:00:00Z" }) { nodes { id } } }',
    ],
    ["a search over everybody's speech by a court", '{ posts(filter: { language: "fr" }) { nodes { id } } }'],
  ])("400 for %s", async (_, document) => {
    const answer = await ask(document);
    expect([answer.status, codeOf(answer)]).toEqual([400, "BAD_USER_INPUT"]);
  });

  test.each([
    ["reference", "a\nb", "TEXT_LINES"],
    ["reference", " ", "TEXT_EMPTY"],
    ["offenceCodes", [], "OFFENCES_EMPTY"],
    ["offenceCodes", ["NOPE"], "OFFENCE_UNKNOWN"],
    ["offenceCodes", ["DE-STGB-130"], "OFFENCE_OF_ANOTHER_STATE"],
    ["postIds", ["nope"], "POST_UNKNOWN"],
  ])("a case with %s %j is not opened", async (field, value, code) => {
    const before = await ask("{ cases(first: 100) { nodes { id } } }");
    const input = { reference: "PAR 26/1", offenceCodes: ["FR-1881-24"], committedOnline: true, [field]: value };
    const { body } = await ask(
      "mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id } userErrors { code } } }",
      { input },
    );
    expect(body.data.openCase).toEqual({ case: null, userErrors: [{ code }] });
    expect((await ask("{ cases(first: 100) { nodes { id } } }")).body.data).toEqual(before.body.data);
  });

  test("of more than 100 denied paths 100 are errors, and all are in the disclosure", async () => {
    const roots = Array.from({ length: 150 }, (_, index) => `a${index}: user(id: "u02") { legalName }`);
    const { status, body } = await ask(`query @warrant(id: "warrant-fr-quiet-heron") { ${roots.join(" ")} }`);
    expect([status, body.errors?.length]).toEqual([200, 100]);
    expect(body.extensions.disclosure.withheld).toHaveLength(1);
    expect(body.extensions.disclosure.withheld[0].paths).toHaveLength(150);
  });
});

/** 2^depth selections in a few lines. */
function doublingFragments(depth: number): string {
  const fragments = Array.from({ length: depth }, (_, index) => {
    const next = `posts(first: 1) { nodes { author { ...F${index + 1} } } }`;
    return `fragment F${index} on User { a: ${next} b: ${next} }`;
  });
  return `{ user(id: "u01") { ...F0 } } ${fragments.join(" ")} fragment F${depth} on User { id }`;
}

/** A short text whose answer has up to 100^depth rows. */
function nestedLists(depth: number): string {
  return depth === 0 ? "id" : `posts(first: 100) { nodes { author { ${nestedLists(depth - 1)} } } }`;
}
