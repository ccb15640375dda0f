import { hash } from "node:crypto";
import type { Reference } from "./vocabulary.js";

/** What opens a commitment: kept apart from the leaf. Whoever deletes it erases the reference; every proof stays valid. */
export interface Opening {
  readonly reference: Reference;
  /** 32 random bytes, fresh for each leaf and reference, so that equal values leave no equal traces. */
  readonly key: Uint8Array;
  readonly value: string;
}

/** Bytes of an opening's key. */
export const openingKeyBytes = 32;

/** The commitment (hex) that stands in the leaf: HMAC-SHA-256 (RFC 2104) over the reference's name, a zero byte and the value in UTF-8. */
export function commit({ reference, key, value }: Opening): string {
  if (key.length !== openingKeyBytes)
    throw new RangeError(`an opening's key has ${openingKeyBytes} bytes, not ${key.length}`);
  return hmac(key, Buffer.from(`${reference}\0${value}`, "utf8"));
}

/** Whether the opening is the one that was committed to. */
export function opens(opening: Opening, commitment: string): boolean {
  return commit(opening) === commitment;
}

/** Bytes of a block of SHA-256. */
const blockBytes = 64;

/** HMAC-SHA-256 (RFC 2104) in hex, under a key no longer than a block. Node's own makes an object of every key, which costs five times as much as the two hashes. */
function hmac(key: Uint8Array, message: Uint8Array): string {
  const inner = Buffer.alloc(blockBytes + message.length, 0x36);
  const outer = Buffer.alloc(blockBytes + 32, 0x5c);
  for (const [place, byte] of key.entries()) {
    inner[place] = byte ^ 0x36;
    outer[place] = byte ^ 0x5c;
  }
  inner.set(message, blockBytes);
  outer.set(hash("sha256", inner, "buffer"), blockBytes);
  return hash("sha256", outer, "hex");
}
