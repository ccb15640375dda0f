import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createDatabase, oneDatabase, type TemporaryDatabase } from "../kit/databases.js";
import { type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

const warrantParts =
  "id status contentHash canonicalContent categories items { nodes { id category status deadlineAt heldUntil decision { code permitted rule { id } deadlineHours } } } history { to by }";
const mutations = {
  open: "mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id reference offences { code label maxCustodialYears } posts { id author { handle } } } userErrors { code message field } } }",
  draft: `mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { ${warrantParts} targets { value resolution account { id handle } } } warnings { code message rule { id } } userErrors { code message field rule { id } } } }`,
  issue: `mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { warrant { ${warrantParts} issuedAt deadlineAt deadlineState } warnings { code } userErrors { code message rule { id } } } }`,
  validate: `mutation ($input: IssueWarrantInput!) { validateWarrant(input: $input) { warrant { ${warrantParts} validatingAuthority { id } } userErrors { code message } } }`,
  accept: `mutation ($input: AnswerOrderInput!) { acceptWarrant(input: $input) { warrant { ${warrantParts} case { id } necessity } userErrors { code message } } }`,
  revoke: `mutation ($id: ID!, $reason: String!) { revokeWarrant(id: $id, reason: $reason) { warrant { status } userErrors { code message } } }`,
};
const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const prosecutor = { role: "JUDICIAL", country: "FR", authority: "fr-parquet-paris" };
const police = { role: "JUDICIAL", country: "FR", authority: "fr-ofac" };
const facebook = { role: "PROVIDER", platform: "FACEBOOK" };

describe.each(oneDatabase)("a case from the post to the name, on the %s database", (kind) => {
  let rogatory: Rogatory;
  let database: TemporaryDatabase | undefined;
  beforeAll(async () => {
    database = kind === "server" ? await createDatabase() : undefined;
    rogatory = await startRogatory({
      now: storyMoment,
      ...(database === undefined ? {} : { databaseUrl: database.url }),
    });
  });
  afterAll(async () => {
    await rogatory?.stop();
    await database?.drop();
  });

  async function as(claims: Parameters<Rogatory["token"]>[0], document: string, variables: Record<string, unknown>) {
    return rogatory.ask(await rogatory.token(claims), document, variables);
  }

  async function openCase(claims: typeof paris, offenceCodes = ["FR-1881-24"]): Promise<string> {
    const opened = await as(claims, mutations.open, {
      input: {
        reference: "Parquet 26/001",
        offenceCodes,
        committedOnline: true,
        offenceCountry: "FR",
        postIds: ["u01-p1"],
      },
    });
    expect(opened.body.errors).toBeUndefined();
    expect(opened.body.data.openCase.userErrors).toEqual([]);
    return opened.body.data.openCase.case.id;
  }

  function draftInput(caseId: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      caseId,
      platform: "FACEBOOK",
      categories: ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"],
      targets: [{ kind: "HANDLE", value: "quiet.heron", believed: { residence: "FR" } }],
      period: { from: "2026-09-01T00:00:00Z", to: "2026-12-31T00:00:00Z" },
      solePurposeIdentification: true,
      necessity: "The author cannot be identified otherwise.",
      ...changes,
    };
  }

  const name = 'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { legalName } }';

  test("open, draft with warnings, issue, accept, read, revoke, and shut again", async () => {
    const caseId = await openCase(paris);

    const drafted = await as(paris, mutations.draft, { input: draftInput(caseId) });
    expect(drafted.body.errors).toBeUndefined();
    const { warrant: draft, warnings, userErrors } = drafted.body.data.draftWarrant;
    expect(userErrors).toEqual([]);
    expect(draft.status).toBe("DRAFT");
    expect(draft.targets).toEqual([
      { value: "quiet.heron", resolution: "RESOLVED", account: { id: "u01", handle: "quiet.heron" } },
    ]);
    expect(warnings).toEqual(expect.arrayContaining([expect.objectContaining({ rule: { id: "R-FR-60-1-2" } })]));
    const decisions = Object.fromEntries(
      draft.items.nodes.map((item: { category: string; decision: unknown }) => [item.category, item.decision]),
    );
    expect(decisions).toMatchObject({
      SUBSCRIBER: { permitted: true, rule: { id: "R-EE-IDENT" }, deadlineHours: 240 },
      USER_IDENTIFICATION: { permitted: true, rule: { id: "R-EE-IDENT" } },
      TRAFFIC: { permitted: false, code: "NATIONAL_PRECONDITION", rule: { id: "R-FR-60-1-2" } },
      CONTENT: { permitted: false, code: "OFFENCE_BELOW_THRESHOLD" },
    });

    const wrongText = await as(paris, mutations.issue, { input: { id: draft.id, contentHash: "0".repeat(64) } });
    expect(wrongText.status).toBe(409);
    expect(wrongText.body.errors).toMatchObject([{ extensions: { code: "CONFLICT" } }]);

    const issued = await as(paris, mutations.issue, { input: { id: draft.id, contentHash: draft.contentHash } });
    expect(issued.body.data.issueWarrant.userErrors).toEqual([]);
    expect(issued.body.data.issueWarrant.warrant.status).toBe("ISSUED");
    const deadline = new Date(
      Date.parse(issued.body.data.issueWarrant.warrant.issuedAt) + 240 * 3_600_000,
    ).toISOString();
    expect(issued.body.data.issueWarrant.warrant).toMatchObject({ deadlineAt: deadline, deadlineState: "RUNNING" });
    // One source of truth: what justice keeps is what the law says of the items.
    for (const { deadlineAt, decision } of issued.body.data.issueWarrant.warrant.items.nodes)
      expect(deadlineAt).toBe(decision.deadlineHours === null ? null : deadline);
    expect(issued.body.data.issueWarrant.warrant.items.nodes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ category: "SUBSCRIBER", deadlineAt: deadline, heldUntil: null }),
        expect.objectContaining({ category: "CONTENT", deadlineAt: null, heldUntil: null }),
      ]),
    );

    const early = await as(paris, name, { w: draft.id });
    expect(early.body.errors).toMatchObject([
      { extensions: { decision: { code: "WARRANT_NOT_USABLE", reason: expect.stringMatching(/not accepted/) } } },
    ]);

    const accepted = await as(facebook, mutations.accept, { input: { id: draft.id, contentHash: draft.contentHash } });
    expect(accepted.body.data.acceptWarrant).toMatchObject({
      userErrors: [],
      warrant: { status: "ACCEPTED", case: null, necessity: null },
    });

    const read = await as(paris, name, { w: draft.id });
    expect(read.body).toMatchObject({ data: { user: { legalName: "Specimen Person 01" } } });
    expect(read.body.errors).toBeUndefined();

    const foreign = await as({ role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" }, name, { w: draft.id });
    expect(foreign.body.errors).toMatchObject([
      { extensions: { decision: { code: "WARRANT_NOT_USABLE", reason: expect.stringMatching(/gives no access/) } } },
    ]);

    const revoked = await as(paris, mutations.revoke, {
      id: draft.id,
      reason: "The suspect was identified otherwise.",
    });
    expect(revoked.body.data.revokeWarrant).toMatchObject({ userErrors: [], warrant: { status: "REVOKED" } });
    const shut = await as(paris, name, { w: draft.id });
    expect(shut.body.data).toEqual({ user: { legalName: null } });
    expect(shut.body.errors).toMatchObject([
      { extensions: { decision: { code: "WARRANT_NOT_USABLE", reason: expect.stringMatching(/revoked/) } } },
    ]);
  });

  test("under a key a mutation is safe to repeat, and only where it stands on its root", async () => {
    const open = (reference: string, key: string) =>
      as(
        paris,
        "mutation ($input: OpenCaseInput!, $key: ID!) { mine: openCase(input: $input) @idempotent(key: $key) { case { id reference offences { code } } userErrors { code } } }",
        { key, input: { reference, offenceCodes: ["FR-1881-24"], committedOnline: true, offenceCountry: "FR" } },
      );
    const first = await open("Parquet 26/002", "key-1");
    expect(first.body.data.mine).toMatchObject({ case: { offences: [{ code: "FR-1881-24" }] }, userErrors: [] });
    expect((await open("Parquet 26/002", "key-1")).body).toEqual(first.body);
    const other = await open("Parquet 26/003", "key-1");
    expect(other.status).toBe(409);
    expect(other.body.errors).toMatchObject([
      { message: "This idempotency key was used for another input.", extensions: { code: "IDEMPOTENCY_CONFLICT" } },
    ]);
    const { id } = first.body.data.mine.case;
    const two = await as(
      paris,
      `mutation { a: closeCase(id: "${id}") @idempotent(key: "a") { userErrors { code } } b: closeCase(id: "${id}") @idempotent(key: "b") { userErrors { code } } again: closeCase(id: "${id}") @idempotent(key: "a") { userErrors { code } } }`,
      {},
    );
    expect(two.body.data).toEqual({
      a: { userErrors: [] },
      b: { userErrors: [{ code: "CASE_CLOSED" }] },
      again: { userErrors: [] },
    });
    for (const [document, code] of [
      ['{ case(id: "x") @idempotent(key: "k") { id } }', "GRAPHQL_VALIDATION_FAILED"],
      [`mutation { closeCase(id: "${id}") { case @idempotent(key: "k") { id } } }`, "GRAPHQL_VALIDATION_FAILED"],
      [`mutation { closeCase(id: "${id}") @idempotent(key: "") { case { id } } }`, "BAD_USER_INPUT"],
      [`mutation { closeCase(id: "${id}") @idempotent { case { id } } }`, "GRAPHQL_VALIDATION_FAILED"],
    ] as const) {
      const refused = await as(paris, document, {});
      expect(refused.status).toBe(400);
      expect(refused.body.errors).toMatchObject([{ extensions: { code } }]);
    }
    const schema = await as({ role: "ENGINEER" }, "{ __schema { directives { name locations args { name } } } }", {});
    expect(schema.body.data.__schema.directives).toContainEqual({
      name: "idempotent",
      locations: ["FIELD"],
      args: [{ name: "key" }],
    });
  });

  test("a prosecutor may order subscriber data alone, and needs validation for traffic", async () => {
    const caseId = await openCase(prosecutor, ["FR-CP-421-2-5"]);
    const order = async (categories: readonly string[]) => {
      const drafted = await as(prosecutor, mutations.draft, { input: draftInput(caseId, { categories }) });
      const { id, contentHash } = drafted.body.data.draftWarrant.warrant;
      return (await as(prosecutor, mutations.issue, { input: { id, contentHash } })).body.data.issueWarrant;
    };
    expect(await order(["SUBSCRIBER"])).toMatchObject({ userErrors: [], warrant: { status: "ISSUED" } });
    const waiting = await order(["TRAFFIC"]);
    expect(waiting).toMatchObject({
      userErrors: [],
      warrant: { status: "AWAITING_VALIDATION", items: { nodes: [{ decision: { code: "VALIDATION_MISSING" } }] } },
    });
    const { id, contentHash } = waiting.warrant;
    const input = { id, contentHash };
    const self = await as(prosecutor, mutations.validate, { input });
    expect(self.body.data.validateWarrant.userErrors).toMatchObject([{ code: "NOT_YOUR_ACT" }]);
    const validated = await as(paris, mutations.validate, { input });
    expect(validated.body.data.validateWarrant).toMatchObject({
      userErrors: [],
      warrant: {
        status: "ISSUED",
        validatingAuthority: { id: "fr-tj-paris" },
        items: { nodes: [{ decision: { code: "PERMITTED", rule: { id: "R-EE-TRAFFIC" } } }] },
        history: [{ to: "DRAFT" }, { to: "AWAITING_VALIDATION" }, { to: "ISSUED", by: "VALIDATING_AUTHORITY" }],
      },
    });
    await as(facebook, mutations.accept, { input });
    const sessions =
      'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { sessions(first: 1) { nodes { address } } } }';
    const read = await as(prosecutor, sessions, { w: id });
    expect(read.body.errors).toBeUndefined();
    expect(read.body.data.user.sessions.nodes).toHaveLength(1);
    const other = await as(paris, sessions, { w: id });
    expect(other.body.errors).toMatchObject([{ extensions: { decision: { code: "WARRANT_NOT_USABLE" } } }]);
  });

  test("a category that the law denies to everybody may be asked for; the door will say why", async () => {
    const caseId = await openCase(paris);
    const drafted = await as(paris, mutations.draft, { input: draftInput(caseId, { categories: ["CONTENT"] }) });
    const { id, contentHash } = drafted.body.data.draftWarrant.warrant;
    const issued = await as(paris, mutations.issue, { input: { id, contentHash } });
    expect(issued.body.data.issueWarrant).toMatchObject({ userErrors: [], warrant: { status: "ISSUED" } });
  });

  test("a dry run on a draft: what would be permitted and what not, and nothing is fetched", async () => {
    const caseId = await openCase(paris);
    const drafted = await as(paris, mutations.draft, { input: draftInput(caseId) });
    const answer = await as(
      paris,
      'query ($w: ID!) @warrant(id: $w, dryRun: true, report: EXTENSIONS) { user(id: "u01") { legalName sessions { nodes { address } } } }',
      { w: drafted.body.data.draftWarrant.warrant.id },
    );
    expect(answer.body.data).toEqual({ user: { legalName: null, sessions: null } });
    expect(answer.body.errors).toBeUndefined();
    const { permitted, withheld } = answer.body.extensions.disclosure;
    expect(permitted.flatMap(({ paths }: { paths: unknown[] }) => paths)).toEqual([["user", "legalName"]]);
    expect(withheld).toMatchObject([
      { decision: { code: "NATIONAL_PRECONDITION", rule: "R-FR-60-1-2" }, paths: [["user", "sessions"]] },
    ]);
  });

  test("police who ask for content: refused with the rule, and nothing changes", async () => {
    const caseId = await openCase(police, ["FR-CP-421-2-5"]);
    const drafted = await as(police, mutations.draft, { input: draftInput(caseId, { categories: ["SUBSCRIBER"] }) });
    const { id, contentHash } = drafted.body.data.draftWarrant.warrant;
    const issued = await as(police, mutations.issue, { input: { id, contentHash } });
    expect(issued.body.data.issueWarrant).toMatchObject({ userErrors: [], warrant: { status: "AWAITING_VALIDATION" } });
  });
});
