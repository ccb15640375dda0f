import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Answer, environment, type Rogatory, runCli, startRogatory, storyMoment } from "../kit/start-rogatory.js";

/**
 * Who was behind this address? Of the synthetic users six share 192.0.2.2 in the night of 1 September 2026, each with a port of its own. For four of them, whose provider
 * is in Ireland, the law lets a judge of Berlin know; two are of a provider in the United States, and of them nothing may be told, not even that they are there.
 */
const berlin = { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" };
const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const facebook = { role: "PROVIDER", platform: "FACEBOOK" };
const told = ["u-000001", "u-000255", "u-000763", "u-001271"];
const silent = ["u-000509", "u-001017"];
const night = { from: "2026-09-01T08:00:00Z", to: "2026-09-02T08:00:00Z" };

const home = mkdtempSync(path.join(tmpdir(), "rogatory-address-"));
let rogatory: Rogatory;
let warrant: string;
let ipv6: string;

beforeAll(async () => {
  const options = { now: storyMoment, home };
  const seeded = await runCli(["seed", "--users", "1280"], environment(home, options));
  expect(seeded.code).toBe(0);
  rogatory = await startRogatory(options);
  [warrant, ipv6] = await Promise.all([
    accepted({ value: "192.0.2.2", at: "2026-09-01T12:00:00Z" }),
    accepted({ value: "[2001:db8:0:1::1]:40004", at: "2026-10-13T08:01:00Z" }),
  ]);
}, 120_000);
afterAll(async () => {
  await rogatory?.stop();
  rmSync(home, { recursive: true, force: true });
});

/** Drafts, issues and has accepted a warrant that names an address. */
async function accepted(target: { value: string; at: string }): Promise<string> {
  const [judge, provider] = await Promise.all([rogatory.token(berlin), rogatory.token(facebook)]);
  const act = async (token: string, mutation: string, input: object): Promise<{ id: string; contentHash: string }> => {
    const { body } = await rogatory.ask(
      token,
      `mutation ($input: ${mutation === "acceptWarrant" ? "AnswerOrder" : mutation === "issueWarrant" ? "IssueWarrant" : "DraftWarrant"}Input!) { act: ${mutation}(input: $input) { warrant { id contentHash } userErrors { code message } } }`,
      { input },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.act.userErrors).toEqual([]);
    return body.data.act.warrant;
  };
  const { id, contentHash } = await act(judge, "draftWarrant", {
    caseId: "case-de-hate",
    platform: "FACEBOOK",
    categories: ["USER_IDENTIFICATION"],
    targets: [{ kind: "IP_ADDRESS", ...target, believed: { residence: "DE" } }],
    period: { from: "2026-09-01T00:00:00Z", to: "2026-11-01T00:00:00Z" },
    solePurposeIdentification: true,
    necessity: "Nothing but the address is known of the author.",
  });
  await act(judge, "issueWarrant", { id, contentHash });
  await act(provider, "acceptWarrant", { id, contentHash });
  return id;
}

const search = /* GraphQL */ `
  query ($w: ID!, $address: IP!, $port: Port, $from: DateTime!, $to: DateTime!, $first: Int, $after: String) @warrant(id: $w) {
    accountsByIp(address: $address, port: $port, from: $from, to: $to, first: $first, after: $after) {
      nodes { id handle }
      edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`;

async function find(
  changes: Record<string, unknown> = {},
  claims: Parameters<Rogatory["token"]>[0] = berlin,
): Promise<Answer> {
  const variables = { w: warrant, address: "192.0.2.2", ...night, ...changes };
  return rogatory.ask(await rogatory.token(claims), search, variables);
}

const idsIn = (answer: Answer): string[] => answer.body.data.accountsByIp.nodes.map((node: { id: string }) => node.id);

/** The one denial of the field as a whole. */
function denial({ status, body }: Answer): unknown {
  expect(status).toBe(200);
  expect(body.data).toEqual({ accountsByIp: null });
  expect(body.errors).toHaveLength(1);
  expect(body.errors?.[0]?.extensions.code).toBe("UNAUTHORIZED_FIELD_OR_TYPE");
  return body.errors?.[0]?.extensions.decision.code;
}

describe("under a warrant that names this address at this time", () => {
  test("those are told of whom the law lets her know, and nothing shows that there are others", async () => {
    const answer = await find({ first: 100 });
    expect(answer.body.errors).toBeUndefined();
    expect(idsIn(answer)).toEqual(told);
    expect(answer.body.data.accountsByIp.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    expect(answer.body.data.accountsByIp.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(told);
    for (const id of silent) expect(JSON.stringify(answer.body)).not.toContain(id);
    expect(answer.body.extensions.disclosure.withheld).toEqual([]);
    expect(answer.body.extensions.disclosure.receipts).toHaveLength(1 + told.length);
    expect(answer.headers.get("cache-control")).toBe("no-store, private");
  });

  test("pages are full and end where the last told person ends, as if the others were not there", async () => {
    const pages: string[][] = [];
    let after: string | null = null;
    for (let page = 0; page < 4; page++) {
      const answer: Answer = await find({ first: 2, after });
      const { pageInfo } = answer.body.data.accountsByIp;
      pages.push(idsIn(answer));
      expect(pageInfo.hasPreviousPage).toBe(after !== null);
      expect(answer.body.extensions.disclosure.receipts).toHaveLength(1 + 2 + (pageInfo.hasNextPage ? 1 : 0));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(pages).toEqual([told.slice(0, 2), told.slice(2)]);
    const last = await find({ first: 3, after: null });
    expect(last.body.data.accountsByIp.pageInfo.hasNextPage).toBe(true);
    const all = await find({ first: 4 });
    expect(all.body.data.accountsByIp.pageInfo.hasNextPage).toBe(false);
  });

  test("a port at which only somebody untold was, and one at which nobody was, give the same answer", async () => {
    const shapeOf = async (port: number): Promise<unknown> => {
      const { status, body } = await find({ port });
      const { receipts, withheld } = body.extensions.disclosure;
      return { status, data: body.data, errors: body.errors, withheld, receipts: receipts.length };
    };
    const somebody = await shapeOf(40_509);
    expect(somebody).toEqual(await shapeOf(40_510));
    expect(somebody).toMatchObject({ data: { accountsByIp: { nodes: [], pageInfo: { endCursor: null } } } });
    expect(idsIn(await find({ port: 40_255 }))).toEqual(["u-000255"]);
  });

  test("the same address in another spelling is the same address", async () => {
    expect(idsIn(await find({ address: "::ffff:192.0.2.2" }))).toEqual(told);
    expect(idsIn(await find({ address: "::FFFF:C000:0202" }))).toEqual(told);
    const window = { from: "2026-10-13T08:00:00Z", to: "2026-10-13T09:00:00Z", port: 40_004, w: ipv6 };
    expect(idsIn(await find({ ...window, address: "2001:0DB8:0000:0001:0:0:0:1" }))).toEqual(["u-000001"]);
  });

  test("aliased, in fragments, with literals, beside other roots: each for itself, and each only what it asks", async () => {
    const answer = await rogatory.ask(
      await rogatory.token(berlin),
      `query ($w: ID!, $yes: Boolean!) @warrant(id: $w) {
        id: accountsByIp(address: "192.0.2.2", port: 40001, from: "${night.from}", to: "${night.to}") { nodes { id: handle } }
        ...Other
        user(id: "u01") { handle email }
        other: accountsByIp(address: "198.51.100.16", from: "${night.from}", to: "${night.to}") { nodes { id } }
        accountsByIp(address: "192.0.2.2", port: 40001, from: "${night.from}", to: "${night.to}") @skip(if: $yes) { nodes { email } }
      }
      fragment Other on Query {
        again: accountsByIp(address: "192.0.2.2", from: "${night.from}", to: "${night.to}", first: 1) { edges { node { ... on Node { id } } } pageInfo { hasNextPage } }
      }`,
      { w: warrant, yes: true },
    );
    expect(answer.body.data).toEqual({
      id: { nodes: [{ id: "synthetic.000001" }] },
      again: { edges: [{ node: { id: "u-000001" } }], pageInfo: { hasNextPage: true } },
      user: { handle: "quiet.heron", email: null },
      other: null,
    });
    expect(answer.body.errors?.map(({ path: at }) => at)).toEqual([["user", "email"], ["other"]]);
    expect(Object.keys(answer.body.data)).toEqual(["id", "again", "user", "other"]);
  });

  test("what else is kept of the persons found stays shut: the warrant names an address, and no account", async () => {
    const answer = await rogatory.ask(
      await rogatory.token(berlin),
      search.replace("id handle }", "handle email ipAddresses { nodes { address } } }"),
      { w: warrant, address: "192.0.2.2", ...night, port: 40_001 },
    );
    expect(answer.body.data.accountsByIp.nodes).toEqual([
      { handle: "synthetic.000001", email: null, ipAddresses: null },
    ]);
    expect(answer.body.errors?.map(({ extensions }) => extensions.decision.code)).toEqual([
      "SUBJECT_NOT_NAMED",
      "SUBJECT_NOT_NAMED",
    ]);
  });

  test("a dry run says that it would be permitted, and asks nothing", async () => {
    const { body } = await rogatory.ask(
      await rogatory.token(berlin),
      search.replace("@warrant(id: $w)", "@warrant(id: $w, dryRun: true)"),
      { w: warrant, address: "192.0.2.2", ...night },
    );
    expect(body.data).toEqual({ accountsByIp: null });
    expect(body.errors).toBeUndefined();
    expect(body.extensions.disclosure.permitted).toMatchObject([{ field: "Query.accountsByIp" }]);
  });
});

describe("anything else than what the warrant names is withheld whole", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["another address", { address: "192.0.2.3" }, "SUBJECT_NOT_NAMED"],
    ["an address of somebody, under a warrant for another", { address: "198.51.100.16" }, "SUBJECT_NOT_NAMED"],
    ["a window of more than a day", { from: "2026-09-01T07:59:59.999Z" }, "SUBJECT_NOT_NAMED"],
    ["a window that ends at the moment named", { to: "2026-09-01T12:00:00Z" }, "SUBJECT_NOT_NAMED"],
    ["a window that begins after it", { from: "2026-09-01T12:00:00.001Z" }, "SUBJECT_NOT_NAMED"],
    [
      "a window that begins before the period",
      { from: "2026-08-31T23:00:00Z", to: "2026-09-01T13:00:00Z" },
      "SUBJECT_NOT_NAMED",
    ],
    ["a warrant that names an account", { w: "warrant-de-brave-badger" }, "SUBJECT_NOT_NAMED"],
    ["a warrant of somebody else", { w: "warrant-fr-quiet-heron" }, "WARRANT_NOT_USABLE"],
    ["a warrant that does not exist", { w: "warrant-nobody" }, "WARRANT_NOT_USABLE"],
  ])("%s", async (_, changes, code) => {
    expect(denial(await find(changes))).toBe(code);
  });

  test.each<[string, Record<string, unknown>]>([
    ["without the port that it names", {}],
    ["with another port", { port: 40_101 }],
  ])("an address of a warrant with a port, %s", async (_, changes) => {
    const named = {
      w: "warrant-fr-address",
      address: "198.51.100.16",
      from: "2026-09-02T08:00:00Z",
      to: "2026-09-02T10:00:00Z",
    };
    expect(denial(await find({ ...named, ...changes }, paris))).toBe("SUBJECT_NOT_NAMED");
    expect(idsIn(await find({ ...named, port: 40_100 }, paris))).toEqual(["u01"]);
  });

  test("a window that begins at the very moment that is named is inside", async () => {
    expect(idsIn(await find({ from: "2026-09-01T12:00:00Z" }))).toEqual(told.slice(1));
  });

  test.each<[string, Parameters<Rogatory["token"]>[0], string]>([
    ["the provider", facebook, "ROLE"],
    ["an auditor", { role: "AUDITOR" }, "ROLE"],
    ["an engineer", { role: "ENGINEER" }, "ROLE"],
    ["another judge", paris, "WARRANT_NOT_USABLE"],
  ])("for %s", async (_, claims, code) => {
    expect(denial(await find({}, claims))).toBe(code);
  });

  test("without a warrant", async () => {
    const query = `{ accountsByIp(address: "192.0.2.2", from: "${night.from}", to: "${night.to}") { nodes { id } } }`;
    expect(denial(await rogatory.ask(await rogatory.token(berlin), query))).toBe("WARRANT_REQUIRED");
  });

  test("by GET", async () => {
    const query = `query @warrant(id: "${warrant}") { accountsByIp(address: "192.0.2.2", from: "${night.from}", to: "${night.to}") { nodes { id } } }`;
    const response = await fetch(`${rogatory.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { authorization: `Bearer ${await rogatory.token(berlin)}`, "apollo-require-preflight": "true" },
    });
    expect(response.status).toBe(405);
    expect(await response.text()).not.toContain("u-000001");
  });
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ["an empty window", { to: night.from }, /period is empty/],
  ["a page of none", { first: 0 }, /1 to 100/],
  ["a page of too many", { first: 101 }, /1 to 100/],
  ["a cursor of another list", { after: "bm8gY3Vyc29y" }, /cursor/],
  ["no address", { address: "somewhere" }, /IP/],
  ["an address on one machine alone", { address: "fe80::1%eth0" }, /./],
])("a mistake is told as one: %s", async (_, changes, message) => {
  const { status, body } = await find(changes);
  expect(status).toBe(400);
  expect(body.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  expect(body.errors?.[0]?.message).toMatch(message);
});

test("the log says what was searched by, who was told of, and who was kept out and why; each before it left", async () => {
  const { body } = await find({ first: 100 });
  const { operationId } = body.extensions.disclosure;
  const query = `query ($o: ID!) { accessLog(filter: { operationId: $o }, first: 20) { nodes { identifier subject { id } purpose outcome fields { field permitted code rows } } } }`;
  const auditor = await rogatory.token({ role: "AUDITOR", country: "DE" });
  let nodes: { identifier: string | null; subject: { id: string } | null; outcome: string; fields: unknown[] }[] = [];
  for (let attempt = 0; attempt < 50 && !(nodes.length === 7 && nodes[0]?.outcome === "RELEASED"); attempt++) {
    nodes = (await rogatory.ask(auditor, query, { o: operationId })).body.data.accessLog.nodes;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(nodes[0]).toEqual({
    identifier: "IP_ADDRESS 192.0.2.2 2026-09-01T08:00:00.000Z/2026-09-02T08:00:00.000Z",
    subject: null,
    purpose: "DISCLOSURE",
    outcome: "RELEASED",
    fields: [{ field: "Query.accountsByIp", permitted: true, code: "PERMITTED", rows: 4 }],
  });
  const people = new Map(nodes.slice(1).map((node) => [node.subject?.id, node]));
  expect([...people.keys()].sort()).toEqual([...told, ...silent].sort());
  for (const id of told)
    expect(people.get(id)).toMatchObject({
      identifier: null,
      outcome: "RELEASED",
      fields: [{ permitted: true, rows: 1 }],
    });
  for (const id of silent)
    expect(people.get(id)).toMatchObject({ outcome: "WITHHELD", fields: [{ permitted: false }] });
});

test("a revoked warrant finds nobody any more", async () => {
  const revoke = 'mutation ($id: ID!) { revokeWarrant(id: $id, reason: "Found otherwise.") { userErrors { code } } }';
  await rogatory.ask(await rogatory.token(berlin), revoke, { id: warrant });
  expect(denial(await find())).toBe("WARRANT_NOT_USABLE");
});
