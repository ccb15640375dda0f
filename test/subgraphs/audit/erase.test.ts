import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { accessDrafts } from "../../../gateway/record/access-draft.js";
import { erasureDraft } from "../../../gateway/record/erasure-draft.js";
import { openRecorder, type RecordedReceipt, type Recorder } from "../../../gateway/record/open-recorder.js";
import { parseLeaf } from "../../../schema/ledger/leaf-bytes.js";
import { verifyReceiptOffline } from "../../../schema/ledger/receipt.js";
import { verifyBatches } from "../../../schema/ledger/verify-batches.js";
import { confirmErasure, type Erasure } from "../../../subgraphs/audit/erase/confirm-erasure.js";
import { deleteOpenings } from "../../../subgraphs/audit/erase/delete-openings.js";
import { findSubject } from "../../../subgraphs/audit/erase/find-subject.js";
import { requestErasure } from "../../../subgraphs/audit/erase/request-erasure.js";
import { liftHold, placeHold } from "../../../subgraphs/audit/hold/holds.js";
import { Overtaken } from "../../../subgraphs/audit/integrate/head.js";
import { project, rebuildProjection } from "../../../subgraphs/audit/integrate/project.js";
import { readAllBatches } from "../../../subgraphs/audit/integrate/read-batches.js";
import type { EntityManager } from "../../../subgraphs/kit/subgraph.js";
import { oneDatabase } from "../../kit/databases.js";
import { now, quiet, reading } from "../../record/kit.js";
import { type AuditLog, ask, chiefAuditor, emptyLog, keptOpenings, openAudit, placing, settle } from "./kit.js";

/** What was known of her when it was decided. */
const question = { SUBSCRIBER: [{ subject: { nationality: "ZZ" } }] };

describe.each(oneDatabase)("a person is erased from the log on the %s database", (kind) => {
  let log: AuditLog;
  let recorder: Recorder;
  let receipts: RecordedReceipt[];
  const em = (): EntityManager => log.running.em();
  const read = async (query: string) => (await ask(log, chiefAuditor, query)).data;
  const indexesOf = async (filter: string): Promise<number[]> =>
    (await read(`{ accessLog(filter: { ${filter} }) { nodes { index } } }`)).accessLog.nodes.map(
      ({ index }: { index: number }) => index,
    );
  const held = async (): Promise<number> => (await keptOpenings(log)).length;
  const ordered = { subject: "u01", ground: "COURT_ORDER", by: "amara", at: now } as const;
  const record = (erasure: Erasure) => recorder.append([erasureDraft(erasure)]);

  beforeAll(async () => {
    log = await openAudit(kind);
  });
  afterAll(() => log.close());

  async function begin(): Promise<void> {
    await emptyLog(log);
    await em().execute("delete from audit.audit_erasure");
    await em().execute("delete from audit.audit_hold");
    recorder = await openRecorder({
      store: log.openStore(),
      clock: () => now,
      log: quiet,
      heartbeatMs: 3_600_000,
      timeoutMs: 5000,
    });
    receipts = [];
    for (const subjectId of ["u01", "u02", "u01"])
      receipts.push(await recorder.append(accessDrafts({ ...reading, subjectId, question })));
    await settle(log);
  }

  describe("asked for by one operator and confirmed by another", () => {
    let before: Record<string, unknown>;
    let openings: number;
    const proven =
      "{ checkpoint { note } accessRecord(index: 1) { leaf leafHash proof { hashes treeSize } } logHealth { size } }";

    beforeAll(async () => {
      await begin();
      before = await read(proven);
      openings = await held();
      // One of her leaves is not searchable yet: it is found by its opening.
      receipts.push(await recorder.append(accessDrafts({ ...reading, subjectId: "u01", question })));
      const { id, leaves } = await requestErasure(em(), ordered);
      expect(leaves).toBe(3);
      expect(await read(proven)).toEqual(before);
      await confirmErasure(em(), { id, by: "bela", at: now, record });
    });
    afterAll(() => recorder.close());

    test("checkpoint, proof, leaf and size are what they were, byte by byte", async () => {
      expect(await read(proven)).toEqual(before);
    });

    test("nothing is found by her any more, and the others are", async () => {
      await settle(log);
      expect(await indexesOf('subjectId: "u01"')).toEqual([]);
      expect(await indexesOf('subjectId: "u02"')).toEqual([2]);
    });

    test("her record shows nobody, and still who asked under which warrant", async () => {
      const { accessRecord } = await read(
        "{ accessRecord(index: 1) { subject { id } operationName actor warrant { id } case { id } fields { field code } } }",
      );
      expect(accessRecord).toEqual({
        subject: null,
        operationName: null,
        actor: "judge-1",
        warrant: { id: "warrant-1" },
        case: { id: "case-1" },
        fields: [
          { field: "User.email", code: "PERMITTED" },
          { field: "User.messages", code: "PERSON_CONDITION" },
        ],
      });
    });

    test("what was known of her is gone from the database with her name, and so is the request", async () => {
      const left = await keptOpenings(log);
      expect(left.filter(({ value }) => value === "u01")).toEqual([]);
      expect(left.filter(({ value }) => value.includes("nationality"))).toHaveLength(1);
      expect(
        await em().execute("select 1 from audit.audit_opening where position('u01'::bytea in openings) > 0"),
      ).toEqual([]);
      expect(await em().execute("select subject from audit.audit_erasure")).toEqual([]);
      // Six of the two old leaves went; four of the new leaf and two of the erasure's own came.
      expect(await held()).toBe(openings - 6 + 4 + 2);
    });

    test("the log says that somebody was erased: on which ground, from how many leaves, by whom; not who", async () => {
      const { logEntries } = await read(
        "{ logEntries(from: 5, first: 1) { index leaf ... on SystemRecord { event erasure { ground leaves requestedBy confirmedBy } } } }",
      );
      const [{ leaf, ...entry }] = logEntries;
      expect(entry).toEqual({
        index: 5,
        event: "ERASURE",
        erasure: { ground: "COURT_ORDER", leaves: 3, requestedBy: "amara", confirmedBy: "bela" },
      });
      const bytes = Buffer.from(leaf, "base64");
      expect(parseLeaf(bytes)).toMatchObject({ type: "ERASURE", ground: "COURT_ORDER", leaves: 3 });
      expect(bytes.toString("utf8")).not.toMatch(/u01|amara|bela/);
    });

    test("receipts that clients hold still verify, without the log and against it", async () => {
      for (const { receipts: own } of receipts)
        for (const receipt of own) {
          expect(verifyReceiptOffline(receipt)).toBe(true);
          const { size: _, previous: __, ...input } = receipt;
          const args = JSON.stringify(input).replace(/"(\w+)":/g, "$1:");
          const { verifyReceipt } = await read(`{ verifyReceipt(receipt: ${args}) { signatureValid level } }`);
          expect(verifyReceipt).toEqual({ signatureValid: true, level: "INTEGRATED" });
        }
      expect(verifyBatches(await readAllBatches(em())).faults).toEqual([]);
    });

    test("a projection built again from what is left names her no more either", async () => {
      await rebuildProjection(em());
      expect(await indexesOf('subjectId: "u01"')).toEqual([]);
      expect(await indexesOf('warrantId: "warrant-1"')).toEqual([1, 2, 3, 4]);
    });
  });

  describe("nothing is erased", () => {
    beforeAll(begin);
    afterAll(() => recorder.close());

    test("of whom no leaf names", async () => {
      await expect(requestErasure(em(), { ...ordered, subject: "u99" })).rejects.toThrow("no leaf names u99");
    });

    test("by one operator alone, by an unknown request, or a day later", async () => {
      const { id } = await requestErasure(em(), ordered);
      await expect(confirmErasure(em(), { id, by: "amara", at: now, record })).rejects.toThrow(
        "amara asked for this erasure: expected somebody else to confirm it",
      );
      await expect(confirmErasure(em(), { id: "none", by: "bela", at: now, record })).rejects.toThrow(
        "no erasure none waits",
      );
      const late = new Date(now.getTime() + 24 * 3_600_000);
      await expect(confirmErasure(em(), { id, by: "bela", at: late, record })).rejects.toThrow(
        `no erasure ${id} waits`,
      );
      expect(await indexesOf('subjectId: "u01"')).toEqual([1, 3]);
    });

    test.each([
      ["a warrant", { warrant: "warrant-1" }, /^hold \w+ on warrant warrant-1 keeps 2 leaves about this person/],
      ["a case", { case: "case-1" }, /on case case-1 keeps 2 leaves/],
      [
        "a time",
        { from: new Date("2026-11-23T00:00:00Z"), to: new Date("2026-11-24T00:00:00Z") },
        /on the time from 2026-11-23T00:00:00.000Z to 2026-11-24T00:00:00.000Z keeps 2 leaves/,
      ],
    ])("while a hold stands on %s, placed before or after the request", async (_, matter, words) => {
      const { id } = await requestErasure(em(), ordered);
      const hold = await placeHold(em(), matter, { ...placing, at: now });
      await expect(requestErasure(em(), ordered)).rejects.toThrow(words);
      await expect(confirmErasure(em(), { id, by: "bela", at: now, record })).rejects.toThrow(words);
      expect(await indexesOf('subjectId: "u01"')).toEqual([1, 3]);
      expect(await liftHold(em(), hold, placing)).toBe(true);
      expect(await liftHold(em(), hold, placing)).toBe(false);
    });

    test("by a hold on another matter nothing is kept", async () => {
      const hold = await placeHold(em(), { warrant: "warrant-2" }, { ...placing, at: now });
      await expect(requestErasure(em(), ordered)).resolves.toMatchObject({ leaves: 2 });
      await liftHold(em(), hold, placing);
    });

    test("where the log cannot be written, and the same call does it once it can", async () => {
      const { id } = await requestErasure(em(), ordered);
      const refusing = () => Promise.reject(new Error("the log is down"));
      await expect(confirmErasure(em(), { id, by: "bela", at: now, record: refusing })).rejects.toThrow("is down");
      expect(await indexesOf('subjectId: "u01"')).toEqual([1, 3]);
      await expect(confirmErasure(em(), { id, by: "bela", at: now, record })).resolves.toMatchObject({ leaves: 2 });
      expect(await indexesOf('subjectId: "u01"')).toEqual([]);
    });
  });

  test("a projection that had read her openings before they were erased is not written: it begins again", async () => {
    await begin();
    await em().execute("update audit.audit_head set searchable = 0, decided = 0 where id = 1");
    await em().execute("delete from audit.audit_entry");
    await em().execute("delete from audit.audit_entry_field");
    await em().execute("delete from audit.audit_system_entry");
    for (const table of ["audit_finding", "audit_volume"]) await em().execute(`delete from audit.${table}`);
    const slow = em();
    const write = slow.transactional.bind(slow);
    slow.transactional = (async (work: never) => {
      await deleteOpenings(em(), await findSubject(em(), "u01"));
      return write(work);
    }) as typeof slow.transactional;
    await expect(project(slow)).rejects.toThrow(Overtaken);
    await settle(log);
    expect(await indexesOf('subjectId: "u01"')).toEqual([]);
    expect(await indexesOf('subjectId: "u02"')).toEqual([2]);
    await recorder.close();
  });
});
