import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Answer, environment, type Rogatory, runCli, startRogatory, storyMoment } from "../kit/start-rogatory.js";

const judge = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
const auditor = { role: "AUDITOR" };
const name = 'query @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { handle legalName } }';
const open = { user: { handle: "quiet.heron", legalName: "Specimen Person 01" } };

/** A backup is restored that lacks what was signed: the log stands still, the door shuts, and an operator goes on under another origin. */
describe("a restored backup", () => {
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-restored-"));
  const database = path.join(home, "database");
  const backup = path.join(home, "backup", "database");
  const newKey = path.join(home, "log-key-2");
  const cli = (...args: string[]) => runCli(args, environment(home, { now: storyMoment }));
  let rogatory: Rogatory;
  let kept: Answer;
  let lost: Answer;
  let keptCheckpoint: { readonly note: string; readonly verifierKey: string };
  let size = 0;

  const start = async (env: Record<string, string> = {}): Promise<void> => {
    rogatory = await startRogatory({ now: storyMoment, home, env });
  };
  const asJudge = async () => rogatory.ask(await rogatory.token(judge), name);
  const asAuditor = async (query: string, variables: Record<string, unknown> = {}) =>
    (await rogatory.ask(await rogatory.token(auditor), query, variables)).body.data;
  const receiptOf = ({ body }: Answer) => body.extensions.disclosure.receipts[0];
  const verify = async (answer: Answer) =>
    (
      await asAuditor(
        "query ($r: ReceiptInput!) { verifyReceipt(receipt: $r) { signatureValid writerKnown index level } }",
        {
          r: receiptOf(answer),
        },
      )
    ).verifyReceipt;
  /** Asks until it is so, at most so long. */
  async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean, seconds = 10): Promise<T> {
    for (const end = Date.now() + seconds * 1000; ; ) {
      const answer = await ask();
      if (isSo(answer) || Date.now() > end) return answer;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const integrated = (answer: Answer) =>
    until(
      () => verify(answer),
      ({ level }) => level === "INTEGRATED",
    );

  beforeAll(async () => {
    await start();
    kept = await asJudge();
    expect(await integrated(kept)).toMatchObject({ level: "INTEGRATED" });
    keptCheckpoint = (await asAuditor("{ checkpoint { note verifierKey } }")).checkpoint;
    await rogatory.stop();
    cpSync(database, backup, { recursive: true });
    await start();
    lost = await asJudge();
    expect(await integrated(lost)).toMatchObject({ level: "INTEGRATED" });
    await rogatory.stop();
  });
  afterAll(async () => {
    await rogatory?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test("a log that lost nothing needs no other origin, and none is begun", async () => {
    const refused = await cli("log-origin", "log.example.org/two", newKey);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(
      /the log of \d+ leaves holds all \d+ that were signed here: it needs no other origin/,
    );
  });

  test("restored: nothing is signed on it, and ten seconds later nothing is disclosed any more; what is public goes on", async () => {
    rmSync(database, { recursive: true });
    cpSync(backup, database, { recursive: true });
    await start();
    expect((await asJudge()).body.data).toEqual(open);
    const shut = await until(asJudge, ({ status }) => status !== 200, 20);
    expect(shut.status).toBe(503);
    expect(shut.body.data).toEqual({ user: { handle: "quiet.heron", legalName: null } });
    expect(shut.body.errors).toMatchObject([{ path: ["user", "legalName"], extensions: { code: "LOG_UNAVAILABLE" } }]);
    expect((await fetch(`${rogatory.url}/health/ready`)).status).toBe(503);
    const { logHealth, checkpoint } = await asAuditor(
      "{ logHealth { fault oldestPendingMs } checkpoint { origin size } }",
    );
    expect(logHealth.fault).toMatch(
      /the log has \d+ leaves, and \d+ were signed here: it was cut, or restored from an old backup/,
    );
    expect(logHealth.oldestPendingMs).toBeGreaterThan(10_000);
    size = checkpoint.size;
    await rogatory.stop();
  });

  test("the operator goes on under another origin: the first leaf names the last good checkpoint, and the door opens again", async () => {
    const begun = await cli("log-origin", "log.example.org/two", newKey);
    expect(begun).toMatchObject({ code: 0, stderr: "" });
    expect(begun.stdout).toContain(`log.example.org/two goes on from the ${size} leaves of rogatory.invalid/log-`);
    expect(existsSync(newKey)).toBe(true);
    await start({ ROGATORY_LOG_KEY: newKey });
    expect((await asJudge()).body.data).toEqual(open);
    const { checkpoint, logEntries } = await asAuditor(
      `{ checkpoint { origin note } logEntries(from: ${size}, first: 2) { index leaf ... on SystemRecord { event } } }`,
    );
    expect(checkpoint.origin).toBe("log.example.org/two");
    expect(logEntries).toMatchObject([
      { index: size, event: "WRITER_OPEN" },
      { index: size + 1, event: "ORIGIN" },
    ]);
    const leaf = JSON.parse(Buffer.from(logEntries[1].leaf, "base64").toString("utf8"));
    const [origin, signedSize, root] = readFileSync(path.join(home, "log-key.signed"), "utf8").split("\n");
    expect(leaf).toMatchObject({
      origin: "log.example.org/two",
      previous: { origin, size },
      lost: { size: Number(signedSize), root: Buffer.from(root as string, "base64").toString("hex") },
    });
  });

  test("the time in which nothing was disclosed stands in the log as a gap", async () => {
    const { auditCheck, logHealth } = await until(
      () => asAuditor("{ auditCheck(check: LOG_GAP) { nodes { text index } } logHealth { gaps fault } }"),
      (told) => told.auditCheck.nodes.length > 0,
    );
    expect(logHealth).toEqual({ gaps: auditCheck.nodes.length, fault: null });
    expect(auditCheck.nodes.length).toBeGreaterThan(0);
  });

  test("what is left keeps its place and its receipts; a receipt of what is lost proves the loss", async () => {
    expect(await verify(kept)).toMatchObject({ signatureValid: true, writerKnown: true, level: "INTEGRATED" });
    expect(await verify(lost)).toMatchObject({ signatureValid: true, index: null, level: null });
  });

  test("taken home, the log holds under its new key from its first leaf on, and holds what was signed under the old one until the loss; a second origin is not begun", async () => {
    await rogatory.stop();
    const key = (await cli("log-origin", "log.example.org/two", newKey)).stderr;
    expect(key).toMatch(/log\.example\.org\/two has signed a log before: expected a key that never signed/);
    const folder = path.join(home, "export");
    expect(await cli("export", folder)).toMatchObject({ code: 0 });
    const verified = await cli("verify", folder);
    expect(verified).toMatchObject({ code: 0, stderr: "" });
    expect(verified.stdout).toContain("are what was signed as log.example.org/two");
    const keptNote = path.join(home, "kept-checkpoint");
    writeFileSync(keptNote, keptCheckpoint.note);
    const earlier = (note: string, ...more: string[]) => cli("verify", folder, "--earlier", note, ...more);
    expect(await earlier(keptNote, "--before", keptCheckpoint.verifierKey)).toMatchObject({ code: 0, stderr: "" });
    expect((await earlier(keptNote)).stderr).toMatch(
      /the checkpoint is of rogatory\.invalid\/log-\S+, not of log\.example\.org\/two/,
    );
    expect(await earlier(path.join(home, "log-key.signed"), "--before", keptCheckpoint.verifierKey)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^index \d+, or one before \d+: a leaf from here on .* is not the one that was signed earlier/,
      ),
    });
  });
});
