import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { accessDrafts } from "../../gateway/record/access-draft.js";
import { actDrafts } from "../../gateway/record/act-drafts.js";
import type { LeafDraft } from "../../gateway/record/draft.js";
import { holdDraft } from "../../gateway/record/hold-draft.js";
import { openRecorder } from "../../gateway/record/open-recorder.js";
import { retentionDraft } from "../../gateway/record/retention-draft.js";
import { csvRow } from "../../subgraphs/audit/export/csv-row.js";
import { type Retirement, retire } from "../../subgraphs/audit/retain/retire.js";
import { root } from "../kit/root.js";
import { issuing, now, quiet, reading } from "../record/kit.js";
import { forgetEverywhere, inMonth, settle } from "../subgraphs/audit/kit.js";
import { changeBundle, edited, openRecordedLog, type RecordedLog, read, verify, write } from "./exported-log.js";

let recorded: RecordedLog;
beforeAll(async () => {
  recorded = await openRecordedLog();
});
beforeEach(() => recorded.empty());
afterAll(() => recorded.close());

/** Every file below a folder with what it holds. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
      .sort()
      .map((name) => [name, read(folder, name).toString("base64")]),
  );
}

describe("an export", () => {
  test.each(["tiles", "jsonl", "csv"] as const)(
    "in format %s goes on where it ended, and is then the same as one made at once",
    async (format) => {
      await recorded.grow(100);
      const folder = await recorded.export(format);
      for (const leaves of [150, 6, 256]) {
        await recorded.grow(leaves);
        await recorded.export(format, folder);
        expect(contents(folder)).toEqual(contents(await recorded.export(format)));
      }
      const unchanged = contents(folder);
      await recorded.export(format, folder);
      expect(contents(folder)).toEqual(unchanged);
    },
  );

  test.each(["tiles", "jsonl", "csv"] as const)(
    "in format %s that was broken off is gone on with as if it had not begun",
    async (format) => {
      await recorded.grow(100);
      const broken = await recorded.export(format);
      const before = contents(broken);
      await recorded.grow(300);
      const whole = contents(await recorded.export(format));
      for (const [name, content] of Object.entries(whole))
        if (!["checkpoint", "export.json", "log-key"].includes(name)) {
          mkdirSync(path.dirname(path.join(broken, name)), { recursive: true });
          write(broken, name, Buffer.from(content, "base64").subarray(0, -3));
        }
      expect(before.checkpoint).not.toBe(whole.checkpoint);
      await recorded.export(format, broken);
      expect(contents(broken)).toEqual(whole);
    },
  );

  test("is refused on top of another log, of another format, of foreign files, and where nothing was recorded", async () => {
    const fresh = recorded.folder();
    await expect(recorded.export("tiles", fresh)).rejects.toThrow("there is no checkpoint yet");
    await recorded.grow(50);
    const folder = await recorded.export("tiles", fresh);
    const before = contents(folder);
    await expect(recorded.export("csv", folder)).rejects.toThrow(
      "is an export in format tiles: expected --format tiles",
    );
    await recorded.empty();
    await recorded.grow(60);
    await expect(recorded.export("tiles", folder)).rejects.toThrow(
      "the log of 60 leaves is not the one of 50 that was exported, longer: it was changed, cut, or forked",
    );
    await recorded.empty();
    await recorded.grow(40);
    await expect(recorded.export("tiles", folder)).rejects.toThrow("it was changed, cut, or forked");
    expect(contents(folder)).toEqual(before);
    const foreign = recorded.folder();
    mkdirSync(foreign);
    write(foreign, "holiday.jpg", "");
    await expect(recorded.export("tiles", foreign)).rejects.toThrow("holds holiday.jpg, which is of no export");
  });

  test("raises what it covers to EXPORTED", async () => {
    await recorded.grow(20);
    await recorded.export();
    const rows = await recorded.log.running
      .em()
      .execute<{ size: string | number }[]>("select size from audit.audit_export");
    expect(rows.map(({ size }) => Number(size))).toEqual([20]);
  });
});

describe("the table for spreadsheets", () => {
  test.each([
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ["+1", "'+1"],
    ["-2", "'-2"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["  =1", "'  =1"],
    ["a,b", '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ["two\nlines", '"two\nlines"'],
    ["\tx", "'\tx"],
    ["plain", "plain"],
  ])("%j is written as %j", (value, written) => {
    expect(csvRow([value, 1, true, null])).toBe(`${written},1,true,\r\n`);
  });

  test("has a row for each field decision, with the references opened, and none of them once its opening is gone", async () => {
    const options = { clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 };
    const recorder = await openRecorder({ store: recorded.log.openStore(), ...options });
    await recorder.append(accessDrafts({ ...reading, operation: { ...reading.operation, name: "=HYPERLINK" } }));
    await recorder.close();
    await settle(recorded.log);
    const rows = (folder: string) => read(folder, "log.csv").toString("utf8").trimEnd().split("\r\n");
    const [head = "", open, email, messages, close] = rows(await recorded.export("csv"));
    expect(head.split(",")).toContain("operationName");
    expect(open).toContain("WRITER_OPEN");
    expect(email).toContain(
      ",'=HYPERLINK,judge-1,JUDICIAL,FR,fr-tj-paris,FACEBOOK,warrant-1,case-1,ACCEPTED,false,false,DISCLOSURE,,u01,1,User.email,SUBSCRIBER,true,PERMITTED,",
    );
    expect(messages).toContain(",User.messages,CONTENT,false,PERSON_CONDITION,MLA_ONLY,");
    expect(close).toContain("WRITER_CLOSE");
    await forgetEverywhere(recorded.log, "subject", "actor");
    const [, , erased] = rows(await recorded.export("csv"));
    expect(erased).not.toMatch(/u01|judge-1/);
    expect(erased).toContain(",DISCLOSURE,,,1,User.email,");
  });
});

describe("an act in the table", () => {
  test("has a row for each obligation that it brought or changed, with the references opened", async () => {
    const options = { clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 };
    const recorder = await openRecorder({ store: recorded.log.openStore(), ...options });
    const duty = { kind: "HOLD", owner: "PROVIDER", state: "OPEN", dueAt: issuing.deadlineAt } as const;
    const duties = ["a", "b"].map((id) => ({ ...duty, id: `obligation-${id}` }));
    await recorder.append(
      [{ ...issuing, id: "event-table", duties }, { ...issuing, id: "event-table-2", what: "ACCEPT" } as const]
        .flatMap(actDrafts)
        .map(({ draft }) => draft),
    );
    await recorder.close();
    await settle(recorded.log);
    const table = read(await recorded.export("csv"), "log.csv")
      .toString("utf8")
      .trimEnd()
      .split("\r\n");
    const rows = table.map((row) => row.split(",")).filter(([, type]) => type === "WARRANT");
    const cells = rows.map((row) =>
      Object.fromEntries((table[0] as string).split(",").map((name, at) => [name, row[at]])),
    );
    const act = { actor: "judge-1", warrant: "warrant-1", case: "case-1", country: "FR", from: "DRAFT", to: "ISSUED" };
    expect(cells).toMatchObject([
      { ...act, act: "ISSUE", obligation: "obligation-a", obligationKind: "HOLD", obligationState: "OPEN" },
      { ...act, act: "ISSUE", obligation: "obligation-b", obligationOwner: "PROVIDER", deadlineState: "RUNNING" },
      { ...act, act: "ACCEPT", obligation: "", obligationKind: "" },
    ]);
  });
});

const ofNothing = { warrantId: null, caseId: "case-1", from: null, to: null };
const go = spawnSync("go", ["version"]).status === 0 && existsSync("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog");
describe("a verifier in another language, on libraries that share no code with ours", () => {
  let program: string;
  beforeAll(() => {
    if (!go) return;
    const env = { ...process.env, GO111MODULE: "off", GOPATH: "/usr/share/gocode", GOFLAGS: "" };
    program = recorded.folder();
    const built = spawnSync("go", ["build", "-o", program, path.join(root, "test", "verify", "go", "main.go")], {
      env,
    });
    if (built.status !== 0) throw new Error(String(built.stderr));
  });
  const run = (folder: string) => {
    const { status, stdout, stderr } = spawnSync(program, [folder], { encoding: "utf8" });
    return { status, stdout, stderr };
  };
  if (!go) test.skip("skipped: Debian's golang-go and golang-golang-x-mod-dev are not installed", () => undefined);
  else
    test("Go's sumdb/tlog and sumdb/note find that an export holds, and that a changed one does not", async () => {
      await recorded.grow(700);
      const folder = await recorded.export();
      expect(run(folder)).toMatchObject({ status: 0, stdout: "700 leaves hold\n" });
      changeBundle(folder, 700, 1, (leaves) => leaves.with(44, edited(leaves[44] as Buffer)));
      expect(run(folder)).toMatchObject({ status: 1, stderr: expect.stringContaining("leaf 300") });
    });
  if (go)
    test("and that one past retention holds, with the hashes of leaves that are not there, and one of them changed does not", async () => {
      const { log } = recorded;
      await inMonth(log, "2024-01-01", () => recorded.grow(600));
      await recorded.grow(400);
      const draft = holdDraft({ ...ofNothing, id: "hold-1", act: "PLACE", ground: "PROCEEDINGS", by: "amara" });
      await append([draft]);
      const record = (retirement: Retirement) => append([retentionDraft(retirement)]);
      expect(await retire(log.running.em(), { keep: 1, by: "amara", record })).toMatchObject({ minimum: 768 });
      const folder = await recorded.export();
      expect(existsSync(path.join(folder, "tile", "entries", "000"))).toBe(false);
      expect((await verify(folder)).findings).toEqual([]);
      expect(run(folder)).toMatchObject({ status: 0, stdout: "1006 leaves hold\n" });
      const grown = await recorded.grow(200).then(() => recorded.export("tiles", folder));
      expect(run(grown)).toMatchObject({ status: 0, stdout: "1206 leaves hold\n" });
      const tile = path.join(folder, "tile", "0", "000");
      const hashes = readFileSync(tile);
      hashes[5 * 32] = (hashes[5 * 32] as number) ^ 1;
      writeFileSync(tile, hashes);
      expect(run(folder)).toMatchObject({ status: 1, stderr: expect.stringContaining("leaf 0:") });
    });

  async function append(drafts: readonly LeafDraft[]): Promise<void> {
    const options = { clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 };
    const recorder = await openRecorder({ store: recorded.log.openStore(), ...options });
    await recorder.append(drafts);
    await recorder.close();
    await settle(recorded.log);
  }
});
