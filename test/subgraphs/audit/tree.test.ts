import { rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openRecorder, type Recorder } from "../../../gateway/record/open-recorder.js";
import { openCheckpoint } from "../../../schema/ledger/checkpoint.js";
import { leafHash, merkleRoot, verifyInclusion } from "../../../schema/ledger/merkle.js";
import { readNoteVerifier } from "../../../schema/ledger/note.js";
import type { LeafReceipt } from "../../../schema/ledger/receipt.js";
import { verifyConsistency } from "../../../schema/ledger/verify-consistency.js";
import { readIntegrated } from "../../../subgraphs/audit/integrate/read-batches.js";
import { openSealer } from "../../../subgraphs/audit/tree/open-sealer.js";
import { oneDatabase } from "../../kit/databases.js";
import { now, quiet, readings } from "../../record/kit.js";
import {
  type AuditLog,
  ask,
  chiefAuditor,
  emptyLog,
  facebook,
  frenchAuditor,
  germanAuditor,
  integrateOnce,
  judge,
  openAudit,
  settle,
} from "./kit.js";

const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");
const literal = (value: unknown): string => JSON.stringify(value).replace(/"(\w+)":/g, "$1: ");

describe.each(oneDatabase)("the tree over the log on the %s database", (kind) => {
  let log: AuditLog;
  let recorder: Recorder;
  beforeAll(async () => {
    log = await openAudit(kind);
  });
  beforeEach(async () => {
    await emptyLog(log);
    recorder = await openRecorder({
      store: log.openStore(),
      clock: () => now,
      log: quiet,
      heartbeatMs: 3_600_000,
      timeoutMs: 5000,
    });
  });
  afterAll(() => log.close());

  const execute = (sql: string) => log.running.em().execute<Record<string, unknown>[]>(sql);
  const audited = async (query: string) => {
    const { data, refusals } = await ask(log, chiefAuditor, query);
    expect(refusals).toEqual([]);
    return data;
  };
  async function record(...counts: number[]): Promise<LeafReceipt[]> {
    const receipts: LeafReceipt[] = [];
    for (const count of counts) receipts.push(...(await recorder.append(readings(count))).receipts);
    return receipts;
  }
  const leafHashes = async () =>
    (await readIntegrated(log.running.em(), 0, 10_000)).flatMap(({ leaves }) => leaves.map(leafHash));

  /** Somebody with every right on the database changes it. */
  async function asInsider(...statements: string[]): Promise<void> {
    for (const table of [
      "audit_batch",
      "audit_bundle",
      "audit_opening",
      "audit_tile",
      "audit_checkpoint",
      "audit_cosignature",
    ])
      await execute(`alter table audit.${table} disable trigger user`);
    for (const statement of statements) await execute(statement);
  }

  test("every step of integration ends in a checkpoint under the log's key, whose root is that of all leaves", async () => {
    expect((await audited("{ checkpoint { size } }")).checkpoint).toBeNull();
    await record(3, 200);
    await settle(log);
    await record(100, 1);
    await settle(log);
    const { checkpoint } = await audited("{ checkpoint { origin size rootHash note at verifierKey } }");
    const hashes = await leafHashes();
    expect(hashes).toHaveLength(305);
    expect(checkpoint).toEqual({
      origin: "log.example/test",
      size: 305,
      rootHash: merkleRoot(hashes).toString("hex"),
      note: expect.any(String),
      at: now.toISOString(),
      verifierKey: log.sealer.verifier.text,
    });
    const opened = openCheckpoint(checkpoint.note, readNoteVerifier(checkpoint.verifierKey));
    expect(opened).toMatchObject({ size: 305, root: merkleRoot(hashes) });
  });

  test("each record proves that it stands in the latest tree, and in every tree since it came", async () => {
    await record(5, 300, 2);
    await settle(log);
    const hashes = await leafHashes();
    const sizes = [6, 7, 200, 256, 257, 308];
    const proofs = sizes.map((size) => `at${size}: proof(treeSize: ${size}) { treeSize index hashes }`).join(" ");
    const { accessRecord } = await audited(
      `{ accessRecord(index: 5) { level leafHash proof { treeSize hashes } ${proofs} } }`,
    );
    expect(accessRecord.level).toBe("INTEGRATED");
    expect(accessRecord.proof.treeSize).toBe(308);
    for (const size of sizes) {
      const { hashes: path, index } = accessRecord[`at${size}`];
      const root = merkleRoot(hashes.slice(0, size));
      expect(verifyInclusion(bytes(accessRecord.leafHash), index, size, path.map(bytes), root)).toBe(true);
    }
    for (const size of [0, 5, -1, 309]) {
      const { refusals } = await ask(
        log,
        chiefAuditor,
        `{ accessRecord(index: 5) { proof(treeSize: ${size}) { index } } }`,
      );
      expect(refusals).toEqual(["LOG_RANGE"]);
    }
  });

  test("two checkpoints prove that the later log is the earlier one, longer", async () => {
    const signed: { size: number; root: Buffer }[] = [];
    for (const count of [1, 40, 250, 7]) {
      await record(count);
      await settle(log);
      const { checkpoint } = await audited("{ checkpoint { size rootHash } }");
      signed.push({ size: checkpoint.size, root: bytes(checkpoint.rootHash) });
    }
    for (const older of signed)
      for (const newer of signed.filter(({ size }) => size >= older.size)) {
        const query = `{ consistencyProof(from: ${older.size}, to: ${newer.size}) { from to hashes } }`;
        const { consistencyProof } = await audited(query);
        expect(consistencyProof).toMatchObject({ from: older.size, to: newer.size });
        expect(verifyConsistency(older, newer, consistencyProof.hashes.map(bytes))).toBe(true);
      }
    for (const range of ["from: 0, to: 2", "from: 3, to: 2", "from: 1, to: 300"])
      expect((await ask(log, chiefAuditor, `{ consistencyProof(${range}) { to } }`)).refusals).toEqual(["LOG_RANGE"]);
  });

  const status = "{ signatureValid writerKnown index level record { subject { id } } proof { index treeSize hashes } }";
  const follow = async (receipt: Partial<LeafReceipt>, principal = chiefAuditor) =>
    (await ask(log, principal, `{ verifyReceipt(receipt: ${literal(receipt)}) ${status} }`)).data.verifyReceipt;

  test("a receipt is followed from the moment it is given to its place in the tree", async () => {
    const [receipt] = (await record(3)).slice(1);
    const promised = { signatureValid: true, writerKnown: true };
    expect(await follow(receipt as LeafReceipt)).toEqual({
      ...promised,
      index: null,
      level: "RECORDED",
      record: null,
      proof: null,
    });
    await settle(log);
    const found = await follow(receipt as LeafReceipt);
    expect(found).toEqual({
      ...promised,
      index: 2,
      level: "INTEGRATED",
      record: { subject: { id: "u1" } },
      proof: { index: 2, treeSize: 4, hashes: expect.any(Array) },
    });
    const path = found.proof.hashes.map(bytes);
    expect(verifyInclusion(bytes((receipt as LeafReceipt).leafHash), 2, 4, path, merkleRoot(await leafHashes()))).toBe(
      true,
    );
    const { size: _, previous: __, ...short } = receipt as LeafReceipt;
    expect(await follow(short)).toEqual(found);
    expect(await follow(receipt as LeafReceipt, germanAuditor)).toEqual({ ...found, record: null });
    expect(await follow(receipt as LeafReceipt, frenchAuditor)).toEqual(found);
  });

  test.each([
    ["another leaf", { leafHash: "00".repeat(32) }, { signatureValid: false, writerKnown: true, level: null }],
    ["another place", { ordinal: 0 }, { signatureValid: false, writerKnown: true, level: null }],
    ["another batch", { batch: 7 }, { signatureValid: false, writerKnown: true, level: null }],
    ["another writer", { writer: "11".repeat(32) }, { signatureValid: false, writerKnown: false, level: null }],
    ["no writer at all", { writer: "nobody" }, { signatureValid: false, writerKnown: false, level: null }],
    ["another signature", { signature: "AAAA" }, { signatureValid: false, writerKnown: true, level: "INTEGRATED" }],
  ])("a receipt with %s promises nothing", async (_, change, expected) => {
    const [, receipt] = await record(3);
    await settle(log);
    expect(await follow({ ...receipt, ...change })).toMatchObject(expected);
  });

  test("a record that was deleted is missing, and its receipt proves it", async () => {
    const [, receipt] = await record(1, 1);
    await settle(log);
    await asInsider("delete from audit.audit_batch where seq = 2");
    expect(await follow(receipt as LeafReceipt)).toMatchObject({
      signatureValid: true,
      writerKnown: true,
      index: null,
      level: null,
      record: null,
    });
  });

  test("the log says how it stands, and what it says of itself can be read", async () => {
    await record(1);
    await settle(log);
    await record(1);
    const { logHealth, logEntries } = await audited(
      `{ logHealth { size searchableSize lagMs oldestPendingMs gaps witnessAgeSeconds fault }
         logEntries(from: 0, first: 5) { __typename index level leafHash ... on SystemRecord { event } } }`,
    );
    expect(logHealth).toMatchObject({ size: 2, searchableSize: 2, gaps: 0, witnessAgeSeconds: null, fault: null });
    expect(logHealth.oldestPendingMs).toBeGreaterThanOrEqual(0);
    expect(logEntries).toMatchObject([
      { __typename: "SystemRecord", index: 0, level: "INTEGRATED", event: "WRITER_OPEN" },
      { __typename: "AccessRecord", index: 1 },
    ]);
    const own = await ask(log, germanAuditor, "{ logEntries(from: 0) { __typename } }");
    expect(own.data.logEntries).toEqual([{ __typename: "SystemRecord" }]);
  });

  test.each([
    "checkpoint { size }",
    "consistencyProof(from: 1, to: 1) { to }",
    `verifyReceipt(receipt: ${literal({ leafHash: "", writer: "", batch: 0, ordinal: 0, path: [], signature: "" })}) { index }`,
    "logHealth { size }",
    "logEntries(from: 0) { index }",
  ])("closed to a judge, open to a provider: %s", async (query) => {
    await record(1);
    await settle(log);
    expect((await ask(log, judge, `{ ${query} }`)).refusals).toEqual(["ROLE"]);
    expect((await ask(log, facebook, `{ ${query} }`)).refusals).toEqual([]);
  });

  describe("nothing is signed on a log that is not the one that was signed", () => {
    const wipe = [
      "delete from audit.audit_bundle",
      "delete from audit.audit_opening",
      "truncate audit.audit_batch, audit.audit_tile, audit.audit_cosignature, audit.audit_export, audit.audit_checkpoint, audit.audit_writer",
      "truncate audit.audit_entry, audit.audit_entry_field, audit.audit_system_entry, audit.audit_finding, audit.audit_volume, audit.audit_hour",
      "update audit.audit_head set size = 0, searchable = 0, decided = 0",
    ];
    const reopen = () =>
      openRecorder({ store: log.openStore(), clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 });

    test("restored from an old backup", async () => {
      await record(5);
      await settle(log);
      await asInsider(...wipe);
      recorder = await reopen();
      const cut = "the log has 0 leaves, and 6 were signed here: it was cut, or restored from an old backup";
      await expect(integrateOnce(log)).rejects.toThrow(cut);
      log.sealer = await openSealer(log.running.files.key as string);
      await expect(integrateOnce(log)).rejects.toThrow(cut);
      expect((await audited("{ checkpoint { size } logHealth { size } }")).checkpoint).toBeNull();
    });

    test("forked: another history, signed with the log's own key on another machine", async () => {
      await record(5);
      await settle(log);
      const here = log.sealer;
      await asInsider(...wipe);
      rmSync(`${log.running.files.key}.signed`);
      log.sealer = await openSealer(log.running.files.key as string);
      recorder = await reopen();
      await record(9);
      await settle(log);
      await record(1);
      log.sealer = here;
      await expect(integrateOnce(log)).rejects.toThrow(
        "the tree of 6 leaves is not the one that was signed here: the log was forked",
      );
    });

    test.each([
      [
        "a changed tile",
        "update audit.audit_tile set hashes = set_byte(hashes, 33, get_byte(hashes, 33) # 1) where level = 0",
        "the tree of 6 leaves is not the one that was signed",
      ],
      [
        "a tile cut short",
        "update audit.audit_tile set hashes = substr(hashes, 1, 64) where level = 0",
        "tile 0 of level 0 has no hash 5",
      ],
      [
        "a deleted checkpoint",
        "delete from audit.audit_checkpoint",
        "6 leaves are numbered, and the last checkpoint is of 0",
      ],
      [
        "a checkpoint of another root",
        "update audit.audit_checkpoint set note = replace(note, 'log.example/test', 'log.example/fake')",
        "a checkpoint is not this log's own: the checkpoint is of log.example/fake, not of log.example/test",
      ],
      [
        "a head moved on",
        "update audit.audit_head set size = size + 1",
        "7 leaves are numbered, and the last checkpoint is of 6",
      ],
    ])("%s", async (_, tampering, fault) => {
      await record(5);
      await settle(log);
      await asInsider(tampering);
      await record(1);
      await expect(integrateOnce(log)).rejects.toThrow(fault);
    });
  });

  test.each([
    ["update audit.audit_tile set hashes = substr(hashes, 1, 32)", "a tile only grows"],
    ["update audit.audit_tile set number = 7", "a tile only grows"],
    ["delete from audit.audit_tile", "delete of audit_tile is refused"],
    ["update audit.audit_checkpoint set note = ''", "update of audit_checkpoint is refused"],
    ["delete from audit.audit_checkpoint", "delete of audit_checkpoint is refused"],
  ])("the database refuses: %s", async (statement, message) => {
    await record(5);
    await settle(log);
    await expect(execute(statement)).rejects.toThrow(message);
  });
});
