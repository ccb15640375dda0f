import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Claims, type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

/** One court day of six states, an emergency that no judge stood behind, and one actor who asked too much: the questions that an auditor brings to it. */
const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris", sub: "judge-martin" };
const berlin = { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin", sub: "judge-weber" };
const london = { role: "JUDICIAL", country: "GB", authority: "gb-cc-london", sub: "judge-hale" };
const nightShift = { ...london, sub: "night-shift" };
const delhi = { role: "JUDICIAL", country: "IN", authority: "in-dc-delhi", sub: "judge-rao" };
const moscow = { role: "JUDICIAL", country: "RU", authority: "ru-ms-moscow", sub: "judge-ivanov" };
const police = { role: "JUDICIAL", country: "FR", authority: "fr-ofac", sub: "officer-petit" };
const caller = { role: "PROVIDER", platform: "FACEBOOK", sub: "caller" };
const accepter = { role: "PROVIDER", platform: "FACEBOOK", sub: "accepter" };
const auditor = { role: "AUDITOR" };

let rogatory: Rogatory;
let unvalidated: string;

async function as(claims: Claims, query: string, variables: Record<string, unknown> = {}) {
  return (await rogatory.ask(await rogatory.token(claims), query, variables)).body.data;
}
const under = (claims: Claims, warrant: string, selection: string) =>
  as(claims, `query Suspect @warrant(id: "${warrant}") { ${selection} }`);

/** The police orders at night; two persons at the provider let it in; a name is read; then a judge is asked, who says no or yes. */
async function emergency(judged: "declineValidation" | "validateWarrant"): Promise<string> {
  const input = {
    reference: "OFAC 26/7",
    offenceCodes: ["FR-CP-421-2-5"],
    committedOnline: true,
    offenceCountry: "FR",
  };
  const opened = await as(police, "mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id } } }", {
    input,
  });
  const { draftWarrant } = await as(
    police,
    "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id contentHash } } }",
    {
      input: {
        caseId: opened.openCase.case.id,
        platform: "FACEBOOK",
        categories: ["SUBSCRIBER"],
        targets: [{ kind: "HANDLE", value: "quiet.heron", believed: { residence: "FR" } }],
        ...{ emergency: true, emergencyGround: "An attack is announced for tonight." },
      },
    },
  );
  const order = draftWarrant.warrant;
  await as(police, "mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { userErrors { code } } }", {
    input: order,
  });
  const { warrant } = await as(caller, `{ warrant(id: "${order.id}") { issuingAuthority { channels } } }`);
  await as(
    caller,
    "mutation ($id: ID!, $channel: String!) { approveEmergency(id: $id, channel: $channel) { userErrors { code } } }",
    {
      id: order.id,
      channel: warrant.issuingAuthority.channels[0],
    },
  );
  await as(accepter, "mutation ($input: AnswerOrderInput!) { acceptWarrant(input: $input) { userErrors { code } } }", {
    input: order,
  });
  expect(await under(police, order.id, 'user(id: "u01") { legalName }')).toEqual({
    user: { legalName: "Specimen Person 01" },
  });
  const answer =
    judged === "declineValidation"
      ? `declineValidation(id: "${order.id}", reason: "No attack was announced.")`
      : `validateWarrant(input: { id: "${order.id}", contentHash: "${order.contentHash}" })`;
  expect(await as(paris, `mutation { done: ${answer} { userErrors { code } } }`)).toEqual({ done: { userErrors: [] } });
  return order.id;
}

/** A client that hangs up once it has asked. */
async function hangUp(): Promise<void> {
  const body = JSON.stringify({
    query: 'query @warrant(id: "warrant-gb-silver-otter") { user(id: "u04") { legalName } }',
  });
  const headers = {
    authorization: `Bearer ${await rogatory.token({ ...london, sub: "hangs-up" })}`,
    "content-type": "application/json",
  };
  await new Promise<void>((resolve) => {
    const asking = request(`${rogatory.url}/graphql`, { method: "POST", headers }, () => undefined);
    asking.on("error", () => undefined).on("close", resolve);
    asking.end(body, () => setTimeout(() => asking.destroy(), 2));
  });
}

/** What the auditor is answered once it is so: records are listed within a second. */
async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask();
    if (isSo(answer) || attempt > 40) return answer;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
const check = async (name: string, who: Claims = auditor) =>
  (
    await as(
      who,
      `{ auditCheck(check: ${name}) { treeSize nodes { text record { index actor } warrant { id } obligation { kind } warrantRecord { act } } } }`,
    )
  ).auditCheck;

beforeAll(async () => {
  rogatory = await startRogatory({ now: storyMoment });
  await under(
    paris,
    "warrant-fr-quiet-heron",
    'user(id: "u01") { legalName ipAddresses(first: 2) { nodes { address } } messages { nodes { body } } } other: user(id: "u02") { email }',
  );
  await under(berlin, "warrant-de-brave-badger", 'user(id: "u02") { legalName messages(first: 1) { nodes { body } } }');
  await under(berlin, "warrant-de-amber-falcon", 'user(id: "u03") { legalName sessions { nodes { address } } }');
  await under(london, "warrant-gb-golden-plover", 'user(id: "u05") { legalName }');
  await under(delhi, "warrant-in-jade-tortoise", 'user(id: "u08") { legalName }');
  await under(moscow, "warrant-ru-crimson-kite", 'user(id: "u09") { legalName }');
  for (let turn = 0; turn < 55; turn += 1)
    await under(nightShift, "warrant-gb-silver-otter", 'user(id: "u04") { email }');
  await emergency("validateWarrant");
  unvalidated = await emergency("declineValidation");
  await until(
    () => hangUp().then(() => check("RECORDED_NOT_DELIVERED")),
    ({ nodes }) => nodes.some(({ record }: { record: { actor: string } }) => record.actor === "hangs-up"),
  );
  await until(
    () => check("EMERGENCY_NOT_VALIDATED"),
    ({ nodes }) => nodes.length > 0,
  );
});
afterAll(() => rogatory?.stop());

describe("an auditor asks the log", () => {
  const access =
    "nodes { actor country recordedAt case { reference } warrant { id } ruleBook { version } fields { field permitted } }";
  const accesses = async (filter: string, who: Claims = auditor) =>
    (await as(who, `{ accessLog(filter: { ${filter} }, first: 100) { ${access} } }`)).accessLog.nodes;

  test("who saw any identity field of this person between two dates, for which case, by which rule book?", async () => {
    const seen = await accesses(
      'subjectId: "u01", permitted: true, from: "2026-11-23T00:00:00Z", to: "2026-11-24T00:00:00Z"',
    );
    const brief = seen.map((one: { actor: string; case: { reference: string } }) => [one.actor, one.case.reference]);
    expect(brief).toEqual([
      ["judge-martin", expect.any(String)],
      ["officer-petit", "OFAC 26/7"],
      ["officer-petit", "OFAC 26/7"],
    ]);
    expect(seen[0]).toMatchObject({
      warrant: { id: "warrant-fr-quiet-heron" },
      ruleBook: { version: expect.stringMatching(/^\d/) },
    });
    expect(await accesses('subjectId: "u01", permitted: true, to: "2026-11-23T00:00:00Z"')).toEqual([]);
  });

  test("what stands under a warrant: what was done on it, what was asked under it, and what is owed?", async () => {
    const { warrant } = await as(
      auditor,
      `{ warrant(id: "${unvalidated}") { status
        warrantRecords { nodes { act by actor to duties { kind state } } }
        accessRecords { nodes { actor warrantStatus emergency outcome fields { field permitted } } } } }`,
    );
    expect(warrant.status).toBe("REVOKED");
    expect(warrant.warrantRecords.nodes.map(({ act, by, to }: Record<string, string>) => [act, by, to])).toEqual([
      ["DRAFT", "ISSUING_AUTHORITY", "DRAFT"],
      ["ISSUE", "ISSUING_AUTHORITY", "ISSUED"],
      ["APPROVE", "PROVIDER", "ISSUED"],
      ["ACCEPT", "PROVIDER", "ACCEPTED"],
      ["DECLINE", "VALIDATING_AUTHORITY", "REVOKED"],
    ]);
    expect(warrant.warrantRecords.nodes[2]).toMatchObject({
      actor: "caller",
      duties: [{ kind: "REVIEW_EMERGENCY", state: "DONE" }],
    });
    expect(warrant.warrantRecords.nodes[4].duties).toContainEqual({ kind: "DELETE", state: "OPEN" });
    expect(warrant.accessRecords.nodes).toEqual([
      {
        ...{ actor: "officer-petit", warrantStatus: "ACCEPTED", emergency: true, outcome: "RELEASED" },
        fields: [{ field: "User.legalName", permitted: true }],
      },
    ]);
  });

  test.each([
    "DISCLOSED_WITHOUT_USABLE_WARRANT",
    "DISCLOSED_DURING_HOLD",
    "OFFENCE_BELOW_THRESHOLD",
    "PERSON_EXCLUDED_BY_AGREEMENT",
    "PROSECUTOR_ALONE",
    "OVER_DISCLOSED",
    "DEADLINE_MISSED",
    "OVERRIDE_USED",
    "KEY_FROM_NEW_PLACE",
    "LOG_GAP",
  ])("was there any %s? None, in so many leaves", async (name) => {
    const { treeSize, nodes } = await check(name);
    expect(nodes).toEqual([]);
    const { checkpoint } = await as(auditor, "{ checkpoint { size } }");
    expect(treeSize).toBeGreaterThan(100);
    expect(treeSize).toBeLessThanOrEqual(checkpoint.size);
  });

  test("what was denied, by reason?", async () => {
    const { accessStatistics } = await as(
      auditor,
      "{ accessStatistics(filter: { permitted: false }, by: [CODE]) { keys denied operations } }",
    );
    expect(accessStatistics).toEqual(
      ["HELD", "NO_ROUTE", "OFFENCE_BELOW_THRESHOLD", "PERSON_CONDITION", "SUBJECT_NOT_NAMED"].map((code) => {
        const count = code === "NO_ROUTE" ? 2 : 1;
        return { keys: [code], denied: count, operations: count };
      }),
    );
  });

  test("how much by country, category and month, as the statistics of Art. 28 want it?", async () => {
    const { accessStatistics } = await as(
      auditor,
      "{ accessStatistics(by: [COUNTRY, CATEGORY, MONTH]) { keys permitted denied subjects } }",
    );
    const month = "2026-11";
    expect(accessStatistics).toEqual(
      expect.arrayContaining([
        { keys: ["DE", "CONTENT", month], permitted: 1, denied: 0, subjects: 1 },
        { keys: ["DE", "TRAFFIC", month], permitted: 0, denied: 1, subjects: 1 },
        { keys: ["FR", "SUBSCRIBER", month], permitted: 3, denied: 1, subjects: 2 },
        { keys: ["IN", "SUBSCRIBER", month], permitted: 0, denied: 1, subjects: 1 },
      ]),
    );
  });

  test("which emergencies were there, and which did nobody validate?", async () => {
    const used = await accesses("emergency: true, permitted: true");
    expect(used).toHaveLength(2);
    const { nodes } = await check("EMERGENCY_NOT_VALIDATED");
    expect(nodes).toMatchObject([{ warrant: { id: unvalidated }, warrantRecord: { act: "DECLINE" }, record: null }]);
    expect((await check("EMERGENCY_NOT_VALIDATED", { ...auditor, country: "DE" })).nodes).toEqual([]);
  });

  test("was the person told? Not of what was read in the emergency that ended", async () => {
    const { nodes } = await check("USER_NOT_INFORMED");
    expect(nodes).toMatchObject([{ warrant: { id: unvalidated }, obligation: { kind: "INFORM_USER" } }]);
  });

  test("who asked unusually much in an hour?", async () => {
    const { nodes } = await check("UNUSUAL_VOLUME");
    expect(nodes).toMatchObject([{ record: { actor: "night-shift" } }]);
    const { accessStatistics } = await as(
      auditor,
      '{ accessStatistics(filter: { country: "GB" }, by: [ACTOR, HOUR]) { keys operations } }',
    );
    expect(accessStatistics).toContainEqual({ keys: ["night-shift", "2026-11-23T10"], operations: 55 });
  });

  test("what was recorded and not delivered?", async () => {
    const { nodes } = await check("RECORDED_NOT_DELIVERED");
    const actors = new Set(nodes.map(({ record }: { record: { actor: string } }) => record.actor));
    expect([...actors]).toEqual(["hangs-up"]);
  });

  test("were there gaps or outages, and how does the log stand?", async () => {
    const { logHealth } = await as(auditor, "{ logHealth { size searchableSize gaps fault oldestPendingMs } }");
    expect(logHealth).toMatchObject({ gaps: 0, fault: null });
    expect(logHealth.oldestPendingMs).toBeLessThan(10_000);
  });
});
