import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openRecorder, type Recorder } from "../../../gateway/record/open-recorder.js";
import { keepSeen } from "../../../gateway/witness/keep-seen.js";
import { type ListeningWitness, listenWitness } from "../../../gateway/witness/listen-witness.js";
import { openWitness } from "../../../gateway/witness/open-witness.js";
import { openCheckpoint } from "../../../schema/ledger/checkpoint.js";
import { makeNoteKey, type NoteSigner, readNoteSigner, signedAt } from "../../../schema/ledger/note.js";
import type { WitnessPolicy } from "../../../schema/ledger/witness-policy.js";
import { openSealer } from "../../../subgraphs/audit/tree/open-sealer.js";
import { witnessStep } from "../../../subgraphs/audit/witness/witness-step.js";
import { now, quiet, readings } from "../../record/kit.js";
import { type AuditLog, ask, chiefAuditor, emptyLog, openAudit, settle } from "./kit.js";

interface RunningWitness {
  readonly signer: NoteSigner;
  readonly listening: ListeningWitness;
}

describe("a log and its witnesses", () => {
  let log: AuditLog;
  let recorder: Recorder;
  let home: string;
  let witnesses: RunningWitness[];
  beforeAll(async () => {
    log = await openAudit("embedded");
  });
  beforeEach(async () => {
    await emptyLog(log);
    home = mkdtempSync(path.join(tmpdir(), "rogatory-witnesses-"));
    witnesses = await Promise.all(["one", "two"].map(start));
    recorder = await reopen();
  });
  afterEach(async () => {
    for (const { listening } of witnesses) await listening.close();
    rmSync(home, { recursive: true });
  });
  afterAll(() => log.close());

  const reopen = () =>
    openRecorder({ store: log.openStore(), clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 });
  async function start(name: string): Promise<RunningWitness> {
    const signer = readNoteSigner(makeNoteKey(`witness.example/${name}`), "COSIGNATURE");
    const seen = keepSeen(path.join(home, name));
    const answer = openWitness({ signer, logs: [log.sealer.verifier], seen, clock: () => now });
    const failed = (fault: unknown) => {
      throw fault;
    };
    return { signer, listening: await listenWitness(answer, { host: "127.0.0.1", port: 0, failed }) };
  }
  const policy = (quorum: number): WitnessPolicy => ({
    quorum,
    witnesses: witnesses.map(({ signer, listening }) => ({ verifier: signer.verifier, url: listening.url })),
  });
  const round = (quorum: number, signed = new Map<string, number>()) =>
    witnessStep(() => log.running.em(), policy(quorum), signed);
  async function record(count: number): Promise<void> {
    await recorder.append(readings(count));
    await settle(log);
  }
  const asked = async (query: string) => (await ask(log, chiefAuditor, query)).data;

  test("their signatures stand in the note, and what enough of them signed is WITNESSED", async () => {
    await record(3);
    const signed = new Map<string, number>();
    expect(await round(2, signed)).toEqual([]);
    const { checkpoint, accessRecord, logHealth } = await asked(
      "{ checkpoint { note } accessRecord(index: 1) { level } logHealth { witnessAgeSeconds } }",
    );
    const { note } = openCheckpoint(checkpoint.note, log.sealer.verifier);
    for (const { signer } of witnesses) expect(signedAt(note, signer.verifier)).toEqual(now);
    expect(accessRecord.level).toBe("WITNESSED");
    expect(logHealth.witnessAgeSeconds).toBeLessThan(60);
    await record(300);
    expect((await asked("{ accessRecord(index: 100) { level } }")).accessRecord.level).toBe("INTEGRATED");
    expect(await round(2, signed)).toEqual([]);
    expect((await asked("{ accessRecord(index: 100) { level } }")).accessRecord.level).toBe("WITNESSED");
  });

  test.each([
    [1, "WITNESSED"],
    [2, "INTEGRATED"],
  ])("one of two is silent: with a quorum of %i the record is %s", async (quorum, level) => {
    await record(3);
    await witnesses[1]?.listening.close();
    expect(await round(quorum)).toEqual(["witness witness.example/two does not answer"]);
    expect((await asked("{ accessRecord(index: 1) { level } }")).accessRecord.level).toBe(level);
  });

  test("a process that starts anew hears from the witnesses how far they are", async () => {
    await record(3);
    await round(2);
    await record(5);
    expect(await round(2, new Map())).toEqual([]);
  });

  test("a log that was cut, or forked, on this machine too, is not signed by anybody", async () => {
    await record(50);
    await round(2);
    await emptyLog(log);
    rmSync(`${log.running.files.key}.signed`, { force: true });
    log.sealer = await openSealer(log.running.files.key as string);
    recorder = await reopen();
    await record(3);
    expect(await round(2)).toEqual(
      ["one", "two"].map(
        (name) =>
          `witness witness.example/${name} has signed 51 leaves, and the log has 4: it was cut, or restored from an old backup`,
      ),
    );
    await record(80);
    expect(await round(2)).toEqual(
      ["one", "two"].map(
        (name) => `witness witness.example/${name} does not sign the log of 84 leaves: it answered 422`,
      ),
    );
    expect((await asked("{ accessRecord(index: 1) { level } }")).accessRecord.level).toBe("INTEGRATED");
  });

  test("over HTTP a witness answers nothing but its one question", async () => {
    const { url } = (witnesses[0] as RunningWitness).listening;
    expect((await fetch(`${url}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(`${url}/checkpoint`, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${url}/add-checkpoint`, { method: "POST", body: "x".repeat(70_000) })).status).toBe(413);
    expect((await fetch(`${url}/add-checkpoint`, { method: "POST", body: "hello" })).status).toBe(400);
  });
});
