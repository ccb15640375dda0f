import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { appendOrigin } from "../../../gateway/record/append-origin.js";
import { openRecorder } from "../../../gateway/record/open-recorder.js";
import { parseLeaf } from "../../../schema/ledger/leaf-bytes.js";
import { leafHash, merkleRoot } from "../../../schema/ledger/merkle.js";
import { makeNoteKey } from "../../../schema/ledger/note.js";
import { setFault } from "../../../subgraphs/audit/integrate/head.js";
import { readIntegrated } from "../../../subgraphs/audit/integrate/read-batches.js";
import { beginOrigin } from "../../../subgraphs/audit/tree/begin-origin.js";
import { openSealer, type Sealer } from "../../../subgraphs/audit/tree/open-sealer.js";
import { readCheckpoint } from "../../../subgraphs/audit/tree/read-checkpoint.js";
import { oneDatabase } from "../../kit/databases.js";
import { now, quiet, readings } from "../../record/kit.js";
import { type AuditLog, ask, chiefAuditor, emptyLog, openAudit, settle } from "./kit.js";

const elsewhere = Buffer.alloc(32, 7);

describe.each(oneDatabase)("another origin after a restored backup, on the %s database", (kind) => {
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-origin-"));
  let log: AuditLog;
  let next: Sealer;
  beforeAll(async () => {
    log = await openAudit(kind);
  });
  beforeEach(async () => {
    await emptyLog(log);
    next = await sealerOf("log.example/two");
    await record(5);
    await settle(log);
  });
  afterAll(async () => {
    await log.close();
    rmSync(home, { recursive: true });
  });

  let keys = 0;
  function sealerOf(name: string): Promise<Sealer> {
    const file = path.join(home, `key-${keys++}`);
    writeFileSync(file, makeNoteKey(name));
    return openSealer(file);
  }
  async function record(count: number): Promise<void> {
    const options = { clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 };
    const recorder = await openRecorder({ store: log.openStore(), ...options });
    await recorder.append(readings(count));
    await recorder.close();
  }
  /** This machine remembers that it signed such a tree. */
  const signed = (size: number, root: Buffer) => log.sealer.remember(log.sealer.sign({ size, root }, now));
  const begin = async (by: Sealer = next) => {
    const store = log.openStore();
    const append = (succession: Parameters<typeof appendOrigin>[1]) => appendOrigin(store, succession, now);
    return beginOrigin(log.running.em(), { old: log.sealer, next: by, clock: () => now, append }).finally(() =>
      store.close(),
    );
  };
  const leaves = async () =>
    (await readIntegrated(log.running.em(), 0, 1000)).flatMap((batch) => batch.leaves.map((leaf) => Buffer.from(leaf)));
  /** The root of what is left: seven leaves, with those of the writer. */
  const rootLeft = async () => merkleRoot((await leaves()).slice(0, 7).map(leafHash));

  test.each([
    ["shorter than what was signed", 50],
    ["forked from what was signed", 6],
  ])("%s: what is left is continued, and the first leaf that is numbered under it says so", async (_, size) => {
    await signed(size, elsewhere);
    await record(3);
    await setFault(log.running.em(), "the log stands still");
    const root = (await rootLeft()).toString("hex");
    const said = {
      previous: { origin: "log.example/test", size: 7, root },
      lost: { size, root: elsewhere.toString("hex") },
    };
    expect(await begin()).toEqual({ ...said, size: 10 });
    const numbered = (await leaves()).map((leaf) => parseLeaf(leaf));
    expect(numbered.slice(7)).toMatchObject([
      { type: "WRITER_OPEN", previous: null },
      { type: "ORIGIN", origin: "log.example/two", ...said },
      { type: "WRITER_CLOSE" },
    ]);
    const checkpoint = await readCheckpoint(log.running.em());
    expect(next.open(checkpoint?.note as string)).toMatchObject({ size: 10, origin: "log.example/two" });
    expect(next.remembered).toMatchObject({ size: 10 });
    log.sealer = next;
    await settle(log);
    const { data } = await ask(
      log,
      chiefAuditor,
      "{ logHealth { size fault } logEntries(from: 8, first: 1) { ... on SystemRecord { event } } }",
    );
    expect(data).toEqual({ logHealth: { size: 15, fault: null }, logEntries: [{ event: "ORIGIN" }] });
  });

  test.each<[string, () => Promise<Sealer | undefined>, string]>([
    [
      "nothing is lost",
      async () => undefined,
      "the log of 7 leaves holds all 7 that were signed here: it needs no other origin",
    ],
    [
      "the name is the old one",
      () => signed(50, elsewhere).then(() => sealerOf("log.example/test")),
      "the log is called log.example/test already",
    ],
    [
      "the new key has signed before",
      async () => {
        await signed(50, elsewhere);
        await next.remember(next.sign({ size: 1, root: elsewhere }, now));
        return undefined;
      },
      "log.example/two has signed a log before: expected a key that never signed",
    ],
    [
      "what is left does not hold in itself",
      async () => {
        await signed(50, elsewhere);
        const em = log.running.em();
        await em.execute("alter table audit.audit_tile disable trigger user");
        await em.execute(
          "update audit.audit_tile set hashes = set_byte(hashes, 33, get_byte(hashes, 33) # 1) where level = 0",
        );
        await em.execute("alter table audit.audit_tile enable trigger user");
        return undefined;
      },
      "the tree of 7 leaves is not the one that was signed: restore another backup",
    ],
    [
      "what was signed here is not known",
      async () => {
        rmSync(`${log.running.files.key}.signed`);
        log.sealer = await openSealer(log.running.files.key as string);
        return undefined;
      },
      "nothing was signed on this machine that the log could lack",
    ],
  ])("none is begun where %s, and nothing is changed", async (_, prepare, fault) => {
    const by = await prepare();
    await expect(begin(by)).rejects.toThrow(fault);
    expect(await leaves()).toHaveLength(7);
    const [pending] = await log.running
      .em()
      .execute<{ count: string | number }[]>("select count(*) from audit.audit_batch where first_index is null");
    expect(Number(pending?.count)).toBe(0);
  });
});
