import { describe, expect, test } from "@jest/globals";
import { checkpointText, openCheckpoint, parseCheckpoint } from "../../schema/ledger/checkpoint.js";
import {
  isSignedBy,
  makeNoteKey,
  NoteFault,
  parseNote,
  readNoteSigner,
  readNoteVerifier,
  signedAt,
} from "../../schema/ledger/note.js";
import { flipBit } from "./tree-under-test.js";

const at = new Date("2026-11-23T10:00:00.500Z");
const log = readNoteSigner(makeNoteKey("log.example/fr"));
const witness = readNoteSigner(makeNoteKey("witness.example/one"), "COSIGNATURE");
const text = checkpointText({ origin: "log.example/fr", size: 42, root: Buffer.alloc(32, 7) });
const note = `${text}\n${log.sign(text, at)}\n`;
const open = (changed: string) => openCheckpoint(changed, log.verifier);

describe("signed notes", () => {
  /** From the documentation of Go's golang.org/x/mod/sumdb/note. */
  test("the key and note that Go's documentation prints are read and hold", () => {
    const verifier = readNoteVerifier("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    const known =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    expect(isSignedBy(parseNote(known), verifier)).toBe(true);
    const key = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    expect(readNoteSigner(key).verifier.text).toBe(verifier.text);
    expect(readNoteSigner(key).sign(parseNote(known).text, at)).toBe(known.split("\n").at(-2));
  });

  test("a checkpoint is three lines under its log's key", () => {
    expect(text).toBe(`log.example/fr\n42\n${Buffer.alloc(32, 7).toString("base64")}\n`);
    expect(open(note)).toMatchObject({ origin: "log.example/fr", size: 42, root: Buffer.alloc(32, 7) });
  });

  test("a cosignature says when the witness saw it; nobody else's key makes one", () => {
    const cosigned = `${note}${witness.sign(text, at)}\n`;
    expect(signedAt(open(cosigned).note, witness.verifier)).toEqual(new Date("2026-11-23T10:00:00Z"));
    expect(signedAt(open(note).note, witness.verifier)).toBeNull();
    const other = readNoteSigner(makeNoteKey("witness.example/one"), "COSIGNATURE");
    expect(signedAt(open(cosigned).note, other.verifier)).toBeNull();
    expect(readNoteVerifier(witness.verifier.text).text).toBe(witness.verifier.text);
  });

  test("every change of a single bit is refused", () => {
    const bytes = Buffer.from(note, "utf8");
    const accepted = Array.from({ length: bytes.length * 8 }, (_, bit) => bit).filter((bit) => {
      try {
        return open(flipBit(bytes, bit).toString("utf8")) !== null;
      } catch (error) {
        return !(error instanceof NoteFault);
      }
    });
    expect(accepted).toEqual([]);
  });

  const line = log.sign(text, at);
  test.each([
    ["CRLF", note.replaceAll("\n", "\r\n"), "without control characters"],
    ["no line end at the end", note.slice(0, -1), "ends with a line end"],
    ["no signature", text, "blank line before its signatures"],
    ["base64 without padding", note.replace("=\n\n", "\n\n"), "32 bytes in padded base64"],
    ["a signature without padding", note.replace(/=+\n$/, "\n"), "a signature of a note is a line"],
    ["a size with a zero before", note.replace("\n42\n", "\n042\n"), "the origin, the size and the root"],
    ["a size that is no number", note.replace("\n42\n", "\n4x\n"), "the origin, the size and the root"],
    ["a larger size", note.replace("\n42\n", "\n43\n"), "is not signed by log.example/fr"],
    [
      "another log",
      note.replace("log.example/fr\n42", "log.example/de\n42"),
      "is of log.example/de, not of log.example/fr",
    ],
    ["the signature of another name", `${text}\n${line.replace("example/fr", "example/de")}\n`, "is not signed by"],
    ["a hyphen for the dash", note.replace("—", "-"), "a signature of a note is a line"],
  ])("%s is refused, in words", (_, changed, words) => {
    expect(() => open(changed)).toThrow(words);
  });

  test("a short root is refused before anybody looks at its signature", () => {
    const short = checkpointText({ origin: "log.example/fr", size: 1, root: Buffer.alloc(31) });
    expect(() => parseCheckpoint(`${short}\n${log.sign(short, at)}\n`)).toThrow("32 bytes");
  });

  test.each([
    ["", "no private key"],
    ["PRIVATE+KEY+x+00000000+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "the key id of the private key"],
    ["PRIVATE+KEY+PeterNeumann+c74f20a3+AoEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "no private key"],
  ])("a key file that holds %j is refused and not shown", (given, words) => {
    expect(() => readNoteSigner(given)).toThrow(words);
    expect(() => readNoteSigner(given)).not.toThrow(/AYEKFAL|AoEKFAL/);
  });

  test.each(["two words", "a+b", ""])("a key cannot be called %j", (name) => {
    expect(() => makeNoteKey(name)).toThrow("neither spaces nor +");
  });
});
