import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { type Batch, batchHash, noBatch, signBatch } from "../../schema/ledger/batch.js";
import type { Leaf } from "../../schema/ledger/leaf.js";
import { encodeLeaf } from "../../schema/ledger/leaf-bytes.js";
import { inclusionPath, leafHash, merkleRoot } from "../../schema/ledger/merkle.js";
import { type LeafReceipt, verifyReceiptOffline } from "../../schema/ledger/receipt.js";
import { verifyBatches } from "../../schema/ledger/verify-batches.js";

const at = "2026-11-23T10:00:00.000Z";
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

function newWriter(): { name: Buffer; key: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { name: Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url"), key: privateKey };
}

function seal(
  { name, key }: ReturnType<typeof newWriter>,
  seq: number,
  previous: Uint8Array,
  leaves: readonly Leaf[],
): Batch {
  const bytes = leaves.map(encodeLeaf);
  const root = merkleRoot(bytes.map(leafHash));
  const hash = batchHash(name, seq, previous, root);
  return { writer: name, seq, previous, root, hash, signature: signBatch(hash, leaves.length, key), leaves: bytes };
}

const writer = newWriter();
const open: Leaf = { v: 1, type: "WRITER_OPEN", at, writer: hex(writer.name), previous: null, unconfirmed: [] };
const beat = (second: number): Leaf => ({ v: 1, type: "HEARTBEAT", at: `2026-11-23T10:00:${second}.000Z` });
const close: Leaf = { v: 1, type: "WRITER_CLOSE", at };

const first = seal(writer, 0, noBatch, [open]);
const second = seal(writer, 1, first.hash, [beat(10), beat(20), beat(30)]);
const third = seal(writer, 2, second.hash, [beat(40)]);
const chain = [first, second, third];
const faultsOf = (batches: readonly Batch[]) => verifyBatches(batches).faults.map(({ seq, rule }) => `${seq}: ${rule}`);

describe("the batch chain of a writer", () => {
  test("holds, in whatever order the batches come", () => {
    expect(verifyBatches([third, first, second])).toEqual({ writers: 1, batches: 3, leaves: 5, faults: [] });
  });

  test.each<[string, readonly Batch[], string]>([
    [
      "a leaf edited",
      [first, { ...second, leaves: second.leaves.with(1, encodeLeaf(beat(21)) as never) }, third],
      "1: root is not that of its leaves",
    ],
    [
      "a leaf deleted",
      [first, { ...second, leaves: second.leaves.slice(1) }, third],
      "1: root is not that of its leaves",
    ],
    [
      "leaves reordered",
      [first, { ...second, leaves: second.leaves.toReversed() }, third],
      "1: root is not that of its leaves",
    ],
    ["a batch deleted", [first, third], "2: must be number 1 of its chain"],
    ["the first batch deleted", [second, third], "1: must be number 0 of its chain"],
    ["a batch inserted twice", [first, second, second, third], "1: must be number 2 of its chain"],
    [
      "a root put in with its leaves",
      [first, { ...second, root: leafHash(encodeLeaf(beat(11))), leaves: [encodeLeaf(beat(11))] }, third],
      "1: hash is not its own",
    ],
    [
      "history signed by another key",
      [first, { ...seal({ ...newWriter(), name: writer.name }, 1, first.hash, [beat(11)]) }, third],
      "1: signature is not its writer's",
    ],
    [
      "history signed again by the writer",
      [first, seal(writer, 1, first.hash, [beat(11)]), third],
      "2: does not name the batch before it",
    ],
    [
      "an epoch that does not open",
      [seal(writer, 0, noBatch, [beat(10)])],
      "0: an epoch opens with WRITER_OPEN, and only there",
    ],
    [
      "an epoch that opens twice",
      [first, seal(writer, 1, first.hash, [open])],
      "1: an epoch opens with WRITER_OPEN, and only there",
    ],
    [
      "an epoch opened for another key",
      [seal(writer, 0, noBatch, [{ ...open, writer: hex(newWriter().name) } as Leaf])],
      "0: WRITER_OPEN names another key",
    ],
    [
      "leaves after the end",
      [first, seal(writer, 1, first.hash, [close, beat(10)])],
      "1: WRITER_CLOSE is the last leaf of an epoch",
    ],
  ])("finds %s, and names the place", (_, batches, fault) => {
    expect(faultsOf(batches)).toEqual([fault]);
  });

  test("ends with WRITER_CLOSE: nothing follows", () => {
    const end = seal(writer, 3, third.hash, [close]);
    expect(faultsOf([...chain, end, seal(writer, 4, end.hash, [beat(50)])])).toEqual([
      "4: follows the end of its epoch",
    ]);
  });

  test("finds bytes that are no leaf", () => {
    const bytes = [Buffer.from("{}")];
    const root = merkleRoot(bytes.map(leafHash));
    const hash = batchHash(writer.name, 1, first.hash, root);
    const bad = {
      writer: writer.name,
      seq: 1,
      previous: first.hash,
      root,
      hash,
      signature: signBatch(hash, 1, writer.key),
      leaves: bytes,
    };
    expect(faultsOf([first, bad])).toEqual(["1: leaf 0: leaf.type is not one that version 1 knows"]);
  });

  test("finds an epoch cut short at its end, because the next one remembers it", () => {
    const next = newWriter();
    const previous = { writer: hex(writer.name), batches: 3, head: hex(third.hash) };
    const opened = seal(next, 0, noBatch, [{ ...open, writer: hex(next.name), previous } as Leaf]);
    expect(faultsOf([...chain, opened])).toEqual([]);
    expect(faultsOf([first, second, opened])).toEqual(["2: is missing or changed: the next epoch remembers it"]);
  });
});

describe("a receipt", () => {
  const hashes = second.leaves.map(leafHash);
  const receipt: LeafReceipt = {
    leafHash: hex(hashes[2] as Buffer),
    writer: hex(writer.name),
    batch: 1,
    ordinal: 2,
    size: 3,
    path: inclusionPath(hashes, 2).map(hex),
    previous: hex(first.hash),
    signature: Buffer.from(second.signature).toString("base64"),
  };
  const flipped = (text: string) => text.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));

  test("proves with nothing else at hand that the writer signed for the leaf", () => {
    expect(verifyReceiptOffline(receipt)).toBe(true);
  });

  test.each<[string, Partial<LeafReceipt>]>([
    ["another leaf", { leafHash: flipped(receipt.leafHash) }],
    ["another writer", { writer: hex(newWriter().name) }],
    ["a writer that is no point of the curve", { writer: "ff".repeat(32) }],
    ["another batch", { batch: 2 }],
    ["another place", { ordinal: 1 }],
    ["another size", { size: 4 }],
    ["a smaller size with the place that would fit it", { size: 2, ordinal: 1 }],
    ["size 0", { size: 0 }],
    ["size 1", { size: 1, ordinal: 0, path: [] }],
    ["a path with a hash too many", { path: [...receipt.path, receipt.leafHash] }],
    ["a path with a hash too few", { path: [] }],
    ["another batch before", { previous: flipped(receipt.previous) }],
    ["upper-case hex", { leafHash: receipt.leafHash.toUpperCase() }],
    ["unpadded base64", { signature: receipt.signature.replace(/=+$/, "") }],
    ["base64url", { signature: `-${receipt.signature.slice(1)}` }],
    ["a line end", { signature: `${receipt.signature}\r\n` }],
    ["a short signature", { signature: "AAAA" }],
    ["a number that is none", { batch: Number.NaN }],
  ])("proves nothing with %s", (_, change) => {
    expect(verifyReceiptOffline({ ...receipt, ...change })).toBe(false);
  });

  test("proves nothing with any bit of its signature changed", () => {
    for (let bit = 0; bit < 512; bit += 7) {
      const signature = Buffer.from(
        second.signature.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
      );
      expect(verifyReceiptOffline({ ...receipt, signature: signature.toString("base64") })).toBe(false);
    }
  });
});
