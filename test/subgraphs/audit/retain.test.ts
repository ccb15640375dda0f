import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openRecorder, type RecordedReceipt } from "../../../gateway/record/open-recorder.js";
import { retentionDraft } from "../../../gateway/record/retention-draft.js";
import { findLeaves } from "../../../gateway/verify/find-leaves.js";
import { verifyExport } from "../../../gateway/verify/verify-export.js";
import { openCheckpoint } from "../../../schema/ledger/checkpoint.js";
import type { ExportFormat } from "../../../schema/ledger/export-files.js";
import { verifyInclusion } from "../../../schema/ledger/merkle.js";
import { verifyConsistency } from "../../../schema/ledger/verify-consistency.js";
import { liftHold, placeHold } from "../../../subgraphs/audit/hold/holds.js";
import { exportLog, retire } from "../../../subgraphs/audit/index.js";
import { rebuildProjection } from "../../../subgraphs/audit/integrate/project.js";
import { dropMonth } from "../../../subgraphs/audit/retain/drop-month.js";
import { openMonths } from "../../../subgraphs/audit/retain/open-months.js";
import type { Retirement } from "../../../subgraphs/audit/retain/retire.js";
import { proveConsistency, proveInclusion } from "../../../subgraphs/audit/tree/prove.js";
import { readCheckpoint } from "../../../subgraphs/audit/tree/read-checkpoint.js";
import type { EntityManager } from "../../../subgraphs/kit/subgraph.js";
import { databases } from "../../kit/databases.js";
import { now, quiet, readings } from "../../record/kit.js";
import { type AuditLog, ask, chiefAuditor, inMonth, openAudit, placing, settle } from "./kit.js";

describe.each(databases)("months past retention, on the %s database", (kind) => {
  let log: AuditLog;
  let home: string;
  let old: RecordedReceipt;
  let recent: RecordedReceipt;
  /** A checkpoint that somebody kept, of a time before what is past retention ends. */
  let earlier: string;
  const em = (): EntityManager => log.running.em();
  const read = async (query: string) => (await ask(log, chiefAuditor, query)).data;

  async function append(drafts: Parameters<Awaited<ReturnType<typeof openRecorder>>["append"]>[0]) {
    const options = { clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 };
    const recorder = await openRecorder({ store: log.openStore(), ...options });
    const receipt = await recorder.append(drafts);
    await recorder.close();
    await settle(log);
    return receipt;
  }

  const written = (month: string, leaves: number): Promise<RecordedReceipt> =>
    inMonth(log, month, () => append(readings(leaves)));

  const record = (retirement: Retirement) => append([retentionDraft(retirement)]);
  const end = (keep = 1) => retire(em(), { keep, by: "amara", record });
  const months = async (): Promise<string[]> =>
    (
      await em().execute<{ name: string }[]>(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit.audit_bundle'::regclass order by 1",
      )
    ).map(({ name }) => name.replace("audit.audit_bundle_", ""));
  beforeAll(async () => {
    log = await openAudit(kind);
    home = mkdtempSync(path.join(tmpdir(), "rogatory-retain-"));
    old = await written("2024-01-01", 300);
    await written("2024-02-01", 200);
    earlier = (await readCheckpoint(em()))?.note ?? "";
    await exported("tiles", "too-old");
    await written("2024-03-01", 300);
    recent = await append(readings(100));
    await exported("tiles", "begun-before");
  });
  afterAll(async () => {
    await log.close();
    rmSync(home, { recursive: true });
  });

  const exported = async (format: ExportFormat, name: string): Promise<string> => {
    const folder = path.join(home, name);
    await exportLog(em(), { folder, format, record: async () => undefined, progress: () => undefined });
    return folder;
  };
  const verify = (folder: string) =>
    verifyExport({
      folder,
      key: null,
      earlier: [earlier],
      before: [],
      witnesses: [],
      quorum: 0,
      progress: () => undefined,
    });

  test("nothing goes while a hold is on it: on a warrant, or on a time", async () => {
    for (const matter of [
      { warrant: "warrant-1" },
      { from: new Date("2026-11-23T00:00:00Z"), to: new Date("2026-11-24T00:00:00Z") },
    ]) {
      const hold = await placeHold(em(), matter, { ...placing, at: now });
      expect(await end()).toMatchObject({
        months: [],
        minimum: 0,
        kept: expect.stringMatching(/^2024-01 stays: hold \w+ on .* keeps leaf 1$/),
      });
      await liftHold(em(), hold, placing);
    }
    expect((await read("{ logHealth { minimumIndex } }")).logHealth).toEqual({ minimumIndex: 0 });
  });

  test("nothing goes where that cannot be recorded", async () => {
    const down = () => Promise.reject(new Error("the log is down"));
    await expect(retire(em(), { keep: 1, by: "amara", record: down })).rejects.toThrow("the log is down");
    expect(await months()).toContain("2024_01");
  });

  test("what is past the controller's months goes, as far as whole bundles reach; the log says so first", async () => {
    // 302 leaves of January and 202 of February; March ends with leaf 805, and a bundle from 1024 on has not begun.
    const before = await months();
    expect(await end()).toEqual({
      months: ["2024-01", "2024-02"],
      minimum: 512,
      kept: "2024-03 stays: there are not yet 1024 leaves that can be searched",
    });
    expect(await months()).toEqual(before.filter((month) => !["2024_01", "2024_02"].includes(month)));
    const { logEntries } = await read(
      "{ logEntries(from: 900, first: 100) { ... on SystemRecord { event retention { minimum through by } } } }",
    );
    expect(logEntries).toContainEqual({
      event: "RETENTION",
      retention: { minimum: 512, through: "2024-02", by: "amara" },
    });
    expect(await end()).toMatchObject({ months: [], minimum: 512, kept: expect.stringContaining("2024-03 stays") });
  });

  test("what went is not found any more, nor what opened it, by a projection built again neither", async () => {
    const openings = await em().execute("select 1 from audit.audit_opening where month < '2024-03-01'");
    expect(openings).toEqual([]);
    const query =
      "{ logHealth { minimumIndex } accessRecord(index: 5) { index } accessLog(first: 1) { nodes { index } } logEntries(from: 0, first: 1) { index } }";
    const found = await read(query);
    expect(found).toEqual({
      logHealth: { minimumIndex: 512 },
      accessRecord: null,
      accessLog: { nodes: [{ index: 512 }] },
      logEntries: [{ index: 512 }],
    });
    await rebuildProjection(em());
    expect(await read(query)).toEqual(found);
  });

  test("inclusion and consistency are proven as before, over leaves that are there and leaves that are not", async () => {
    const now = await readCheckpoint(em());
    if (now === null) throw new Error("no checkpoint");
    const signed = openCheckpoint(now.note, log.sealer.verifier);
    for (const [hex, index] of [
      [old.leafHashes[4], 5],
      [recent.leafHashes[0], 807],
    ] as const) {
      const hash = Buffer.from(hex as string, "hex");
      const path = (await proveInclusion(em(), index, signed.size)).map((one) => Buffer.from(one, "hex"));
      expect(verifyInclusion(hash, index, signed.size, path, signed.root)).toBe(true);
    }
    const then = openCheckpoint(earlier, log.sealer.verifier);
    expect(then.size).toBe(504);
    const proof = (await proveConsistency(em(), then.size, signed.size)).map((one) => Buffer.from(one, "hex"));
    expect(verifyConsistency(then, signed, proof)).toBe(true);
  });

  test.each([
    ["of a leaf that is gone", () => old.receipts[4], 5],
    ["of one that is there", () => recent.receipts[0], 807],
  ] as const)("a receipt %s leads to it: no deletion is proven by it", async (_name, receiptOf, index) => {
    const { size: _, previous: __, ...receipt } = receiptOf() as NonNullable<ReturnType<typeof receiptOf>>;
    const args = JSON.stringify(receipt).replace(/"(\w+)":/g, "$1:");
    const { verifyReceipt } = await read(
      `{ verifyReceipt(receipt: ${args}) { signatureValid writerKnown index level record { index } } }`,
    );
    expect(verifyReceipt).toEqual({
      signatureValid: true,
      writerKnown: true,
      index,
      level: expect.stringMatching(/INTEGRATED|EXPORTED/),
      record: index === 5 ? null : { index },
    });
    const forged = args.replace(receipt.leafHash, "00".repeat(32));
    expect((await read(`{ verifyReceipt(receipt: ${forged}) { signatureValid level } }`)).verifyReceipt).toEqual({
      signatureValid: false,
      level: null,
    });
  });

  test.each(["tiles", "jsonl"] as const)(
    "an export in format %s holds, says what is past retention, and knows an old leaf by its hash",
    async (format) => {
      const folder = await exported(format, format);
      const { findings, minimum, checkpoint } = await verify(folder);
      expect({ findings, minimum }).toEqual({ findings: [], minimum: 512 });
      const hash = old.leafHashes[4] as string;
      expect(await findLeaves(folder, checkpoint.size, [hash])).toEqual(new Map([[hash, { index: 5, leaf: null }]]));
      await append(readings(3));
      await exported(format, format);
      expect((await verify(folder)).findings).toEqual([]);
    },
  );

  test("an export that was begun before goes on and keeps its leaves; one that ended too early does not", async () => {
    const folder = await exported("tiles", "begun-before");
    expect(await verify(folder)).toMatchObject({ findings: [], minimum: 0 });
    await expect(exported("tiles", "too-old")).rejects.toThrow(
      "leaves from 504 to 512 are past retention: expected another folder",
    );
  });

  test("a table holds what is there", async () => {
    const folder = await exported("csv", "csv");
    const [, first] = readFileSync(path.join(folder, "log.csv"), "utf8").split("\r\n");
    expect(first).toMatch(/^512,ACCESS,/);
  });

  test("nobody hides leaves as past retention: the log itself must say so, and every hash is held against the root", async () => {
    const folder = await exported("tiles", "forged");
    const state = path.join(folder, "export.json");
    writeFileSync(state, readFileSync(state, "utf8").replace('"minimum":512', '"minimum":768'));
    expect((await verify(folder)).findings).toContainEqual({
      index: 512,
      until: 768,
      what: "the leaf is not there, and no leaf of the log says that it is past retention",
    });
    writeFileSync(state, readFileSync(state, "utf8").replace('"minimum":768', '"minimum":512'));
    const tile = path.join(folder, "tile", "0", "000");
    const hashes = readFileSync(tile);
    hashes[5 * 32] = (hashes[5 * 32] as number) ^ 1;
    writeFileSync(tile, hashes);
    expect((await verify(folder)).findings.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        "hash 0 of tile 0 of level 1 is not that of the leaves below it",
        expect.stringMatching(/^batch 1 of writer \w+ is not what its writer signed$/),
      ]),
    );
  });

  if (kind === "server")
    test("a month that somebody reads is dropped once she is done, and nobody who writes waits for long", async () => {
      await em().execute("select audit.open_months('2023-01-01', '2023-01-01')");
      const begun = Promise.withResolvers<void>();
      const reading = em().transactional(async (transaction) => {
        await transaction.execute("select 1 from audit.audit_bundle limit 1");
        begun.resolve();
        await pause(300);
      });
      await begun.promise;
      const dropping = dropMonth(em(), "2023-01-01");
      const since = performance.now();
      await append(readings(1));
      expect(performance.now() - since).toBeLessThan(2000);
      await Promise.all([reading, dropping]);
      expect(await months()).not.toContain("2023_01");
    });

  test("months are open ahead of time, and opening them again changes nothing", async () => {
    const before = await months();
    await openMonths(em());
    expect(await months()).toEqual(before);
    const [{ ahead } = { ahead: 0 }] = await em().execute<{ ahead: number }[]>(
      "select count(*)::int as ahead from pg_inherits where inhparent = 'audit.audit_opening'::regclass and inhrelid::regclass::text > 'audit.audit_opening_2024_03'",
    );
    expect(ahead).toBe(3);
  });
});
