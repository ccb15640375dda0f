/**
 * Signed notes (C2SP signed-note), the envelope of checkpoints: text, a blank line, and lines `— name base64(key id ‖ signature)`. Keys are written as Go's
 * golang.org/x/mod/sumdb/note writes them, so that any tool for transparency logs reads what stands here.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from "node:crypto";

/** SIGNATURE: a log signs its own checkpoint. COSIGNATURE: a witness says when it saw it (C2SP tlog-cosignature, v1). */
export type NoteAlgorithm = "SIGNATURE" | "COSIGNATURE";

const algorithmBytes: Readonly<Record<NoteAlgorithm, number>> = { SIGNATURE: 0x01, COSIGNATURE: 0x04 };

/** Something is no note, no key, or not signed by whom it should be. The message says what was expected. */
export class NoteFault extends Error {
  override readonly name = "NoteFault";
}

/** A public key of notes. */
export interface NoteVerifier {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key), hex. */
  readonly keyId: string;
  readonly algorithm: NoteAlgorithm;
  readonly key: KeyObject;
  /** As it is published: `name+key id+base64(algorithm ‖ public key)`. */
  readonly text: string;
}

export interface NoteSigner {
  readonly verifier: NoteVerifier;
  /** The signature line of this text, without its line end. `at` is what a cosignature says; seconds. */
  sign(text: string, at: Date): string;
}

/** One signature line that stands under a note, checked or not. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly bytes: Buffer;
}

export interface Note {
  /** With its last line end; what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A fresh private key under a name: what stands in a key file. Throws NoteFault for a name that notes cannot carry. */
export function makeNoteKey(name: string): string {
  checkName(name);
  const seed = randomBytes(32);
  const publicKey = rawPublicKey(createPublicKey(privateKey(seed)));
  const keyId = keyIdOf(name, algorithmBytes.SIGNATURE, publicKey);
  return `PRIVATE+KEY+${name}+${keyId}+${encodeKey(algorithmBytes.SIGNATURE, seed)}`;
}

/** Reads `PRIVATE+KEY+name+key id+key`; one key can sign checkpoints or, as a witness, cosign them. Throws NoteFault, which never shows the key. */
export function readNoteSigner(text: string, algorithm: NoteAlgorithm = "SIGNATURE"): NoteSigner {
  const match = /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim());
  const bytes = decodeBase64(match?.[3] ?? "");
  const [, name, keyId] = match ?? [];
  if (name === undefined || bytes?.length !== 33 || bytes[0] !== algorithmBytes.SIGNATURE)
    throw new NoteFault("no private key of notes: expected PRIVATE+KEY+name+key id+base64, with an Ed25519 key");
  const key = privateKey(bytes.subarray(1));
  const publicKey = rawPublicKey(createPublicKey(key));
  if (keyIdOf(name, algorithmBytes.SIGNATURE, publicKey) !== keyId)
    throw new NoteFault("the key id of the private key is not that of its key and name");
  const verifier = makeVerifier(name, algorithm, publicKey);
  return {
    verifier,
    sign(signed, at) {
      const id = Buffer.from(verifier.keyId, "hex");
      const time = stamp(at);
      const own = [id, ...(algorithm === "COSIGNATURE" ? [time] : [])];
      const signature = sign(null, statement(algorithm, signed, time), key);
      return `— ${name} ${Buffer.concat([...own, signature]).toString("base64")}`;
    },
  };
}

/** Reads `name+key id+base64(algorithm ‖ public key)`. Throws NoteFault. */
export function readNoteVerifier(text: string): NoteVerifier {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim());
  const bytes = decodeBase64(match?.[3] ?? "");
  const algorithm = (Object.keys(algorithmBytes) as NoteAlgorithm[]).find((one) => algorithmBytes[one] === bytes?.[0]);
  const [, name, keyId] = match ?? [];
  if (name === undefined || bytes?.length !== 33 || algorithm === undefined)
    throw new NoteFault("no public key of notes: expected name+key id+base64, with an Ed25519 key");
  const verifier = makeVerifier(name, algorithm, bytes.subarray(1));
  if (verifier.keyId !== keyId) throw new NoteFault("the key id of the public key is not that of its key and name");
  return verifier;
}

/** Takes a note apart; strict, and without trust: see `isSignedBy`. Throws NoteFault. */
export function parseNote(note: string): Note {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
  if (/[\u0000-\u0009\u000b-\u001f\ufffd]/.test(note) || !note.endsWith("\n"))
    throw new NoteFault("a note is UTF-8 without control characters, and ends with a line end");
  const split = note.lastIndexOf("\n\n");
  if (split < 0) throw new NoteFault("a note has a blank line before its signatures");
  const lines = note.slice(split + 2, -1).split("\n");
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

/** Reads a line `— name base64`. Throws NoteFault. */
export function parseSignature(line: string): NoteSignature {
  const match = /^— ([^+\s]+) (\S+)$/.exec(line);
  const bytes = decodeBase64(match?.[2] ?? "");
  if (match?.[1] === undefined || bytes === null || bytes.length < 5)
    throw new NoteFault("a signature of a note is a line `— name base64(key id ‖ signature)`");
  return { name: match[1], keyId: bytes.subarray(0, 4).toString("hex"), bytes: bytes.subarray(4) };
}

/** When this signer said so, for a cosignature; the beginning of time for a signature; null where none of the signatures is its own and holds. */
export function signedAt({ text, signatures }: Note, verifier: NoteVerifier): Date | null {
  const { name, keyId, algorithm, key } = verifier;
  for (const { bytes, ...signature } of signatures) {
    if (signature.name !== name || signature.keyId !== keyId) continue;
    const time = algorithm === "COSIGNATURE" ? bytes.subarray(0, 8) : Buffer.alloc(8);
    const signed = algorithm === "COSIGNATURE" ? bytes.subarray(8) : bytes;
    if (signed.length === 64 && verify(null, statement(algorithm, text, time), key, signed))
      return new Date(Number(time.readBigUInt64BE()) * 1000);
  }
  return null;
}

/** Whether the note carries a signature of this key that holds. */
export function isSignedBy(note: Note, verifier: NoteVerifier): boolean {
  return signedAt(note, verifier) !== null;
}

function statement(algorithm: NoteAlgorithm, text: string, time: Buffer): Buffer {
  return Buffer.from(
    algorithm === "COSIGNATURE" ? `cosignature/v1\ntime ${time.readBigUInt64BE()}\n${text}` : text,
    "utf8",
  );
}

function stamp(at: Date): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 1000)));
  return time;
}

function makeVerifier(name: string, algorithm: NoteAlgorithm, publicKey: Buffer): NoteVerifier {
  const keyId = keyIdOf(checkName(name), algorithmBytes[algorithm], publicKey);
  const jwk = { kty: "OKP", crv: "Ed25519", x: publicKey.toString("base64url") };
  return {
    name,
    keyId,
    algorithm,
    key: createPublicKey({ key: jwk, format: "jwk" }),
    text: `${name}+${keyId}+${encodeKey(algorithmBytes[algorithm], publicKey)}`,
  };
}

function checkName(name: string): string {
  if (!/^[^+\s]+$/.test(name)) throw new NoteFault("the name of a key has neither spaces nor +");
  return name;
}

function keyIdOf(name: string, algorithm: number, publicKey: Buffer): string {
  const hash = createHash("sha256").update(`${name}\n`, "utf8").update(Uint8Array.of(algorithm)).update(publicKey);
  return hash.digest().subarray(0, 4).toString("hex");
}

const encodeKey = (algorithm: number, key: Buffer): string =>
  Buffer.concat([Uint8Array.of(algorithm), key]).toString("base64");

/** Seed of an Ed25519 key as PKCS #8 (RFC 8410). */
function privateKey(seed: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: "jwk" }).x as string, "base64url");
}

/** Strict: padded, no other alphabet, no spare bits; null otherwise. */
function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return text !== "" && bytes.toString("base64") === text ? bytes : null;
}
