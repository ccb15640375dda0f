import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createDatabase, oneDatabase, type TemporaryDatabase } from "../kit/databases.js";
import { type EventStream, type Listening, listen } from "../kit/read-events.js";
import { type Claims, type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";

const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const berlin = { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" };
const facebook = { role: "PROVIDER", platform: "FACEBOOK" };
const auditor = { role: "AUDITOR", country: "FR" };
const engineer = { role: "ENGINEER" };

describe.each(oneDatabase)("what happens, as it happens, on the %s database", (kind) => {
  let rogatory: Rogatory;
  let database: TemporaryDatabase | undefined;
  let contentHash: string;
  let began: number;
  beforeAll(async () => {
    began = Date.now();
    database = kind === "server" ? await createDatabase() : undefined;
    rogatory = await startRogatory({ now: storyMoment, ...(database && { databaseUrl: database.url }) });
    const { body } = await ask(paris, '{ warrant(id: "warrant-fr-quiet-heron") { contentHash } }');
    contentHash = body.data.warrant.contentHash;
  });
  afterAll(async () => {
    await rogatory?.stop();
    await database?.drop();
  });

  const ask = async (claims: Claims, query: string, variables?: Record<string, unknown>) =>
    rogatory.ask(await rogatory.token(claims), query, variables);
  const hear = async (claims: Claims, listening: Listening): Promise<EventStream> =>
    listen(`${rogatory.url}/graphql`, await rogatory.token(claims), listening);
  const draft = async (
    claims: Claims,
    caseId: string,
    handle: string,
  ): Promise<{ id: string; contentHash: string }> => {
    const input = {
      ...{ caseId, platform: "FACEBOOK", categories: ["SUBSCRIBER"], solePurposeIdentification: true },
      targets: [{ kind: "HANDLE", value: handle }],
    };
    const { body } = await ask(
      claims,
      "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id contentHash } userErrors { message } } }",
      { input },
    );
    return body.data.draftWarrant.warrant;
  };
  const issue = (claims: Claims, { id, contentHash: hash }: { id: string; contentHash: string }) =>
    ask(claims, "mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { warrant { status } } }", {
      input: { id, contentHash: hash },
    });

  test("each hears of the orders that she sees, from where she sees them on, and of no others", async () => {
    const query = "subscription { warrantChanged { id status case { id } } }";
    const [judge, stranger, provider] = await Promise.all([paris, berlin, facebook].map((who) => hear(who, { query })));
    const drafted = await draft(paris, "case-fr-hate", "quiet.heron");
    expect(await judge?.next()).toEqual({
      data: { warrantChanged: { id: drafted.id, status: "DRAFT", case: { id: "case-fr-hate" } } },
    });
    await issue(paris, drafted);
    const issued = { id: drafted.id, status: "ISSUED" };
    expect(await judge?.next()).toEqual({ data: { warrantChanged: { ...issued, case: { id: "case-fr-hate" } } } });
    // The provider's first word is the issue: of the draft she heard nothing, and of the case she reads nothing.
    expect(await provider?.next()).toEqual({ data: { warrantChanged: { ...issued, case: null } } });
    const own = await draft(berlin, "case-de-hate", "brave.badger");
    expect((await stranger?.next())?.data.warrantChanged.id).toBe(own.id);
    for (const stream of [judge, stranger, provider]) stream?.leave();
  });

  test("one order alone is followed by its id", async () => {
    const one = await draft(paris, "case-fr-hate", "quiet.heron");
    const two = await draft(paris, "case-fr-hate", "quiet.heron");
    const stream = await hear(paris, {
      query: "subscription ($after: ID) { it: warrantChanged(id: $after) { number: id } }",
      variables: { after: two.id },
    });
    await issue(paris, one);
    await issue(paris, two);
    expect(await stream.next()).toEqual({ data: { it: { number: two.id } } });
    stream.leave();
  });

  test("what happened while nobody listened comes to the next stream that says where the last one ended", async () => {
    const first = await hear(paris, { query: "subscription { warrantChanged { id } }" });
    const heard = await draft(paris, "case-fr-hate", "quiet.heron");
    expect((await first.next()).data.warrantChanged.id).toBe(heard.id);
    const lastEventId = first.lastId() as string;
    first.leave();
    const missed = await draft(paris, "case-fr-hate", "quiet.heron");
    const second = await hear(paris, { query: "subscription { warrantChanged { id } }", lastEventId });
    expect((await second.next()).data.warrantChanged.id).toBe(missed.id);
    second.leave();
  });

  test("each event is an operation of its own: decided anew, and recorded as such", async () => {
    const stream = await hear(paris, {
      query: "subscription Watch { warrantChanged { targets { account { handle legalName } } } }",
    });
    const operations = new Set<string>();
    for (let round = 0; round < 2; round++) {
      await draft(paris, "case-fr-hate", "quiet.heron");
      const { data, errors, extensions } = await stream.next();
      expect(data.warrantChanged.targets).toEqual([{ account: { handle: "quiet.heron", legalName: null } }]);
      expect(errors?.[0]?.extensions.decision).toMatchObject({ code: "WARRANT_REQUIRED" });
      operations.add(extensions.disclosure.operationId);
    }
    stream.leave();
    expect(operations.size).toBe(2);
    for (const operationId of operations) {
      const found = await untilFound(operationId);
      expect(found).toMatchObject([
        { actor: "demo-judicial", fields: [{ field: "User.legalName", permitted: false }] },
      ]);
    }
  });

  async function untilFound(operationId: string): Promise<unknown[]> {
    const query = `query ($id: ID!) { accessLog(filter: { operationId: $id }) { nodes { actor fields { field permitted } } } }`;
    for (let turn = 0; turn < 50; turn++) {
      const { body } = await ask(auditor, query, { id: operationId });
      if (body.data.accessLog.nodes.length > 0) return body.data.accessLog.nodes;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return [];
  }

  test("an auditor reads the log's end as it grows, from an index on, and the records of her scope alone", async () => {
    const query = 'query @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { legalName } }';
    await ask(paris, query);
    const stream = await hear(auditor, {
      query:
        "subscription ($from: SafeInt) { accessLogAppended(from: $from) { index country warrant { id contentHash } } }",
      variables: { from: 0 },
    });
    const german = { ...auditor, country: "DE" };
    const others = await hear(german, { query: "subscription { accessLogAppended { index country } }" });
    const indexes: number[] = [];
    for (let found = false; !found; ) {
      const { index, country, warrant } = (await stream.next()).data.accessLogAppended;
      expect(country).toBe("FR");
      indexes.push(index);
      found = warrant?.id === "warrant-fr-quiet-heron";
      if (found) expect(warrant.contentHash).toBe(contentHash);
    }
    expect(indexes).toEqual([...indexes].sort((a, b) => a - b));
    await ask(berlin, 'query @warrant(id: "warrant-de-brave-badger") { user(id: "u02") { legalName } }');
    expect((await others.next()).data.accessLogAppended.country).toBe("DE");
    for (const one of [stream, others]) one.leave();
  });

  test.each([
    ["an engineer, of orders", engineer, "subscription { warrantChanged { id } }", {}, 403, "FORBIDDEN"],
    ["a judge, of the log", paris, "subscription { accessLogAppended { index } }", {}, 403, "FORBIDDEN"],
    [
      "an index beyond the log",
      auditor,
      "subscription { accessLogAppended(from: 99999) { index } }",
      {},
      400,
      "BAD_USER_INPUT",
    ],
    [
      "two roots",
      paris,
      "subscription { warrantChanged { id } obligationDue { id } }",
      {},
      400,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "a variable that does not fit",
      paris,
      "subscription ($id: ID) { warrantChanged(id: $id) { id } }",
      { variables: { id: {} } },
      400,
      "BAD_USER_INPUT",
    ],
    [
      "a cursor of nowhere",
      paris,
      "subscription { warrantChanged { id } }",
      { lastEventId: "abc" },
      400,
      "BAD_USER_INPUT",
    ],
    [
      "a warrant for a stream",
      paris,
      'subscription @warrant(id: "warrant-fr-quiet-heron") { warrantChanged { id } }',
      {},
      400,
      "GRAPHQL_VALIDATION_FAILED",
    ],
  ])("refused before the stream begins: %s", async (_, who, query, more, status, code) => {
    await expect(hear(who, { query, ...more })).rejects.toThrow(new RegExp(`^${status} .*"${code}"`));
  });

  test("a stream ends with its token, and says so", async () => {
    // Tokens are dated by the moment at which the story begins.
    const ttl = Math.ceil((Date.now() - began) / 1000) + 3;
    const token = await rogatory.token({ ...paris, ttl });
    const stream = await listen(`${rogatory.url}/graphql`, token, { query: "subscription { warrantChanged { id } }" });
    expect(await stream.rest()).toEqual([
      { name: "next", body: { errors: [expect.objectContaining({ extensions: { code: "UNAUTHENTICATED" } })] } },
      { name: "complete", body: null },
    ]);
  });

  test("more than ten at once are not one person's", async () => {
    const many = await Promise.all(
      Array.from({ length: 10 }, () => hear(berlin, { query: "subscription { obligationDue { id } }" })),
    );
    await expect(hear(berlin, { query: "subscription { obligationDue { id } }" })).rejects.toThrow(
      /^400 .*OPERATION_TOO_COSTLY/,
    );
    for (const stream of many) stream.leave();
  });

  test("when the gateway stops, every stream is told that it is complete", async () => {
    const stream = await hear(paris, { query: "subscription { warrantChanged { id } }" });
    const rest = stream.rest();
    expect(await rogatory.stop()).toBe(0);
    expect(await rest).toEqual([{ name: "complete", body: null }]);
  });
});
