import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { keepSeen } from "../../gateway/witness/keep-seen.js";
import { openWitness, type WitnessAnswer } from "../../gateway/witness/open-witness.js";
import { writeAddCheckpoint } from "../../schema/ledger/add-checkpoint.js";
import { checkpointText } from "../../schema/ledger/checkpoint.js";
import { makeNoteKey, parseNote, parseSignature, readNoteSigner, signedAt } from "../../schema/ledger/note.js";
import { consistencyRanges } from "../../schema/ledger/ranges.js";
import { readPolicy } from "../../schema/ledger/witness-policy.js";
import { hashesOf, manyLeaves, openNaiveTree, tilesOver } from "../ledger/tree-under-test.js";

const at = new Date("2026-11-23T10:00:00Z");
const log = readNoteSigner(makeNoteKey("log.example/fr"));
const signer = readNoteSigner(makeNoteKey("witness.example"), "COSIGNATURE");
const leaves = manyLeaves(600);
const tree = openNaiveTree(leaves);
const tiles = tilesOver(leaves);
const fork = openNaiveTree([...leaves.slice(0, 100), ...manyLeaves(500).reverse()]);

let folder: string;
let ask: (body: string) => Promise<WitnessAnswer>;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "rogatory-witness-"));
  ask = open();
});
afterEach(() => rmSync(folder, { recursive: true }));
const open = () => openWitness({ signer, logs: [log.verifier], seen: keepSeen(folder), clock: () => at });

function note(size: number, root = tree.root(size), by = log): string {
  const text = checkpointText({ origin: "log.example/fr", size, root });
  return `${text}\n${by.sign(text, at)}\n`;
}
const prove = (from: number, to: number): Buffer[] => (from === 0 ? [] : hashesOf(consistencyRanges(from, to), tiles));
const add = (old: number, size: number, change: { root?: Uint8Array; proof?: Buffer[] } = {}): Promise<WitnessAnswer> =>
  ask(writeAddCheckpoint({ old, proof: change.proof ?? prove(old, size), note: note(size, change.root) }));

describe("a witness", () => {
  test("signs a log that grows, with the time, and says so again for the same checkpoint", async () => {
    for (const [old, size] of [
      [0, 1],
      [1, 256],
      [256, 256],
      [256, 600],
    ] as const) {
      const { status, body } = await add(old, size);
      expect(status).toBe(200);
      const cosigned = { text: parseNote(note(size)).text, signatures: [parseSignature(body.trimEnd())] };
      expect(signedAt(cosigned, signer.verifier)).toEqual(at);
    }
  });

  test("remembers over a restart, and keeps size and root alone", async () => {
    await add(0, 300);
    ask = open();
    expect(await add(0, 300)).toEqual({ status: 409, type: "text/x.tlog.size", body: "300\n" });
    expect((await add(300, 400)).status).toBe(200);
    const [file = "", ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect(await keepSeen(folder).read("log.example/fr")).toEqual({ size: 400, root: Buffer.from(tree.root(400)) });
    writeFileSync(path.join(folder, file), "log.example/fr\n1\n");
    await expect(add(400, 500)).rejects.toThrow("is damaged");
  });

  test.each([
    ["a log that shrank", () => add(200, 200), 409, "300\n"],
    ["a log that claims to begin anew", () => add(0, 400), 409, "300\n"],
    ["another tree of the size that it signed", () => add(300, 300, { root: fork.root(300) }), 409, "300\n"],
    ["a fork that is longer", () => add(300, 500, { root: fork.root(500) }), 422, "does not lead from the old tree"],
    ["a longer log without a proof", () => add(300, 500, { proof: [] }), 422, "does not lead from the old tree"],
    ["an old size beyond the new one", () => add(301, 300, { proof: [] }), 400, "larger than that of the checkpoint"],
  ])("refuses %s, and stays where it was", async (_, request, status, words) => {
    await add(0, 300);
    const answer = await request();
    expect(answer).toMatchObject({ status, body: expect.stringContaining(words) });
    expect((await add(300, 301)).status).toBe(200);
  });

  test("refuses a checkpoint under another key, and a log that it does not know", async () => {
    const stranger = readNoteSigner(makeNoteKey("log.example/fr"));
    expect((await ask(writeAddCheckpoint({ old: 0, proof: [], note: note(5, undefined, stranger) }))).status).toBe(403);
    const other = readNoteSigner(makeNoteKey("log.example/de"));
    const text = checkpointText({ origin: "log.example/de", size: 5, root: tree.root(5) });
    const foreign = `${text}\n${other.sign(text, at)}\n`;
    expect(await ask(writeAddCheckpoint({ old: 0, proof: [], note: foreign }))).toMatchObject({
      status: 404,
      body: "this witness knows no log log.example/de\n",
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ["", "the first line must be `old`"],
    ["old 01\n\n", "the first line must be `old`"],
    ["old 1", "the first line must be `old`"],
    [`old 1\n${"A".repeat(43)}\n\n`, "32 bytes in padded base64"],
    [`old 1\n${`${Buffer.alloc(32).toString("base64")}\n`.repeat(64)}\n`, "at most 63 hashes"],
    ["old 0\n\nno note", "a note is UTF-8"],
    ["old 0\r\n\r\n", "the first line must be `old`"],
  ])("answers 400 to %j", async (body, words) => {
    expect(await ask(body)).toMatchObject({ status: 400, body: expect.stringContaining(words) });
  });

  test("of two at once that build on the same tree, one is signed", async () => {
    await add(0, 10);
    const answers = await Promise.all([add(10, 20), add(10, 30)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe("a policy of witnesses", () => {
  const key = signer.verifier.text;
  const other = readNoteSigner(makeNoteKey("witness.other"), "COSIGNATURE").verifier.text;
  const two = `# who signs\nwitness one ${key} https://one.example/w/\nwitness two ${other} http://127.0.0.1:4020 # next door\n`;

  test.each([
    ["group both 2 one two\nquorum both\n", 2, 2],
    ["group any1 any one two\nquorum any1\n", 2, 1],
    ["group both all one two\nquorum both\n", 2, 2],
    ["quorum two\n", 1, 1],
    ["quorum none\n", 0, 0],
  ])("%j: so many are asked, and so many needed", (lines, asked, needed) => {
    const { witnesses, quorum } = readPolicy(two + lines);
    expect({ asked: witnesses.length, needed: quorum }).toEqual({ asked, needed });
    if (asked === 2) expect(witnesses[0]?.url).toBe("https://one.example/w");
  });

  test.each([
    ["", "the witness policy has no quorum"],
    ["quorum three\n", "line 4 of the witness policy: expected one quorum, of a group or witness above it"],
    ["group both 3 one two\nquorum both\n", "line 4 of the witness policy: expected group NAME K"],
    ["group both 1 one one\nquorum both\n", "line 4 of the witness policy: expected group NAME K"],
    ["witness one x y\n", "line 4 of the witness policy: expected a name of its own"],
    ["witness three x ftp://y\n", "line 4 of the witness policy: expected witness NAME KEY URL"],
    [`witness three ${log.verifier.text} http://y\n`, "line 4 of the witness policy: expected the key of a witness"],
    ["judge one\n", "line 4 of the witness policy: expected witness, group or quorum"],
  ])("%j is refused with its line", (lines, words) => {
    expect(() => readPolicy(two + lines)).toThrow(words);
  });
});
