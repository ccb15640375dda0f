import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import pg from "pg";
import { openRecorder, type Recorder } from "../../../gateway/record/open-recorder.js";
import { openPostgresStore } from "../../../gateway/record/postgres-store.js";
import { ChainFault } from "../../../schema/ledger/follow-chain.js";
import { verifyBatches } from "../../../schema/ledger/verify-batches.js";
import { audit } from "../../../subgraphs/audit/index.js";
import { readHead } from "../../../subgraphs/audit/integrate/head.js";
import { readLogHealth } from "../../../subgraphs/audit/integrate/log-health.js";
import { project, rebuildProjection } from "../../../subgraphs/audit/integrate/project.js";
import { readAllBatches } from "../../../subgraphs/audit/integrate/read-batches.js";
import { databases } from "../../kit/databases.js";
import { now, quiet, readings } from "../../record/kit.js";
import { type AuditLog, ask, chiefAuditor, emptyLog, integrateOnce, openAudit, settle } from "./kit.js";

const writerOf = (log: AuditLog): Promise<Recorder> =>
  openRecorder({ store: log.openStore(), clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 });
const execute = (log: AuditLog, sql: string) => log.running.em().execute<Record<string, unknown>[]>(sql);

/** What an insider with every right on the database does. */
async function asInsider(log: AuditLog, sql: string): Promise<void> {
  await execute(log, "alter table audit.audit_batch disable trigger all");
  await execute(log, "alter table audit.audit_bundle disable trigger all");
  await execute(log, "alter table audit.audit_opening disable trigger all");
  await execute(log, sql);
}

/** Every leaf has one index, from 0 without holes, in the order of its chain. */
async function expectSound(log: AuditLog): Promise<void> {
  const batches = await readAllBatches(log.running.em());
  expect(verifyBatches(batches).faults).toEqual([]);
  const indexes = batches.flatMap(({ firstIndex, leaves }) =>
    leaves.map((_, ordinal) => (firstIndex ?? Number.NaN) + ordinal),
  );
  expect(indexes.sort((one, other) => one - other)).toEqual(indexes.map((_, place) => place));
  expect((await readHead(log.running.em())).size).toBe(indexes.length);
}

describe.each(databases)("integration on the %s database", (kind) => {
  let log: AuditLog;
  beforeAll(async () => {
    log = await openAudit(kind);
  });
  beforeEach(() => emptyLog(log));
  afterAll(() => log.close());

  test("numbers the leaves of several writers, each chain in its order", async () => {
    const one = await writerOf(log);
    const two = await writerOf(log);
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 ? one : two).append(readings(1 + (index % 3)))),
    );
    await one.close();
    await settle(log);
    await expectSound(log);
    expect(await readLogHealth(log.running.em())).toMatchObject({
      size: 63,
      searchable: 63,
      pendingBatches: 0,
      oldestPendingMs: 0,
      fault: null,
    });
  });

  test("two integrators at once never number twice: who comes second is overtaken and looks again", async () => {
    const recorder = await writerOf(log);
    for (let round = 0; round < 5; round++) {
      await Promise.all(Array.from({ length: 5 }, () => recorder.append(readings(2))));
      const leaders = Array.from({ length: 4 }, () => integrateOnce(log));
      const results = await Promise.allSettled(leaders);
      const winners = results.filter((result) => result.status === "fulfilled" && result.value > 0);
      expect(winners).toHaveLength(1);
      for (const result of results) if (result.status === "rejected") expect(result.reason.name).toBe("Overtaken");
    }
    await Promise.allSettled([project(log.running.em()), project(log.running.em()), project(log.running.em())]);
    await settle(log);
    await recorder.close();
    await settle(log);
    await expectSound(log);
    const { data } = await ask(log, chiefAuditor, "{ accessStatistics(by: [COUNTRY]) { permitted } }");
    expect(data.accessStatistics).toEqual([{ permitted: 50 }]);
  });

  test("lists a record within a second of its receipt, by itself", async () => {
    const stop = await audit.afterStart?.(log.running);
    const recorder = await writerOf(log);
    await recorder.append(readings(1));
    let listed = 0;
    for (
      const begun = Date.now();
      listed === 0 && Date.now() - begun < 5000;
      await new Promise((resolve) => setTimeout(resolve, 50))
    )
      listed = (await ask(log, chiefAuditor, "{ accessLog { nodes { index } } }")).data.accessLog.nodes.length;
    expect(listed).toBe(1);
    await recorder.close();
    await stop?.();
  });

  test.each([
    [
      "a changed leaf",
      "update audit.audit_bundle set bundle = set_byte(bundle, 20, 65) where seq = 2",
      "root is not that of its leaves",
    ],
    ["a deleted batch", "delete from audit.audit_batch where seq = 2", "must be number 2 of its chain"],
    [
      "a cut bundle",
      "update audit.audit_bundle set bundle = substr(bundle, 1, length(bundle) - 1) where seq = 2",
      "bundle is cut short in leaf 0",
    ],
    [
      "a forged signature",
      "update audit.audit_batch set signature = set_byte(signature, 0, get_byte(signature, 0) # 1) where seq = 2",
      "signature is not its writer's",
    ],
  ])("stands still at %s, says so, and numbers what stands before it", async (_, tampering, rule) => {
    const recorder = await writerOf(log);
    for (let batch = 0; batch < 3; batch++) await recorder.append(readings(1));
    await asInsider(log, tampering);
    const warnings: Error[] = [];
    const warn = jest
      .spyOn(process, "emitWarning")
      .mockImplementation((warning) => void warnings.push(new Error(String(warning))));
    const stop = await audit.afterStart?.(log.running);
    while (warnings.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await stop?.();
    warn.mockRestore();
    const batch = rule.startsWith("must") ? 3 : 2;
    expect(warnings[0]?.message).toBe(
      `the access log does not hold: batch ${batch} of writer ${recorder.health().writer}: ${rule}`,
    );
    await expect(integrateOnce(log)).rejects.toThrow(ChainFault);
    const health = await readLogHealth(log.running.em());
    expect(health.fault).toContain(rule);
    expect(health.size).toBe(2);
    await recorder.close();
  });

  test("stands still at an opening that somebody changed: nobody is named in another's place", async () => {
    const recorder = await writerOf(log);
    await recorder.append(readings(1));
    await asInsider(
      log,
      "update audit.audit_opening set openings = overlay(openings placing 'judge-9'::bytea from position('judge-1'::bytea in openings)) where seq = 1",
    );
    await integrateOnce(log);
    await expect(project(log.running.em())).rejects.toThrow(
      "the opening of actor of leaf 1 is not the one the leaf commits to",
    );
    expect((await ask(log, chiefAuditor, "{ accessLog { nodes { index } } }")).data.accessLog.nodes).toEqual([]);
    await recorder.close();
  });

  test.each([
    ["update audit.audit_batch set written_at = now()", "a batch is numbered once and never changed"],
    ["update audit.audit_batch set first_index = first_index + 1", "a batch is numbered once and never changed"],
    ["update audit.audit_batch set first_index = null", "a batch is numbered once and never changed"],
    ["delete from audit.audit_batch", "delete of audit_batch is refused"],
    ["truncate audit.audit_batch", "truncate of audit_batch is refused"],
    ["update audit.audit_opening set openings = openings || 'x'", "openings are only ever taken away"],
    ["update audit.audit_opening set openings = '', seq = seq + 1", "openings are only ever taken away"],
    ["delete from audit.audit_opening", "delete of audit_opening is refused"],
    ["truncate audit.audit_opening", "truncate of audit_opening is refused"],
  ])("the database refuses: %s", async (statement, message) => {
    const recorder = await writerOf(log);
    await recorder.append(readings(1));
    await settle(log);
    await expect(execute(log, statement)).rejects.toThrow(message);
    await recorder.close();
    await settle(log);
    await expectSound(log);
  });

  test("the same batch twice is one set of leaves", async () => {
    const recorder = await writerOf(log);
    const [batch] = await readAllBatches(log.running.em());
    await expect(log.openStore().append(batch as never, [], new AbortController().signal)).rejects.toThrow(
      "refused the batch",
    );
    await recorder.close();
    await settle(log);
    await expectSound(log);
  });

  test("batch and openings are written both or neither", async () => {
    const recorder = await writerOf(log);
    await execute(log, "alter table audit.audit_opening add constraint full_disk check (seq = 0)");
    await expect(recorder.append(readings(1))).rejects.toThrow("could not be made durable");
    expect(await readAllBatches(log.running.em())).toHaveLength(1);
    await execute(log, "alter table audit.audit_opening drop constraint full_disk");
    await recorder.append(readings(1));
    await recorder.close();
    await settle(log);
    await expectSound(log);
    await rebuildProjection(log.running.em());
  });
});

if (databases.includes("server"))
  describe("a PostgreSQL server as the log's store", () => {
    let log: AuditLog;
    beforeAll(async () => {
      log = await openAudit("server");
    });
    beforeEach(() => emptyLog(log));
    afterAll(() => log.close());

    async function alone(sql: string): Promise<pg.Client> {
      const client = new pg.Client({ connectionString: log.url as string });
      await client.connect();
      await client.query(sql);
      return client;
    }

    test.each([
      "select * from audit.audit_batch",
      "delete from audit.audit_opening",
      "update audit.audit_head set size = 0",
      "insert into audit.audit_batch (first_index) values (0)",
    ])("the writer's role may insert batches and openings, and not: %s", async (statement) => {
      const client = await alone("set role rogatory_log_writer");
      await expect(client.query(statement)).rejects.toThrow("permission denied");
      await client.end();
    });

    test("a database that acknowledges before it keeps is refused at the start", async () => {
      const url = new URL(log.url as string);
      url.searchParams.set("options", "-c synchronous_commit=off");
      const store = openPostgresStore({ url: url.toString(), log: quiet });
      await expect(openRecorder({ store, clock: () => now, log: quiet })).rejects.toThrow(
        "the log needs synchronous_commit on or remote_apply; this connection has off",
      );
    });

    test("a read-only database: nothing leaves, then a new epoch names the old one", async () => {
      const url = new URL(log.url as string);
      url.searchParams.set("options", "-c default_transaction_read_only=on");
      const store = openPostgresStore({ url: url.toString(), log: quiet });
      const recorder = await openRecorder({ store, clock: () => now, log: quiet });
      await expect(recorder.append(readings(1))).rejects.toThrow("could not be made durable");
      expect(recorder.health().open).toBe(false);
      await recorder.close();
    });

    test("a table that somebody holds: refused within the time, and the late commit breaks nothing", async () => {
      const recorder = await openRecorder({ store: log.openStore(), clock: () => now, log: quiet });
      const client = await alone("begin; lock table audit.audit_batch in access exclusive mode");
      const begun = Date.now();
      await expect(recorder.append(readings(1))).rejects.toThrow("could not be made durable");
      expect(Date.now() - begun).toBeLessThan(5000);
      await client.query("commit");
      await client.end();
      await recorder.append(readings(1));
      await recorder.close();
      await settle(log);
      await expectSound(log);
      expect(verifyBatches(await readAllBatches(log.running.em())).writers).toBe(2);
    });

    test("connections that the server ends in mid-air: the next epoch goes on", async () => {
      const recorder = await openRecorder({ store: log.openStore(), clock: () => now, log: quiet });
      const client = await alone(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rogatory log writer' and datname = current_database()",
      );
      await client.end();
      const results = await Promise.allSettled([recorder.append(readings(1))]);
      await recorder.append(readings(1));
      await recorder.close();
      await settle(log);
      await expectSound(log);
      const accesses = results[0]?.status === "fulfilled" ? 2 : 1;
      const { data } = await ask(log, chiefAuditor, "{ accessLog { nodes { index } } }");
      expect(data.accessLog.nodes.length).toBeGreaterThanOrEqual(accesses);
    });
  });
