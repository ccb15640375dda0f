import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openCheckpoint } from "../../schema/ledger/checkpoint.js";
import { verifyInclusion } from "../../schema/ledger/merkle.js";
import { readNoteVerifier } from "../../schema/ledger/note.js";
import { createDatabase, oneDatabase, type TemporaryDatabase } from "../kit/databases.js";
import { type Answer, type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

const log = /* GraphQL */ `
  query Log($filter: AccessLogFilter) {
    accessLog(filter: $filter, first: 50) {
      edges {
        node {
          index recordedAt operationId actor role country platform purpose outcome held warrantStatus
          authority { id name } warrant { id } case { id reference } subject { id handle }
          fields { field category permitted code effect rows rule { id } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

interface Entry {
  readonly subject: { readonly id: string; readonly handle: string } | null;
  readonly outcome: string;
  readonly fields: readonly {
    readonly field: string;
    readonly permitted: boolean;
    readonly code: string;
    readonly rows: number | null;
    readonly rule: { id: string } | null;
  }[];
}

describe.each(oneDatabase)("what the log says, on the %s database", (kind) => {
  let rogatory: Rogatory;
  let database: TemporaryDatabase | undefined;
  let disclosed: Answer;

  beforeAll(async () => {
    database = kind === "server" ? await createDatabase() : undefined;
    rogatory = await startRogatory({
      now: storyMoment,
      ...(database === undefined ? {} : { databaseUrl: database.url }),
    });
    const judge = await rogatory.token({
      role: "JUDICIAL",
      country: "FR",
      authority: "fr-tj-paris",
      sub: "judge-martin",
    });
    disclosed = await rogatory.ask(
      judge,
      'query Who($w: ID!) @warrant(id: $w) { user(id: "u01") { legalName ipAddresses(first: 3) { nodes { address } } sessions { nodes { address } } } other: user(id: "u02") { email } }',
      { w: "warrant-fr-quiet-heron" },
    );
    const berlin = await rogatory.token({ role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" });
    await rogatory.ask(berlin, 'query ($w: ID!) @warrant(id: $w) { user(id: "u02") { legalName } }', {
      w: "warrant-de-brave-badger",
    });
  });
  afterAll(async () => {
    await rogatory?.stop();
    await database?.drop();
  });

  async function entries(scope: { country?: string; platform?: string }, filter = {}): Promise<readonly Entry[]> {
    const token = await rogatory.token({ role: "AUDITOR", ...scope });
    // Entries are listed once they are numbered, within a second; what became of them follows.
    for (let attempt = 0; ; attempt += 1) {
      const answer = await rogatory.ask(token, log, { filter });
      expect(answer.body.errors).toBeUndefined();
      const nodes: Entry[] = answer.body.data.accessLog.edges.map((edge: { node: Entry }) => edge.node);
      const settled =
        nodes.length > 0 &&
        nodes.every(({ outcome, fields }) => outcome !== "UNKNOWN" || fields.every((one) => !one.permitted));
      if (settled || attempt > 20) return nodes;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  test("an auditor for France reads who saw what about whom, under which warrant and rule, and how much of it", async () => {
    const seen = await entries({ country: "FR" });
    expect(seen).toHaveLength(2);
    const [heron, badger] = ["u01", "u02"].map((id) => seen.find(({ subject }) => subject?.id === id));
    expect(heron).toMatchObject({
      operationId: disclosed.body.extensions.disclosure.operationId,
      actor: "judge-martin",
      role: "JUDICIAL",
      country: "FR",
      platform: "FACEBOOK",
      purpose: "DISCLOSURE",
      outcome: "RELEASED",
      warrantStatus: "ACCEPTED",
      authority: { id: "fr-tj-paris", name: "Tribunal judiciaire de Paris (demo)" },
      warrant: { id: "warrant-fr-quiet-heron" },
      case: { id: expect.any(String), reference: expect.any(String) },
      subject: { id: "u01", handle: "quiet.heron" },
    });
    expect(heron?.fields).toEqual(
      expect.arrayContaining([
        {
          field: "User.legalName",
          category: "SUBSCRIBER",
          permitted: true,
          code: "PERMITTED",
          effect: "PERMIT_COMPULSORY",
          rows: 1,
          rule: { id: "R-EE-IDENT" },
        },
        {
          field: "User.ipAddresses",
          category: "USER_IDENTIFICATION",
          permitted: true,
          code: "PERMITTED",
          effect: "PERMIT_COMPULSORY",
          rows: 3,
          rule: { id: "R-EE-IDENT" },
        },
        {
          field: "User.sessions",
          category: "TRAFFIC",
          permitted: false,
          code: "NATIONAL_PRECONDITION",
          effect: "DENY",
          rows: null,
          rule: { id: "R-FR-60-1-2" },
        },
      ]),
    );
    expect(badger).toMatchObject({
      subject: { id: "u02" },
      fields: [{ field: "User.email", permitted: false, code: "SUBJECT_NOT_NAMED", rule: null }],
    });
  });

  test("the receipts of the answer are leaves of the log", async () => {
    const token = await rogatory.token({ role: "AUDITOR" });
    await entries({});
    const answer = await rogatory.ask(token, "{ accessLog { nodes { leafHash leaf } } }");
    const hashes = answer.body.data.accessLog.nodes.map((node: { leafHash: string }) => node.leafHash);
    const { receipts } = disclosed.body.extensions.disclosure;
    expect(receipts).toHaveLength(2);
    for (const receipt of receipts) expect(hashes).toContain(receipt.leafHash);
  });

  test("an auditor for Germany sees the German disclosure and nothing of the French one", async () => {
    const seen = await entries({ country: "DE" });
    expect(seen.map(({ subject }) => subject?.handle)).toEqual(["brave.badger"]);
    expect(JSON.stringify(seen)).not.toMatch(/quiet\.heron|fr-tj-paris|judge-martin/);
  });

  test("the log can be asked: denials by reason, counts by country and category", async () => {
    const denied = await entries({}, { code: "SUBJECT_NOT_NAMED" });
    expect(denied.map(({ subject }) => subject?.id)).toEqual(["u02"]);
    const token = await rogatory.token({ role: "AUDITOR" });
    const answer = await rogatory.ask(
      token,
      "{ accessStatistics(by: [COUNTRY, CATEGORY]) { keys permitted denied operations subjects } }",
    );
    expect(answer.body.data.accessStatistics).toEqual(
      expect.arrayContaining([
        { keys: ["FR", "SUBSCRIBER"], permitted: 1, denied: 1, operations: 1, subjects: 2 },
        { keys: ["FR", "TRAFFIC"], permitted: 0, denied: 1, operations: 1, subjects: 1 },
        { keys: ["DE", "SUBSCRIBER"], permitted: 1, denied: 0, operations: 1, subjects: 1 },
      ]),
    );
  });

  test("the log proves itself: a record stands in the signed tree, a receipt leads to it, a check finds nothing in so many leaves", async () => {
    const token = await rogatory.token({ role: "AUDITOR" });
    const [{ index }] = (await rogatory.ask(token, "{ accessLog(first: 1) { nodes { index } } }")).body.data.accessLog
      .nodes;
    const receipt = disclosed.body.extensions.disclosure.receipts[0];
    const { body } = await rogatory.ask(
      token,
      `query ($index: SafeInt!, $receipt: ReceiptInput!) {
        checkpoint { size rootHash note verifierKey }
        accessRecord(index: $index) { level leafHash proof { index treeSize hashes } }
        verifyReceipt(receipt: $receipt) { signatureValid writerKnown level record { subject { id } } }
        auditCheck(check: DISCLOSED_WITHOUT_USABLE_WARRANT) { treeSize nodes { at } }
        logHealth { size searchableSize gaps fault }
        logEntries(from: 0, first: 1) { __typename index }
      }`,
      { index, receipt },
    );
    expect(body.errors).toBeUndefined();
    const { checkpoint, accessRecord, verifyReceipt, auditCheck, logHealth, logEntries } = body.data;
    const signed = openCheckpoint(checkpoint.note, readNoteVerifier(checkpoint.verifierKey));
    expect(signed).toMatchObject({ size: checkpoint.size });
    const { proof, leafHash } = accessRecord;
    expect(proof.treeSize).toBeGreaterThanOrEqual(checkpoint.size);
    const tree = await rogatory.ask(
      token,
      `{ accessRecord(index: ${index}) { proof(treeSize: ${checkpoint.size}) { hashes } } }`,
    );
    const path = tree.body.data.accessRecord.proof.hashes.map((hash: string) => Buffer.from(hash, "hex"));
    expect(verifyInclusion(Buffer.from(leafHash, "hex"), index, signed.size, path, signed.root)).toBe(true);
    expect(verifyReceipt).toMatchObject({ signatureValid: true, writerKnown: true, level: "INTEGRATED" });
    expect(auditCheck).toMatchObject({ nodes: [], treeSize: expect.any(Number) });
    expect(auditCheck.treeSize).toBeGreaterThan(2);
    expect(logHealth).toMatchObject({ gaps: 0, fault: null });
    expect(logEntries).toEqual([{ __typename: "SystemRecord", index: 0 }]);
  });

  test("who read the log is in the log: what she asked, after whom, how much she was told; listed where it is asked for, to auditors", async () => {
    const curious = await rogatory.token({ role: "AUDITOR", country: "PT", sub: "curious-auditor" });
    await rogatory.ask(
      curious,
      'query Looking { accessLog(filter: { subjectId: "u01" }) { nodes { index } } auditCheck(check: LOG_GAP) { nodes { at } } }',
    );
    const chief = await rogatory.token({ role: "AUDITOR" });
    const reads = async (filter: string) =>
      (
        await rogatory.ask(
          chief,
          `{ accessLog(filter: { ${filter} }) { nodes { actor role country purpose operationName subject { id } fields { field } reads { field rows arguments } } } }`,
        )
      ).body.data.accessLog.nodes;
    const hers = 'purpose: CONSULTATION, actor: "curious-auditor"';
    let found = await reads(hers);
    for (let attempt = 0; found.length < 2 && attempt < 50; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      found = await reads(hers);
    }
    const reader = { actor: "curious-auditor", role: "AUDITOR", country: "PT", purpose: "CONSULTATION" };
    const record = { ...reader, operationName: "Looking", fields: [] };
    expect(found).toEqual([
      {
        ...record,
        subject: { id: "u01" },
        reads: [{ field: "Query.accessLog", rows: 0, arguments: expect.stringContaining('"subjectId":"u01"') }],
      },
      {
        ...record,
        subject: null,
        reads: [{ field: "Query.auditCheck", rows: expect.any(Number), arguments: '{"check":"LOG_GAP","first":20}' }],
      },
    ]);
    expect(await reads('actor: "curious-auditor"')).toEqual([]);
    expect(await reads('purpose: CONSULTATION, subjectId: "u01"')).toContainEqual(expect.objectContaining(record));
    const provider = await rogatory.token({ role: "PROVIDER", platform: "FACEBOOK" });
    const { body } = await rogatory.ask(
      provider,
      "{ accessLog(filter: { purpose: CONSULTATION }) { nodes { actor } } }",
    );
    expect(body.data.accessLog.nodes).toEqual([]);
  });

  test("reading writes one record and that is all: the log does not grow by its own record", async () => {
    const chief = await rogatory.token({ role: "AUDITOR", sub: "quiet-chief" });
    const size = async () => (await rogatory.ask(chief, "{ logHealth { size } }")).body.data.logHealth.size;
    await rogatory.ask(chief, "{ accessLog { nodes { index } } checkpoint { size } }");
    const own = async () =>
      (
        await rogatory.ask(
          await rogatory.token({ role: "AUDITOR" }),
          '{ accessLog(filter: { purpose: CONSULTATION, actor: "quiet-chief" }) { nodes { index } } }',
        )
      ).body.data.accessLog.nodes;
    for (let attempt = 0; (await own()).length === 0 && attempt < 50; attempt++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await own()).toHaveLength(1);
    await size();
    expect(await own()).toHaveLength(1);
  });

  test("the judge cannot read the log", async () => {
    const judge = await rogatory.token({ role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" });
    const answer = await rogatory.ask(judge, "{ accessLog { nodes { index } } }");
    expect(answer.status).toBe(403);
    expect(answer.body.data).toEqual({ accessLog: null });
    expect(answer.body.errors).toMatchObject([{ path: ["accessLog"], extensions: { code: "FORBIDDEN" } }]);
  });

  test("the auditor cannot read a name, and her asking is recorded", async () => {
    const token = await rogatory.token({ role: "AUDITOR", country: "IT" });
    const answer = await rogatory.ask(
      token,
      'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { handle legalName } }',
      { w: "warrant-fr-quiet-heron" },
    );
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ user: { handle: "quiet.heron", legalName: null } });
    expect(answer.body.errors).toMatchObject([
      { path: ["user", "legalName"], extensions: { decision: { code: "ROLE", rule: null } } },
    ]);
    const [own] = await entries({ country: "IT" });
    expect(own).toMatchObject({
      role: "AUDITOR",
      subject: { id: "u01" },
      fields: [{ permitted: false, code: "ROLE" }],
    });
  });

  test("a warrant that she may not see is null in her record, as if it did not exist, and no error", async () => {
    const berlin = await rogatory.token({ role: "JUDICIAL", country: "DE", authority: "de-ag-berlin", sub: "curious" });
    await rogatory.ask(berlin, 'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { legalName } }', {
      w: "warrant-fr-quiet-heron",
    });
    const seen = await entries({ country: "DE" }, { actor: "curious" });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ subject: { id: "u01" }, fields: [{ code: "WARRANT_NOT_USABLE" }] });
    const auditor = await rogatory.token({ role: "AUDITOR", country: "DE" });
    const answer = await rogatory.ask(
      auditor,
      '{ accessLog(filter: { actor: "curious" }) { nodes { warrant { id status } case { id reference } } } }',
    );
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.data.accessLog.nodes).toEqual([{ warrant: null, case: null }]);
  });

  test("she sees the warrants and cases that her records name, and learns of no other", async () => {
    const auditor = await rogatory.token({ role: "AUDITOR", country: "DE" });
    const roots = `{ warrants { nodes { id case { id } } pageInfo { hasNextPage } } cases { nodes { id warrants { nodes { id } } } }
      named: warrant(id: "warrant-de-brave-badger") { status accessRecords { nodes { actor } } } node(id: "warrant-de-amber-falcon") { id }
      unnamed: warrant(id: "warrant-de-amber-falcon") { id } foreign: warrant(id: "warrant-fr-quiet-heron") { id } }`;
    const answer = await rogatory.ask(auditor, roots);
    expect(answer.body.errors).toBeUndefined();
    const badger = { id: "warrant-de-brave-badger" };
    expect(answer.body.data).toEqual({
      warrants: { nodes: [{ ...badger, case: { id: "case-de-hate" } }], pageInfo: { hasNextPage: false } },
      cases: { nodes: [{ id: "case-de-hate", warrants: { nodes: [badger] } }] },
      named: { status: "ACCEPTED", accessRecords: { nodes: [{ actor: expect.any(String) }] } },
      unnamed: null,
      node: null,
      foreign: null,
    });
    const elsewhere = await rogatory.ask(await rogatory.token({ role: "AUDITOR", country: "ES" }), roots);
    expect(elsewhere.body.data).toMatchObject({ warrants: { nodes: [] }, cases: { nodes: [] }, named: null });
  });

  test("once somebody acts on a warrant her records name it: whether the person at the provider was late is hers to know", async () => {
    const judge = await rogatory.token({ role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" });
    const revoke =
      'mutation { revokeWarrant(id: "warrant-de-amber-falcon-early", reason: "Found.") { userErrors { code } } }';
    expect((await rogatory.ask(judge, revoke)).body.data).toEqual({ revokeWarrant: { userErrors: [] } });
    const auditor = await rogatory.token({ role: "AUDITOR", country: "DE" });
    const document = '{ warrant(id: "warrant-de-amber-falcon-early") { status warrantRecords { nodes { act } } } }';
    for (let attempt = 0; ; attempt += 1) {
      const { warrant } = (await rogatory.ask(auditor, document)).body.data;
      if (warrant === null && attempt < 40) await new Promise((resolve) => setTimeout(resolve, 100));
      else {
        expect(warrant).toEqual({ status: "REVOKED", warrantRecords: { nodes: [{ act: "REVOKE" }] } });
        break;
      }
    }
  });

  test("which warrants the log names is told to auditors alone", async () => {
    const query =
      '{ namedInLog(warrantIds: ["warrant-fr-quiet-heron", "warrant-gb-silver-otter"], caseIds: ["case-fr-hate"]) { warrants cases } }';
    const auditor = await rogatory.token({ role: "AUDITOR", country: "FR" });
    expect((await rogatory.ask(auditor, query)).body.data).toEqual({
      namedInLog: { warrants: ["warrant-fr-quiet-heron"], cases: ["case-fr-hate"] },
    });
    for (const claims of [
      { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" },
      { role: "PROVIDER", platform: "FACEBOOK" },
    ]) {
      const refused = await rogatory.ask(await rogatory.token(claims), query);
      expect([refused.status, refused.body.data]).toEqual([403, { namedInLog: null }]);
    }
  });

  test("nothing that was disclosed stands in the log", async () => {
    const token = await rogatory.token({ role: "AUDITOR" });
    const answer = await rogatory.ask(token, "{ accessLog { nodes { leaf } } }");
    const leaves = answer.body.data.accessLog.nodes.map(({ leaf }: { leaf: string }) =>
      Buffer.from(leaf, "base64").toString("utf8"),
    );
    expect(leaves.length).toBeGreaterThan(2);
    for (const leaf of leaves) expect(leaf).not.toMatch(/Specimen|198\.51\.100|u01|quiet|judge-martin|warrant-fr/);
  });
});
