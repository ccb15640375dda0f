import { createHash, createHmac } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { grantHeader } from "../../schema/calls.js";
import { StoreRefused } from "../../schema/ledger/log-store.js";
import { iss, judge, type Office, openOffice, part, seconds } from "../authenticate/tokens.js";
import { type Installation, openInstallation, type Told } from "./kit/installation.js";
import { nameSecondTarget } from "./kit/name-second-target.js";
import { berlin, braveBadger, identityValue, paris, quietHeron } from "./kit/people.js";
import { type Asked, send } from "./kit/proxy.js";
import { alarmsOf, decisionsOf, errorsOf, operationOf, outcomesOf } from "./kit/read-told.js";

let site: Installation;
/** Vouches for judges of France alone. */
let office: Office;
beforeAll(async () => {
  office = await openOffice();
  const none = { platforms: [], centralAuthorityMayRevoke: false };
  const mayVouchFor = { roles: ["JUDICIAL"], countries: ["FR"], authorities: ["fr-*"], ...none };
  site = await openInstallation({ issuers: [{ iss, keys: { jwks: { keys: [office.publicJwk] } }, mayVouchFor }] });
});
afterAll(async () => {
  await site?.close();
});
beforeEach(() => site.reset());

const granted = (): Asked[] => site.wire.asked.filter(({ identity }) => identity);
/** "User u01 email,legalName", one for each entity that a grant named. */
const entities = (): string[] =>
  granted().flatMap(
    ({ scope }) => scope?.entities.map(({ type, id, fields }) => `${type} ${id} ${fields.join()}`) ?? [],
  );
const under = (warrant: string, text: string): string => text.replace("{", `@warrant(id: "${warrant}") {`);
const denied = (path: string, code: string): string => `${path} UNAUTHORIZED_FIELD_OR_TYPE ${code}`;

describe("whatever the text of an operation looks like, each field is decided for the concrete person", () => {
  const name01 = "Specimen Person 01";
  const mail01 = "specimen-01@mail.example";
  /** Text, variables, what is in the data, what is withheld, what a grant names. Under the warrant against u01. */
  const attacks: readonly (readonly [string, string, Record<string, unknown>, unknown, string[], string[]])[] = [
    [
      "through an interface, by id",
      'query { node(id: "u01") { id ... on User { legalName } } other: node(id: "u02") { ... on User { legalName } } }',
      {},
      { node: { id: "u01", legalName: name01 }, other: { legalName: null } },
      [denied("other.legalName", "SUBJECT_NOT_NAMED")],
      ["User u01 legalName"],
    ],
    [
      "through the interface within itself",
      'query { node(id: "u02") { ... on Node { ... on Node { ... on User { ... on Node { ... on User { email } } } } } } }',
      {},
      { node: { email: null } },
      [denied("node.email", "SUBJECT_NOT_NAMED")],
      [],
    ],
    [
      "the same key in two fragments, for persons of two lists",
      'query { posts(filter: { ids: ["u01-p1", "u02-p1"] }) { nodes { ...A ...B } } } fragment A on Post { author { legalName } } fragment B on Post { author { ... on User { legalName id } } }',
      {},
      { posts: { nodes: [{ author: { legalName: null, id: "u02" } }, { author: { legalName: name01, id: "u01" } }] } },
      [denied("posts.nodes.0.author.legalName", "SUBJECT_NOT_NAMED")],
      ["User u01 legalName"],
    ],
    [
      "a permitted field beside a withheld one of the same person, in either order",
      'query { user(id: "u01") { sessions { nodes { address } } email messages { nodes { body } } } }',
      {},
      { user: { sessions: null, email: mail01, messages: null } },
      [denied("user.messages", "OFFENCE_BELOW_THRESHOLD"), denied("user.sessions", "NATIONAL_PRECONDITION")],
      ["User u01 email"],
    ],
    [
      "aliases that are names of keys",
      'query { user(id: "u02") { id: handle __typename: displayName jurisdiction: id author: email } }',
      {},
      { user: { id: "brave.badger", __typename: "Brave Badger", jurisdiction: "u02", author: null } },
      [denied("user.author", "SUBJECT_NOT_NAMED")],
      [],
    ],
    [
      "another's text under the key of the one who is named",
      'query { a: user(id: "u02") { id: handle email } user(id: "u01") { id: displayName email: legalName } }',
      {},
      { a: { id: "brave.badger", email: null }, user: { id: "Quiet Heron", email: name01 } },
      [denied("a.email", "SUBJECT_NOT_NAMED")],
      ["User u01 legalName"],
    ],
    [
      "aliases that look like the gateway's own",
      'query { _entities: user(id: "u01") { _0: email _g0: legalName _internal_qp_alias_0: handle } c0_User: user(id: "u02") { _r0: email } }',
      {},
      { _entities: { _0: mail01, _g0: name01, _internal_qp_alias_0: "quiet.heron" }, c0_User: { _r0: null } },
      [denied("c0_User._r0", "SUBJECT_NOT_NAMED")],
      ["User u01 email,legalName"],
    ],
    [
      "aliases that mean something to an engine",
      'query { __proto__: user(id: "u01") { constructor: email hasOwnProperty: handle toString: id } }',
      {},
      JSON.parse(`{"__proto__": {"constructor": "${mail01}", "hasOwnProperty": "quiet.heron", "toString": "u01"}}`),
      [],
      ["User u01 email"],
    ],
    [
      "three fragments deep under another name",
      'query { user(id: "u02") { ...A } } fragment A on User { ...B } fragment B on Node { ...C } fragment C on User { nothing: phone }',
      {},
      { user: { nothing: null } },
      [denied("user.nothing", "SUBJECT_NOT_NAMED")],
      [],
    ],
    [
      "conditions that contradict each other: nothing is fetched, decided or recorded",
      'query ($v: Boolean!) { user(id: "u01") { handle ... @include(if: $v) { ... @skip(if: $v) { email } } } }',
      { v: true },
      { user: { handle: "quiet.heron" } },
      [],
      [],
    ],
    [
      "a list of one that a sibling wants to be long: each page for itself",
      'query { user(id: "u01") { a: ipAddresses(first: 1) { nodes { address } } b: ipAddresses(first: 2) { nodes { address } } } }',
      {},
      {
        user: {
          a: { nodes: [{ address: "198.51.100.16" }] },
          b: { nodes: [{ address: "198.51.100.16" }, { address: "198.51.100.17" }] },
        },
      },
      [],
      ["User u01 ipAddresses"],
    ],
    [
      "the author's data by way of a post",
      'query { posts(filter: { ids: ["u01-p1", "u02-p1"] }) { nodes { id authorIp { address } } } }',
      {},
      {
        posts: {
          nodes: [
            { id: "u02-p1", authorIp: null },
            { id: "u01-p1", authorIp: { address: "198.51.100.16" } },
          ],
        },
      },
      [denied("posts.nodes.0.authorIp", "SUBJECT_NOT_NAMED")],
      ["Post u01-p1 authorIp"],
    ],
    [
      "a person found by way of a warrant's target",
      `query { warrant(id: "${quietHeron}") { targets { account { legalName posts(first: 1) { nodes { author { email } } } } } } }`,
      {},
      { warrant: { targets: [{ account: { legalName: name01, posts: { nodes: [{ author: { email: mail01 } }] } } }] } },
      [],
      ["User u01 email,legalName"],
    ],
  ];
  test.each(attacks)("%s", async (_, text, variables, data, errors, grants) => {
    const told = await site.ask(paris, under(quietHeron, text), { variables });
    expect(told.status).toBe(200);
    expect(JSON.stringify(told.body.data)).toBe(JSON.stringify(data));
    expect(errorsOf(told).sort()).toEqual([...errors].sort());
    const named = entities().flatMap((entity) => {
      const [type, id, fields = ""] = entity.split(" ");
      return fields.split(",").map((field) => `${type} ${id} ${field}`);
    });
    const expected = grants.flatMap((entity) => {
      const [type, id, fields = ""] = entity.split(" ");
      return fields.split(",").map((field) => `${type} ${id} ${field}`);
    });
    expect([...new Set(named)].sort()).toEqual(expected.sort());
    for (const { body } of granted()) expect(body).not.toMatch(/u02|brave/);
    if (told.body.extensions === undefined) expect(granted()).toEqual([]);
    else expect(alarmsOf(await site.leaves(operationOf(told)))).toEqual([]);
  });

  test("one document, a condition first false, then true, then false: decided each time", async () => {
    const text = under(quietHeron, 'query ($v: Boolean!) { user(id: "u01") { handle email @include(if: $v) } }');
    for (const v of [false, true, false]) {
      site.wire.asked.length = 0;
      const told = await site.ask(paris, text, { variables: { v } });
      expect(told.body.data.user).toEqual(
        v ? { handle: "quiet.heron", email: "specimen-01@mail.example" } : { handle: "quiet.heron" },
      );
      expect(entities()).toEqual(v ? ["User u01 email"] : []);
      expect(told.body.extensions === undefined).toBe(!v);
    }
  });

  test("the record tells the rows that the client got, and no more", async () => {
    const told = await site.ask(
      paris,
      under(quietHeron, 'query { user(id: "u01") { ipAddresses(first: 1) { nodes { address } } } }'),
    );
    expect(outcomesOf(await site.leaves(operationOf(told)))).toEqual(["RELEASED User.ipAddresses 1"]);
  });

  test("one field fetched in two passages is told under the leaf of each, with what that passage brought", async () => {
    await nameSecondTarget(site, "target-de-amber-falcon-early");
    const told = await site.ask(
      berlin,
      under(
        "warrant-de-amber-falcon-early",
        'query { user(id: "u03") { email } other: user(id: "u02") { messages(first: 1) { nodes { counterpart { email } } } } }',
      ),
    );
    expect(told.body.data.other.messages.nodes).toEqual([{ counterpart: { email: "specimen-03@mail.example" } }]);
    const leaves = await site.leaves(operationOf(told));
    expect(decisionsOf(leaves).sort()).toEqual([
      "u02 User.messages PERMITTED",
      "u03 User.email PERMITTED",
      "u03 User.email PERMITTED",
    ]);
    expect(outcomesOf(leaves).sort()).toEqual([
      "RELEASED User.email 1",
      "RELEASED User.email 1",
      "RELEASED User.messages 1",
    ]);
  });
});

describe("principals share plans, and nothing else", () => {
  const text =
    'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { legalName } other: user(id: "u02") { legalName } }';
  const both: Record<string, unknown> = { u01: "Specimen Person 01", u02: "Specimen Person 02" };

  test("the same text at the same time by two judges, each under her own warrant and under the other's", async () => {
    const askings = [
      [paris, quietHeron, ["u01"]],
      [berlin, braveBadger, ["u02"]],
      [paris, braveBadger, []],
      [berlin, quietHeron, []],
    ] as const;
    const rounds = Array.from({ length: 5 }, () => askings).flat();
    const answers = await Promise.all(rounds.map(([who, w]) => site.ask(who, text, { variables: { w } })));
    answers.forEach((told: Told, index) => {
      const [, , open] = rounds[index] as (typeof askings)[number];
      const seen = (id: string): unknown => ((open as readonly string[]).includes(id) ? both[id] : null);
      expect(told.body.data).toEqual({ user: { legalName: seen("u01") }, other: { legalName: seen("u02") } });
    });
    expect(new Set(answers.map(operationOf)).size).toBe(answers.length);
    // Every disclosure was fetched for itself, under a grant of its own.
    const open = rounds.filter(([, , ids]) => ids.length > 0);
    expect(granted()).toHaveLength(open.length);
    expect(new Set(granted().map(({ headers }) => headers[grantHeader])).size).toBe(open.length);
  });

  test("a text that somebody else registered by its hash is decided for whoever names it; one with a person in it is found by its sender alone", async () => {
    const byHash = async (
      who: typeof paris,
      named: string,
      query?: string,
    ): Promise<{ data?: unknown; errors?: { extensions: { code: string } }[] }> => {
      const sha256Hash = createHash("sha256").update(named).digest("hex");
      const response = await fetch(`${site.urls[0]}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await site.token(who)}` },
        body: JSON.stringify({
          query,
          variables: { w: quietHeron, u: "u01", o: "u02" },
          extensions: { persistedQuery: { version: 1, sha256Hash } },
        }),
      });
      return (await response.json()) as never;
    };
    const open =
      "query ($w: ID!, $u: ID!, $o: ID!) @warrant(id: $w) { user(id: $u) { legalName } other: user(id: $o) { legalName } }";
    for (const registered of [open, text])
      expect((await byHash(paris, registered, registered)).data).toEqual({
        user: { legalName: both.u01 },
        other: { legalName: null },
      });
    const named = await byHash(berlin, open);
    expect(named.data).toEqual({ user: { legalName: null }, other: { legalName: null } });
    const { data, errors } = await byHash(berlin, text);
    expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([
      undefined,
      ["PERSISTED_QUERY_NOT_FOUND"],
    ]);
  });

  test("an answer is for nobody on the way to keep", async () => {
    const told = await site.ask(paris, text, { variables: { w: quietHeron } });
    expect(told.headers.get("cache-control")).toBe("no-store, private");
    expect(told.headers.get("etag")).toBeNull();
  });
});

describe("headers", () => {
  const text = under(quietHeron, 'query { user(id: "u01") { handle legalName } }');
  const own = [
    "host",
    "connection",
    "authorization",
    "content-type",
    "rogatory-operation",
    "rogatory-grant",
    "content-length",
  ];

  test.each<[string, Record<string, string>]>([
    ["the gateway's own", { "rogatory-grant": "forged7731", "rogatory-operation": "forged7731" }],
    ["in another case", { "Rogatory-Grant": "forged7731", "ROGATORY-OPERATION": "forged7731" }],
    ["in another spelling", { rogatory_grant: "forged7731", "x-rogatory-grant": "forged7731" }],
    [
      "of proxies and tracers",
      {
        "x-forwarded-for": "forged7731",
        forwarded: "for=forged7731",
        traceparent: "forged7731",
        baggage: "a=forged7731",
        cookie: "a=forged7731",
        "x-principal": "forged7731",
      },
    ],
    [
      "of Apollo",
      {
        "apollo-federation-include-trace": "ftv1",
        "apollographql-client-name": "forged7731",
        "x-apollo-operation-name": "forged7731",
      },
    ],
  ])("of a client's request none goes to a subgraph: %s", async (_, headers) => {
    const told = await site.ask(paris, text, { headers });
    expect(told.body.data.user).toEqual({ handle: "quiet.heron", legalName: "Specimen Person 01" });
    expect(site.wire.asked.length).toBeGreaterThan(0);
    for (const asked of site.wire.asked) {
      expect(Object.keys(asked.headers).filter((name) => !own.includes(name))).toEqual([]);
      expect([asked.body, ...asked.rawHeaders].join("\n")).not.toMatch(/forged7731|ftv1/);
    }
    expect(JSON.stringify([...told.headers])).not.toContain("forged7731");
  });

  test.each([
    ["a bare line feed before another header", "x-a: a\nrogatory-grant: forged7731"],
    ["a bare carriage return", "x-a: a\rrogatory-grant: forged7731"],
    ["a header folded over two lines", "x-a: a\r\n rogatory-grant: forged7731"],
    ["two lengths", "content-length: 0\r\ncontent-length: 7731"],
    ["a length beside chunks", "transfer-encoding: chunked\r\ncontent-length: 7731"],
  ])("%s: nothing of it comes to a subgraph", async (_, header) => {
    const { port } = new URL(site.urls[0] as string);
    const body = JSON.stringify({ query: text });
    const length = /length/.test(header) ? "" : `content-length: ${body.length}\r\n`;
    const head = `POST /graphql HTTP/1.1\r\nhost: a\r\nconnection: close\r\nauthorization: Bearer ${await site.token(paris)}\r\ncontent-type: application/json\r\n`;
    const answer = await exchange(Number(port), `${head}${length}${header}\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1.1 (400|200)/);
    for (const asked of site.wire.asked) expect([asked.body, ...asked.rawHeaders].join("\n")).not.toContain("7731");
  });
});

/** Writes to a connection and reads what comes until it ends. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      answer += chunk;
    });
    socket.on("error", reject).on("close", () => resolve(answer));
  });
}

describe("tokens that do not hold are 401, and nobody is answered as somebody unknown", () => {
  const text = under(quietHeron, 'query { user(id: "u01") { handle legalName } }');
  const hmac = (claims: string): string => {
    const signed = `${part({ alg: "HS256", kid: office.kid })}.${claims}`;
    return `${signed}.${createHmac("sha256", JSON.stringify(office.publicJwk)).update(signed).digest("base64url")}`;
  };
  const claims = { iss, aud: "rogatory", iat: seconds, exp: seconds + 600, ...judge };

  test("a good one of the same issuer is answered", async () => {
    const told = await site.ask(await office.token(), text);
    expect(told.body.data.user.legalName).toBe("Specimen Person 01");
  });

  test.each<[string, () => Promise<string>]>([
    ["alg none", async () => `${part({ alg: "none" })}.${part(claims)}.`],
    ["HMAC with the public key as its secret", async () => hmac(part(claims))],
    ["keys from elsewhere", () => office.token({}, { jku: "http://127.0.0.1:9/keys" } as never)],
    ["a key that is a way through the file system", () => office.token({}, { kid: "../../keys" })],
    ["another audience", () => office.token({ aud: "elsewhere" })],
    ["no audience", () => office.token({ aud: undefined })],
    ["no issuer", () => office.token({ iss: undefined })],
    ["the gateway for its issuer", () => office.token({ iss: "rogatory-gateway" })],
    ["no end", () => office.token({ exp: undefined })],
    ["its end behind it", () => office.token({ iat: seconds - 7200, exp: seconds - 3600 })],
    ["another country than its issuer vouches for", () => office.token({ country: "DE", authority: "de-ag-berlin" })],
    ["an authority of another country", () => office.token({ authority: "de-ag-berlin" })],
    ["another role", () => office.token({ role: "AUDITOR" })],
    ["a role that only the gateway has", () => office.token({ role: "GATEWAY" })],
    ["two roles", () => office.token({ role: ["JUDICIAL", "AUDITOR"] })],
  ])("%s", async (_, make) => {
    const told = await site.ask(await make(), text);
    expect([told.status, told.body.data, told.body.errors?.[0]?.extensions.code]).toEqual([
      401,
      undefined,
      "UNAUTHENTICATED",
    ]);
    expect(site.wire.asked).toEqual([]);
  });

  test("a call token seen on the wire speaks for a subgraph: it opens no identity data", async () => {
    await site.ask(paris, text);
    const seen = String(site.wire.asked.find(({ service }) => service === "platform")?.headers.authorization);
    const told = await site.ask(seen.replace(/^Bearer /, ""), text);
    expect(told.bytes).not.toMatch(identityValue);
  });
});

describe("around the gateway", () => {
  const text = under(quietHeron, 'query { user(id: "u01") { legalName } }');

  /** One identity request as it went over the wire, kept from the subgraph: its grant was never used. */
  async function capture(): Promise<Asked> {
    site.wire.interfere = async (asked, forward) =>
      asked.identity ? { status: 503, headers: {}, body: "" } : forward();
    await site.ask(paris, text);
    return granted()[0] as Asked;
  }
  const headersOf = ({ headers }: Asked): Record<string, string> => ({
    "content-type": "application/json",
    authorization: headers.authorization as string,
    "rogatory-operation": headers["rogatory-operation"] as string,
    [grantHeader]: headers[grantHeader] as string,
  });

  test.each<[string, (asked: Asked) => { service?: string; body?: string; headers?: Record<string, string> }]>([
    ["with another person in it", ({ body }) => ({ body: body.replaceAll("u01", "u02") })],
    ["with another field in it", ({ body }) => ({ body: body.replaceAll("legalName", "email") })],
    ["with a space more", ({ body }) => ({ body: `${body} ` })],
    ["without its grant", (asked) => ({ headers: without(headersOf(asked), grantHeader) })],
    ["without its call token", (asked) => ({ headers: without(headersOf(asked), "authorization") })],
    [
      "with the client's token for the call token",
      (asked) => ({ headers: { ...headersOf(asked), authorization: "CLIENT" } }),
    ],
    [
      "with the grant for the call token",
      (asked) => ({ headers: { ...headersOf(asked), authorization: `Bearer ${asked.headers[grantHeader]}` } }),
    ],
    ["sent to another subgraph", () => ({ service: "justice" })],
  ])("a captured request %s gives nothing", async (_, change) => {
    const asked = await capture();
    const { service = "platform", body = asked.body, headers = headersOf(asked) } = change(asked);
    const client = `Bearer ${await site.token(paris)}`;
    const sent = headers.authorization === "CLIENT" ? { ...headers, authorization: client } : headers;
    const reply = await send(site.subgraphUrls.get(service) as string, body, sent);
    expect(reply.body).not.toMatch(identityValue);
  });

  test("a captured request gives what its grant says, once", async () => {
    const asked = await capture();
    const platform = site.subgraphUrls.get("platform") as string;
    expect((await send(platform, asked.body, headersOf(asked))).body).toContain("Specimen Person 01");
    expect((await send(platform, asked.body, headersOf(asked))).body).not.toMatch(identityValue);
  });

  test("a captured request is worth nothing a minute later", async () => {
    const asked = await capture();
    site.setClock(new Date(site.now().getTime() + 61_000));
    const reply = await send(site.subgraphUrls.get("platform") as string, asked.body, headersOf(asked));
    expect(reply.body).not.toMatch(identityValue);
  });

  test("the subgraphs' own roots and the gateway's are not in the API", async () => {
    for (const root of [
      '_entities(representations: [{ __typename: "User", id: "u01" }]) { ... on User { email } }',
      "_service { sdl }",
      "_User { id }",
      `doorWarrants(ids: ["${quietHeron}"]) { id }`,
    ]) {
      const told = await site.ask(paris, `{ ${root} }`);
      expect([told.status, told.body.data]).toEqual([400, undefined]);
    }
    expect(site.wire.asked).toEqual([]);
  });

  test("a call without a token of the gateway is refused, whatever it asks for", async () => {
    for (const query of ["{ __typename }", "{ _service { sdl } }", '{ user(id: "u01") { handle } }'])
      for (const authorization of ["", `Bearer ${await site.token(paris)}`]) {
        const reply = await send(site.subgraphUrls.get("platform") as string, JSON.stringify({ query }), {
          "content-type": "application/json",
          ...(authorization && { authorization }),
        });
        expect([reply.status, reply.body]).toEqual([401, expect.not.stringContaining("data")]);
      }
  });
});

describe("the log", () => {
  const text = under(quietHeron, 'query { user(id: "u01") { handle legalName sessions { nodes { address } } } }');

  test.each<[string, () => Promise<void>]>([
    ["says no", () => Promise.reject(new StoreRefused("no room at /var/secret"))],
    ["breaks, and nobody knows the outcome", () => Promise.reject(new Error("connection lost"))],
  ])(
    "while it %s nothing is asked of the identity half: 503, open fields live, and not even a denial is told",
    async (_, fail) => {
      site.failLog(fail);
      const told = await site.ask(paris, text);
      expect(told.status).toBe(503);
      expect(told.body.data).toEqual({ user: { handle: "quiet.heron", legalName: null, sessions: null } });
      expect(errorsOf(told)).toEqual(["user.legalName LOG_UNAVAILABLE", "user.sessions LOG_UNAVAILABLE"]);
      expect(told.bytes).not.toMatch(/secret|connection/);
      expect(granted()).toEqual([]);
      site.failLog(null);
      expect((await site.ask(paris, text)).body.data.user.legalName).toBe("Specimen Person 01");
    },
  );
});

describe("telemetry", () => {
  const nasty = '"\u001b[31m\r\n{"level":60,"msg":"forged7731"}\n=HYPERLINK("http://evil.example")<script>';

  test("what a client writes is in no log: variables, literals, names that are no names", async () => {
    const before = site.lines.length;
    await site.ask(
      paris,
      'query Named7731($h: String!) { userByHandle(platform: "FACEBOOK", handle: $h) { id } user(id: "literal7731") { id } }',
      { variables: { h: nasty } },
    );
    await site.ask(paris, "query A { platforms { code } }", { operationName: nasty });
    await site.ask(paris, 'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { legalName } }', {
      variables: { w: nasty },
    });
    const lines = site.lines.slice(before);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatch(/^[^\n]*\n$/);
      expect(() => JSON.parse(line)).not.toThrow();
      expect(line).not.toMatch(/forged7731|literal7731|evil/);
      expect(line).not.toContain("\u001b");
      expect(line).not.toMatch(identityValue);
    }
  });

  test("labels of metrics are few, and none is written by a client", async () => {
    await site.ask(paris, 'query Name7731 { user(id: "u01") { legalName } }', {
      headers: { "apollographql-client-name": "client7731" },
    });
    const text = await (await fetch(`${site.urls[0]}/metrics`)).text();
    expect(text).toContain("WARRANT_REQUIRED");
    expect(text).not.toMatch(/7731|u01/);
    expect(text).not.toMatch(identityValue);
  });

  test("an operation may have a name of any length: the log keeps a part of it, the record its digest", async () => {
    const name = `N${"a".repeat(2000)}`;
    const told = await site.ask(
      paris,
      `query ${name} ${under(quietHeron, 'query { user(id: "u01") { email } }').slice("query ".length)}`,
    );
    expect(told.body.data.user.email).toBe("specimen-01@mail.example");
    const [access] = await site.leaves(operationOf(told));
    expect(access?.opened.operationName).toMatch(/^sha256:/);
    expect(site.lines.join("")).not.toContain(name);
  });
});

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}
