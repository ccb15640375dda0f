import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { makeNoteKey, readNoteSigner } from "../../schema/ledger/note.js";
import {
  changeBundle,
  copyOf,
  edited,
  leavesOf,
  openRecordedLog,
  pathIn,
  type RecordedLog,
  read,
  rewrite,
  verify,
  write,
} from "./exported-log.js";

const size = 700;
let recorded: RecordedLog;
let tiles: string;
let lines: string;
let old: string;
let forked: string;
beforeAll(async () => {
  recorded = await openRecordedLog();
  await recorded.grow(400);
  old = await recorded.export();
  await recorded.grow(300);
  tiles = await recorded.export();
  lines = await recorded.export("jsonl");
  await recorded.empty();
  await recorded.grow(800);
  forked = await recorded.export();
});
afterAll(() => recorded.close());

const swap = <T>(list: readonly T[], one: number, other: number): T[] =>
  list.with(one, list[other] as T).with(other, list[one] as T);
const keyFile = (): string => recorded.log.running.files.key as string;

describe("an export that nobody touched holds", () => {
  test.each(["tiles", "jsonl"] as const)("in format %s", async (format) => {
    const verified = await verify(format === "tiles" ? tiles : lines);
    expect(verified.findings).toEqual([]);
    expect(verified.checkpoint).toMatchObject({ origin: "log.example/test", size });
    expect(verified.batches).toBeGreaterThan(18);
  });

  test("also against a checkpoint that was kept from earlier, under a key that came another way", async () => {
    const earlier = [read(old, "checkpoint").toString("utf8"), read(tiles, "checkpoint").toString("utf8")];
    const { findings } = await verify(tiles, { earlier, key: recorded.log.sealer.verifier });
    expect(findings).toEqual([]);
  });
});

/** The issue of an order turned into its revocation. */
function revoked(leaf: Buffer): Buffer {
  const text = leaf.toString("utf8");
  expect(text).toContain('"type":"WARRANT"');
  return Buffer.from(text.replace('"what":"ISSUE"', '"what":"REVOKE"').replace('"to":"ISSUED"', '"to":"REVOKED"'));
}

/** What somebody does to the files, the first index that is named, and what is said of it. */
const tamperings: readonly [string, (folder: string) => void, number, RegExp][] = [
  [
    "a leaf edited",
    (folder) => changeBundle(folder, size, 1, (leaves) => leaves.with(44, edited(leaves[44] as Buffer))),
    300,
    /not the one of its hash/,
  ],
  [
    "an act on a warrant edited",
    (folder) => changeBundle(folder, size, 1, (leaves) => leaves.with(39, revoked(leaves[39] as Buffer))),
    295,
    /not the one of its hash/,
  ],
  [
    "an act on a warrant taken out of the log, and every tile made to fit",
    (folder) => rewrite(folder, leavesOf(folder, size).toSpliced(295, 1), null),
    295,
    /the leaf is not the one|not what its writer signed/,
  ],
  [
    "a leaf deleted",
    (folder) => changeBundle(folder, size, 1, (leaves) => leaves.toSpliced(44, 1)),
    300,
    /not the one of its hash|cut short/,
  ],
  [
    "a leaf deleted from the last bundle",
    (folder) => changeBundle(folder, size, 2, (leaves) => leaves.toSpliced(180, 1)),
    692,
    /not the one of its hash|cut short/,
  ],
  [
    "two leaves swapped",
    (folder) => changeBundle(folder, size, 1, (leaves) => swap(leaves, 44, 45)),
    300,
    /not the one of its hash/,
  ],
  [
    "a leaf inserted",
    (folder) =>
      changeBundle(folder, size, 1, (leaves) =>
        leaves.toSpliced(44, 1, edited(leaves[44] as Buffer), leaves[44] as Buffer).slice(0, 256),
      ),
    300,
    /not the one of its hash/,
  ],
  [
    "the last leaves cut off",
    (folder) => rmSync(path.join(folder, pathIn(size, "entries", 2))),
    512,
    /bundle of leaves from 512 on is missing/,
  ],
  [
    "two tiles of hashes swapped",
    (folder) => {
      const [one, other] = [read(folder, pathIn(size, 0, 0)), read(folder, pathIn(size, 0, 1))];
      write(folder, pathIn(size, 0, 0), other);
      write(folder, pathIn(size, 0, 1), one);
    },
    0,
    /not the one of its hash/,
  ],
  [
    "two tiles and their leaves swapped",
    (folder) => {
      for (const level of [0, "entries"] as const) {
        const [one, other] = [read(folder, pathIn(size, level, 0)), read(folder, pathIn(size, level, 1))];
        write(folder, pathIn(size, level, 0), other);
        write(folder, pathIn(size, level, 1), one);
      }
    },
    0,
    /does not open with a WRITER_OPEN leaf/,
  ],
  [
    "a hash of a higher tile edited",
    (folder) => write(folder, pathIn(size, 1, 0), read(folder, pathIn(size, 1, 0)).fill(7, 40, 41)),
    256,
    /hash 1 of tile 0 of level 1/,
  ],
  ["a tile missing", (folder) => rmSync(path.join(folder, pathIn(size, 0, 1))), 256, /tile 1 of level 0 is missing/],
  [
    "a leaf edited, and every tile made to fit it",
    (folder) => rewrite(folder, leavesOf(folder, size).with(300, edited(leavesOf(folder, size)[300] as Buffer)), null),
    295,
    /is not what its writer signed/,
  ],
  [
    "history signed anew with the log's own key: writers' keys are gone, so nobody signs for them",
    (folder) =>
      rewrite(folder, leavesOf(folder, size).with(300, edited(leavesOf(folder, size)[300] as Buffer)), keyFile()),
    295,
    /is not what its writer signed/,
  ],
  [
    "a batch left out, and the tree signed anew without it",
    (folder) => rewrite(folder, leavesOf(folder, size).toSpliced(295, 7), keyFile()),
    295,
    /is not what its writer signed/,
  ],
  [
    "leaves added that no writer signed",
    (folder) => rewrite(folder, [...leavesOf(folder, size), edited(leavesOf(folder, size)[300] as Buffer)], keyFile()),
    700,
    /no writer signed the leaves from here on/,
  ],
  [
    "a writer's last signature replaced: it is the one that all before it hang on",
    (folder) => {
      const all = read(folder, "batches.jsonl").toString("utf8").trimEnd().split("\n");
      const line = JSON.parse(all.at(-1) as string);
      const signature = Buffer.alloc(64).toString("base64");
      write(folder, "batches.jsonl", `${all.with(-1, JSON.stringify({ ...line, signature })).join("\n")}\n`);
    },
    699,
    /is not what its writer signed/,
  ],
  [
    "a batch's line taken out",
    (folder) =>
      write(
        folder,
        "batches.jsonl",
        read(folder, "batches.jsonl").toString("utf8").split("\n").toSpliced(10, 1).join("\n"),
      ),
    379,
    /line 11 of batches.jsonl is not the batch of this leaf/,
  ],
];

describe("every tampering is found, and the place named", () => {
  test.each(tamperings)("%s", async (_, tamper, index, what) => {
    const folder = copyOf(tiles, recorded.folder());
    tamper(folder);
    const { findings } = await verify(folder);
    expect(findings[0]).toMatchObject({ index, what: expect.stringMatching(what) });
  });

  test.each([
    [
      "the checkpoint of a fork",
      () => copyOf(forked, recorded.folder()),
      0,
      /before 400 is not the one that was signed earlier/,
    ],
    [
      "an old backup",
      () => copyOf(old, recorded.folder()),
      400,
      /the log ends here, and 700 leaves were signed earlier/,
    ],
  ])("whoever kept a checkpoint finds %s", async (_, make, index, what) => {
    const earlier = [old, tiles].map((folder) => read(folder, "checkpoint").toString("utf8"));
    const folder = make();
    expect((await verify(folder)).findings).toEqual([]);
    const { findings } = await verify(folder, { earlier });
    expect(findings[0]).toMatchObject({ index, what: expect.stringMatching(what) });
  });

  test.each([
    [
      "a line edited",
      (all: string[]) => all.with(300, (all[300] as string).replace("op-1", "op-2")),
      300,
      /not the one of its hash/,
    ],
    ["a line deleted", (all: string[]) => all.toSpliced(300, 1), 300, /the line is that of leaf 301/],
    ["two lines swapped", (all: string[]) => swap(all, 300, 301), 300, /the line is that of leaf 301/],
    ["a line twice", (all: string[]) => all.toSpliced(300, 0, all[300] as string), 301, /the line is that of leaf 300/],
    ["lines cut off", (all: string[]) => [...all.slice(0, 650), ""], 650, /the lines end before leaf 699/],
    ["a line that is none", (all: string[]) => all.with(5, "{}"), 5, /not that of a leaf/],
    [
      "a line too many",
      (all: string[]) => [...all.slice(0, -1), all[5] as string, ""],
      700,
      /there are lines after leaf 699/,
    ],
  ])("in format jsonl: %s", async (_, change, index, what) => {
    const folder = copyOf(lines, recorded.folder());
    write(folder, "log.jsonl", change(read(folder, "log.jsonl").toString("utf8").split("\n")).join("\n"));
    const { findings } = await verify(folder);
    expect(findings[0]).toMatchObject({ index, what: expect.stringMatching(what) });
  });

  test("a checkpoint that the log's key did not sign says nothing", async () => {
    const folder = copyOf(tiles, recorded.folder());
    write(folder, "checkpoint", read(tiles, "checkpoint").toString("utf8").replace("\n700\n", "\n699\n"));
    await expect(verify(folder)).rejects.toThrow("the checkpoint is not signed by log.example/test");
    const other = readNoteSigner(makeNoteKey("log.example/test")).verifier;
    await expect(verify(tiles, { key: other })).rejects.toThrow("the checkpoint is not signed by log.example/test");
  });

  test("witnesses who are asked for and did not sign", async () => {
    const witness = readNoteSigner(makeNoteKey("witness.example"), "COSIGNATURE").verifier;
    await expect(verify(tiles, { witnesses: [witness], quorum: 1 })).rejects.toThrow(
      "signed by 0 of the given witnesses",
    );
  });
});
