import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { createDatabase, databases, type TemporaryDatabase } from "../kit/databases.js";
import { readLeaves } from "../kit/read-leaves.js";
import { type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";
import { scanAnswer } from "../leaks/scan-answer.js";

const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const variables = { w: "warrant-fr-quiet-heron" };
const story =
  'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { handle legalName email ipAddresses(first: 1) { nodes { address } } } posts(filter: { ids: ["u01-p1"] }) { nodes { author { handle phone } } } }';
const disclosed = {
  user: {
    handle: "quiet.heron",
    legalName: "Specimen Person 01",
    email: "specimen-01@mail.example",
    ipAddresses: { nodes: [{ address: "198.51.100.16" }] },
  },
  posts: { nodes: [{ author: { handle: "quiet.heron", phone: "+15550100001" } }] },
};
const identityPaths = [
  ["user", "legalName"],
  ["user", "email"],
  ["user", "ipAddresses"],
  ["posts", "nodes", 0, "author", "phone"],
];
const values = /Specimen|specimen-|198\.51\.100|\+1555/;
const inside = /ECONN|relation|audit|postgres|lock|terminat|permission|at .*\.js/i;

/** Posts the story and keeps every byte that came back. */
async function read(rogatory: Rogatory, token: string): Promise<{ status: number; bytes: string }> {
  const request = { query: story, variables };
  const response = await fetch(`${rogatory.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(request),
  });
  const bytes = await response.text();
  scanAnswer({ request, headers: response.headers, text: bytes });
  return { status: response.status, bytes };
}

const ours = databases.includes("server");
if (!ours) test.skip("failures of a PostgreSQL server: skipped, it needs one in TEST_DATABASE_URL", () => undefined);

(ours ? describe : describe.skip)("when the log cannot be written, nothing is disclosed", () => {
  let database: TemporaryDatabase;
  let rogatory: Rogatory;
  let admin: pg.Client;
  let judge: string;

  beforeAll(async () => {
    database = await createDatabase();
    rogatory = await startRogatory({ now: storyMoment, databaseUrl: database.url });
    admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    judge = await rogatory.token(paris);
  });
  afterAll(async () => {
    await admin?.end();
    await rogatory?.stop();
    await database?.drop();
  });

  async function expectShut(): Promise<void> {
    const { status, bytes } = await read(rogatory, judge);
    expect(status).toBe(503);
    expect(bytes).not.toMatch(values);
    expect(bytes).not.toMatch(inside);
    const { data, errors, extensions } = JSON.parse(bytes);
    expect(data).toEqual({
      user: { handle: "quiet.heron", legalName: null, email: null, ipAddresses: null },
      posts: { nodes: [{ author: { handle: "quiet.heron", phone: null } }] },
    });
    expect(errors.map(({ path: place }: { path: unknown }) => place)).toEqual(expect.arrayContaining(identityPaths));
    expect(errors).toHaveLength(identityPaths.length);
    for (const error of errors) expect(error.extensions).toEqual({ code: "LOG_UNAVAILABLE" });
    expect(extensions.disclosure.receipts).toEqual([]);
  }

  async function expectOpen(): Promise<void> {
    const { status, bytes } = await read(rogatory, judge);
    expect(JSON.parse(bytes).data).toEqual(disclosed);
    expect(status).toBe(200);
  }

  const gaps = async (): Promise<readonly unknown[]> =>
    (await readLeaves(admin)).filter(({ type }) => type === "GAP" || type === "WRITER_OPEN");

  test("the table is gone: refused for certain; afterwards the log names the gap and the epoch before", async () => {
    await expectOpen();
    const [first] = await gaps();
    await admin.query("alter table audit.audit_batch rename to audit_batch_away");
    await expectShut();
    await admin.query("alter table audit.audit_batch_away rename to audit_batch");
    await expectOpen();
    const told = (await gaps()).slice(1);
    expect(told).toMatchObject([
      { type: "WRITER_OPEN", previous: { writer: (first as { writer: string }).writer }, unconfirmed: [] },
      { type: "GAP", reason: "STORE_REFUSED" },
    ]);
    expect((told[1] as { refused: number }).refused).toBeGreaterThanOrEqual(1);
  });

  test("the commit is never acknowledged: nobody knows its fate, nothing leaves, and the next epoch names that batch", async () => {
    await admin.query("begin");
    await admin.query("lock table audit.audit_batch in access exclusive mode");
    await expectShut();
    await admin.query("rollback");
    await expectOpen();
    const told = await gaps();
    const lost = { writer: expect.any(String), batch: expect.any(Number), hash: expect.any(String) };
    expect(told.slice(-2)).toMatchObject([
      { type: "WRITER_OPEN", unconfirmed: expect.arrayContaining([lost]) },
      { type: "GAP", reason: "COMMIT_UNKNOWN" },
    ]);
  });

  test("the right to write is gone, and the openings cannot be kept: refused, and open again afterwards", async () => {
    await admin.query("alter table audit.audit_opening rename to audit_opening_away");
    await expectShut();
    await admin.query("alter table audit.audit_opening_away rename to audit_opening");
    await expectOpen();
  });

  test("reading the log cannot be recorded: the log is not shown, what tells of no record is, and both again afterwards", async () => {
    const auditor = await rogatory.token({ role: "AUDITOR" });
    const query = "{ accessLog(first: 1) { nodes { leafHash } } logHealth { gaps } }";
    await admin.query("alter table audit.audit_opening rename to audit_opening_away");
    const { status, body } = await rogatory.ask(auditor, query);
    await admin.query("alter table audit.audit_opening_away rename to audit_opening");
    expect(status).toBe(503);
    expect(body.data).toEqual({ accessLog: null, logHealth: { gaps: expect.any(Number) } });
    expect(body.errors).toMatchObject([{ path: ["accessLog"], extensions: { code: "LOG_UNAVAILABLE" } }]);
    const again = await rogatory.ask(auditor, query);
    expect([again.status, again.body.errors, again.body.data.accessLog]).toEqual([200, undefined, expect.anything()]);
  });

  test("the whole database goes away: no data, no crash, no word of it; and it comes back by itself", async () => {
    const { pathname } = new URL(database.url);
    const server = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
    await server.connect();
    await admin.end();
    await server.query(`alter database ${pathname.slice(1)} allow_connections false`);
    await server.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
      pathname.slice(1),
    ]);
    const { status, bytes } = await read(rogatory, judge);
    expect(status).toBeGreaterThanOrEqual(500);
    expect(bytes).not.toMatch(values);
    expect(bytes).not.toMatch(inside);
    const { data, errors } = JSON.parse(bytes);
    expect(data).toEqual({ user: null, posts: null });
    expect(errors).toHaveLength(2);
    expect((await fetch(`${rogatory.url}/health/live`)).status).toBe(200);

    await server.query(`alter database ${pathname.slice(1)} allow_connections true`);
    await server.end();
    admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await expectOpen();
    expect(rogatory.output()).not.toMatch(values);
  });
});

describe.each(databases)("a process that ends, on the %s database", (kind) => {
  let home: string;
  let database: TemporaryDatabase | undefined;
  let rogatory: Rogatory;
  let judge: string;
  let auditor: string;

  beforeAll(async () => {
    home = mkdtempSync(path.join(tmpdir(), "rogatory-test-"));
    database = kind === "server" ? await createDatabase() : undefined;
    await start();
    judge = await rogatory.token(paris);
    auditor = await rogatory.token({ role: "AUDITOR", country: "FR" });
  });
  afterAll(async () => {
    await rogatory?.kill();
    rmSync(home, { recursive: true, force: true });
    await database?.drop();
  });

  async function start(): Promise<void> {
    const databaseUrl = database === undefined ? {} : { databaseUrl: database.url };
    rogatory = await startRogatory({ now: storyMoment, home, ...databaseUrl });
  }

  test("killed while clients read: nothing that one of them received is missing from the log", async () => {
    const received = new Set<string>();
    for (const wanted of [5, 10]) {
      const readers = Array.from({ length: 4 }, () => readUntilItEnds(rogatory, judge, received));
      await waitUntil(() => received.size >= wanted);
      await rogatory.kill();
      await Promise.all(readers);
      await start();
    }
    expect(received.size).toBeGreaterThanOrEqual(10);

    let missing: readonly string[] = [];
    // Entries are listed once they are numbered, within a second.
    await waitUntil(async () => {
      const logged = await operationsInTheLog(rogatory, auditor);
      missing = [...received].filter((operation) => !logged.has(operation));
      return missing.length === 0;
    });
    expect(missing).toEqual([]);
  });

  test("ended by SIGTERM: what runs is answered whole, nothing new is taken, and it ends with 0 within ten seconds", async () => {
    const pause = database === undefined ? null : await holdWarrants(database.url);
    const running = Array.from({ length: 4 }, () => read(rogatory, judge));
    await (pause === null ? running[0] : pause.somebodyWaits());
    const begun = performance.now();
    const stopped = rogatory.stop();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await pause?.end();
    for (const answer of await Promise.allSettled(running)) {
      if (answer.status === "rejected") expect(isCutOff(answer.reason) && pause === null).toBe(true);
      else expect(JSON.parse(answer.value.bytes).data).toEqual(disclosed);
    }
    expect(await stopped).toBe(0);
    expect(performance.now() - begun).toBeLessThan(10_000);
    await expect(read(rogatory, judge)).rejects.toThrow();
  });
});

/** Makes every operation that reads a warrant wait. */
async function holdWarrants(url: string): Promise<{ somebodyWaits(): Promise<void>; end(): Promise<void> }> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query("begin; lock table justice.warrants in access exclusive mode");
  return {
    somebodyWaits: () =>
      waitUntil(async () => {
        const waiting = await admin.query("select from pg_locks where not granted");
        return waiting.rowCount !== 0;
      }),
    end: () => admin.end(),
  };
}

/** The connection ended before the answer was whole. */
function isCutOff(error: unknown): boolean {
  return (error as Error).name === "TypeError";
}

/** Reads without a pause and writes down the operations of which it received data, until nobody answers any more. */
async function readUntilItEnds(rogatory: Rogatory, judge: string, received: Set<string>): Promise<void> {
  for (;;) {
    try {
      const { bytes } = await read(rogatory, judge);
      const { data, extensions } = JSON.parse(bytes);
      expect(data).toEqual(disclosed);
      received.add(extensions.disclosure.operationId);
    } catch (error) {
      if (isCutOff(error)) return;
      throw error;
    }
  }
}

async function operationsInTheLog(rogatory: Rogatory, auditor: string): Promise<ReadonlySet<string>> {
  const query =
    "query ($after: String) { accessLog(first: 100, after: $after) { nodes { operationId } pageInfo { hasNextPage endCursor } } }";
  const operations = new Set<string>();
  for (let after: string | null = null; ; ) {
    const answer = await rogatory.ask(auditor, query, { after });
    expect(answer.body.errors).toBeUndefined();
    const { nodes, pageInfo } = answer.body.data.accessLog;
    for (const { operationId } of nodes) operations.add(operationId);
    if (!pageInfo.hasNextPage) return operations;
    after = pageInfo.endCursor;
  }
}

/** Looks again until it holds, or the time (ms) is over. */
async function waitUntil(holds: () => boolean | Promise<boolean>, time = 20_000): Promise<void> {
  for (const end = performance.now() + time; performance.now() < end && !(await holds()); )
    await new Promise((resolve) => setTimeout(resolve, 25));
}
