import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Claims, type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

const berlin = { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" };
const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const facebook = { role: "PROVIDER", platform: "FACEBOOK" };
const fjordnet = { role: "PROVIDER", platform: "FJORDNET" };
const sessions =
  'query ($w: ID!) @warrant(id: $w) { user(id: "u02") { sessions(first: 100) { nodes { startedAt address } } } }';
const errors = "userErrors { code message field }";
const extend = `mutation ($id: ID!) { extendPreservation(id: $id) { warrant { preservedUntil } ${errors} } }`;
const purge = "mutation { deleteExpired { expired { category deleted preserved } lifted } }";
const traffic = {
  categories: ["TRAFFIC"],
  period: { from: "2026-09-01T00:00:00Z", to: "2026-12-01T00:00:00Z" },
};

/** Three months of one preservation, with and without a production order that follows it. */
describe("a preservation, over HTTP", () => {
  let rogatory: Rogatory;
  beforeAll(async () => {
    rogatory = await startRogatory({ now: storyMoment });
  });
  afterAll(async () => {
    await rogatory?.stop();
    rmSync(rogatory.home, { recursive: true, force: true });
  });
  async function restart(now: string): Promise<void> {
    const { home } = rogatory;
    await rogatory.kill();
    rogatory = await startRogatory({ now, home });
  }

  const as = async (claims: Claims, document: string, variables: Record<string, unknown> = {}) =>
    rogatory.ask(await rogatory.token(claims), document, variables);
  const draft = async (change: object) =>
    (
      await as(
        berlin,
        `mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id contentHash canonicalContent } ${errors} } }`,
        { input: { caseId: "case-de-hate", platform: "FACEBOOK", ...traffic, ...change } },
      )
    ).body.data.draftWarrant;
  const order = async (change: object): Promise<{ id: string; contentHash: string; canonicalContent: string }> => {
    const drafted = await draft(change);
    expect(drafted.userErrors).toEqual([]);
    const { id, contentHash } = drafted.warrant;
    const issued = await as(
      berlin,
      `mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { warrant { status } ${errors} } }`,
      { input: { id, contentHash } },
    );
    expect(issued.body.data.issueWarrant).toEqual({ warrant: { status: "ISSUED" }, userErrors: [] });
    return drafted.warrant;
  };
  const answer = async (
    act: "acceptWarrant" | "fulfilItems",
    { id, contentHash }: { id: string; contentHash: string },
  ) =>
    (
      await as(
        facebook,
        `mutation ($input: AnswerOrderInput!) { ${act}(input: $input) { warrant { status } ${errors} } }`,
        { input: { id, contentHash } },
      )
    ).body.data[act];
  const look = async (claims: Claims, id: string) =>
    (
      await as(
        claims,
        `{ warrant(id: "${id}") { status preservedUntil items { nodes { status } }
            preserved { category frozenAt until liftedAt deleted kept item { id } }
            obligations { kind state doneAt } history { to actor reason } } }`,
      )
    ).body.data.warrant;
  const badger = {
    kind: "PRESERVATION",
    targets: [{ kind: "HANDLE", value: "brave.badger", believed: { residence: "DE" } }],
  };
  const falcon = { kind: "PRESERVATION", targets: [{ kind: "HANDLE", value: "amber.falcon" }] };
  let kept: Awaited<ReturnType<typeof order>>;
  let left: Awaited<ReturnType<typeof order>>;
  let production: Awaited<ReturnType<typeof order>>;

  test("it freezes the data when it is issued, for sixty days, and opens nothing at the door", async () => {
    kept = await order(badger);
    left = await order(falcon);
    const { frozenAt, until, ...mark } = (await look(berlin, kept.id)).preserved[0];
    expect(mark).toEqual({
      category: "TRAFFIC",
      liftedAt: null,
      deleted: null,
      kept: null,
      item: { id: expect.any(String) },
    });
    expect((Date.parse(until) - Date.parse(frozenAt)) / 86_400_000).toBeCloseTo(60, 2);
    expect(await answer("acceptWarrant", kept)).toMatchObject({ warrant: { status: "ACCEPTED" }, userErrors: [] });
    const shut = await as(berlin, sessions, { w: kept.id });
    expect(shut.body.data.user.sessions).toBeNull();
    expect(shut.body.errors).toMatchObject([
      {
        extensions: {
          decision: { code: "WARRANT_NOT_USABLE", reason: "A preservation order freezes data; it discloses none." },
        },
      },
    ]);
    expect((await answer("fulfilItems", kept)).userErrors).toMatchObject([{ code: "NOT_AS_IT_STANDS" }]);
  });

  test("it is extended once, by its own authority; whoever does not see it learns nothing", async () => {
    const stranger = await as(paris, extend, { id: kept.id });
    expect(stranger.body.data.extendPreservation.userErrors).toMatchObject([{ code: "WARRANT_UNKNOWN" }]);
    expect(await look(paris, kept.id)).toBeNull();
    expect(await look(fjordnet, kept.id)).toBeNull();
    const before = (await look(berlin, kept.id)).preservedUntil;
    const { warrant, userErrors } = (await as(berlin, extend, { id: kept.id })).body.data.extendPreservation;
    expect(userErrors).toEqual([]);
    expect(Date.parse(warrant.preservedUntil) - Date.parse(before)).toBe(30 * 86_400_000);
    expect((await look(facebook, kept.id)).preserved).toMatchObject([{ until: warrant.preservedUntil }]);
    const again = await as(berlin, extend, { id: kept.id });
    expect(again.body.data.extendPreservation).toMatchObject({
      warrant: null,
      userErrors: [{ code: "NOT_AS_IT_STANDS", message: expect.stringMatching(/not extended before/) }],
    });
  });

  test("nobody but the platform's own service asks what to keep, or says what was deleted", async () => {
    const refused = [
      await as(facebook, '{ dataToKeep(platform: "FACEBOOK") { accountId } }'),
      await as(facebook, `mutation { reportDeletion(warrantId: "${kept.id}", said: []) { ${errors} } }`),
      await as(facebook, 'mutation { keepData(platform: "FACEBOOK") }'),
      await as(berlin, purge),
    ];
    for (const { status, body } of refused) {
      expect(status).toBe(403);
      expect(body.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
    const { nodes } = (
      await as(facebook, `{ obligations(filter: { warrantId: "${kept.id}", kind: [DELETE] }) { nodes { id state } } }`)
    ).body.data.obligations;
    expect(nodes).toMatchObject([{ state: "OPEN" }]);
    const claimed = await as(facebook, `mutation ($id: ID!) { completeObligation(id: $id) { ${errors} } }`, {
      id: nodes[0].id,
    });
    expect(claimed.body.data.completeObligation.userErrors).toMatchObject([{ code: "OBLIGATION_ENDS_OTHERWISE" }]);
  });

  test.each<[string, object, string]>([
    ["of another authority, or none", { preserves: "warrant-none" }, "PRESERVED_UNKNOWN"],
    ["with data that it does not keep", { categories: ["SUBSCRIBER"] }, "PRESERVED_OTHERWISE"],
    ["for an account that it does not keep", { targets: falcon.targets }, "PRESERVED_OTHERWISE"],
    ["that is a preservation itself", { kind: "PRESERVATION" }, "PRESERVES_PRODUCTION"],
  ])("no order follows it %s", async (_what, change, code) => {
    const { warrant, userErrors } = await draft({ targets: badger.targets, preserves: kept.id, ...change });
    expect(warrant).toBeNull();
    expect(userErrors).toMatchObject([{ code, field: ["preserves"] }]);
  });

  test("past its retention the platform deletes, but nothing that is kept; what lapsed is lifted, with the proof", async () => {
    await restart("2027-02-01T12:00:00Z");
    const lapsed = await look(berlin, left.id);
    expect(lapsed).toMatchObject({
      status: "EXPIRED",
      items: { nodes: [{ status: "LAPSED" }] },
      preserved: [{ liftedAt: null }],
    });
    const { data } = (await as(facebook, purge)).body;
    expect(data.deleteExpired.lifted).toBe(1);
    expect(data.deleteExpired.expired).toContainEqual({
      category: "TRAFFIC",
      deleted: expect.any(Number),
      preserved: 7,
    });
    expect(await look(berlin, left.id)).toMatchObject({
      preserved: [{ liftedAt: expect.any(String), deleted: 7, kept: 1 }],
      obligations: [{ kind: "DELETE", state: "DONE", doneAt: expect.any(String) }],
      history: expect.arrayContaining([
        { to: "EXPIRED", actor: "clock", reason: expect.stringMatching(/^The preservation is over/) },
        expect.objectContaining({
          to: "EXPIRED",
          reason: "DELETE DONE: TRAFFIC: 7 rows deleted, 1 kept under the platform's own retention.",
        }),
      ]),
    });
    const late = await draft({ targets: falcon.targets, preserves: left.id });
    expect(late.userErrors).toMatchObject([{ code: "PRESERVATION_OVER" }]);
  });

  test("a production order that follows it finds what else would be gone, and is linked in its content", async () => {
    production = await order({ targets: badger.targets, preserves: kept.id });
    const content = JSON.parse(Buffer.from(production.canonicalContent, "base64").toString("utf8"));
    expect(content.preserves).toBe(kept.id);
    const linked = await as(berlin, `{ warrant(id: "${production.id}") { preserves { id kind } } }`);
    expect(linked.body.data.warrant.preserves).toEqual({ id: kept.id, kind: "PRESERVATION" });
    expect((await look(berlin, kept.id)).history.at(-1).reason).toMatch(
      new RegExp(`^The production order ${production.id} follows`),
    );
    expect(await answer("acceptWarrant", production)).toMatchObject({ warrant: { status: "ACCEPTED" } });
    const open = await as(berlin, sessions, { w: production.id });
    expect(open.body.errors).toBeUndefined();
    expect(open.body.data.user.sessions.nodes).toHaveLength(8);
  });

  test("while it is on its way the data are kept beyond the time; once it is fulfilled they go", async () => {
    await restart("2027-03-01T12:00:00Z");
    const during = (await as(facebook, purge)).body.data.deleteExpired;
    expect(during).toMatchObject({ lifted: 0 });
    expect(during.expired).toContainEqual({ category: "TRAFFIC", deleted: expect.any(Number), preserved: 8 });
    expect(await look(berlin, kept.id)).toMatchObject({ status: "ACCEPTED", preserved: [{ liftedAt: null }] });
    expect(await answer("fulfilItems", production)).toMatchObject({ warrant: { status: "FULFILLED" } });
    expect(await look(berlin, kept.id)).toMatchObject({ status: "EXPIRED" });
    expect((await as(facebook, purge)).body.data.deleteExpired).toMatchObject({ lifted: 1 });
    const over = await look(berlin, kept.id);
    expect(over).toMatchObject({
      preserved: [{ deleted: 8, kept: 0 }],
      obligations: [{ kind: "DELETE", state: "DONE" }],
    });
    expect(over.history.map(({ reason }: { reason: string | null }) => reason)).toContain(
      `DELETE DONE: TRAFFIC: 8 rows deleted, 0 kept under the platform's own retention.`,
    );
    expect((await as(facebook, purge)).body.data.deleteExpired).toMatchObject({ lifted: 0 });
  });

  test("what became of it all stands in the statistics of those who see the orders", async () => {
    const document =
      '{ warrantStatistics(by: [KIND, CATEGORY], from: "2027-01-01T00:00:00Z") { keys warrants items disclosed refused overdue medianHours } }';
    const expected = {
      ...{ keys: ["PRODUCTION", "TRAFFIC"], warrants: 1, items: 1, disclosed: 1, refused: 0, overdue: 0 },
      medianHours: expect.closeTo(28 * 24, 0),
    };
    for (const who of [
      facebook,
      berlin,
      { role: "CENTRAL_AUTHORITY", country: "DE" },
      { role: "AUDITOR", country: "DE" },
    ])
      expect((await as(who, document)).body.data.warrantStatistics).toEqual([expected]);
    for (const who of [
      fjordnet,
      paris,
      { role: "CENTRAL_AUTHORITY", country: "FR" },
      { role: "AUDITOR", country: "FR" },
    ])
      expect((await as(who, document)).body.data.warrantStatistics).toEqual([]);
  });
});
