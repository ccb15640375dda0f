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
  return hmac(key, `${reference}\0${value}`);
}

/** Whether the opening is the one that was committed to. */
export function opens(opening: Opening, commitment: string): boolean {
  return commit(opening) === commitment;
}

/** Bytes of a block of SHA-256. */
const blockBytes = 64;
/** The two inputs of HMAC, filled anew for each: the key in its pad, and behind it the message, or what the inner hash came to. */
const inner = Buffer.alloc(4096, 0x36);
const outer = Buffer.alloc(blockBytes + 32, 0x5c);

/**
 * HMAC-SHA-256 (RFC 2104) in hex, under a key of `openingKeyBytes`. Node's own makes an object of every key, and a digest as a Buffer costs four times
 * as much as one as text.
 */
function hmac(key: Uint8Array, message: string): string {
  const most = blockBytes + 3 * message.length;
  const input = most <= inner.length ? inner : Buffer.alloc(most, 0x36);
  for (let place = 0; place < openingKeyBytes; place += 1) {
    const byte = key[place] as number;
    input[place] = byte ^ 0x36;
    outer[place] = byte ^ 0x5c;
  }
  const end = blockBytes + input.write(message, blockBytes, "utf8");
  outer.write(hash("sha256", input.subarray(0, end), "binary"), blockBytes, "binary");
  return hash("sha256", outer, "hex");
}
