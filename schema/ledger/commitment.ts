import { createHmac } from "node:crypto";
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
  return createHmac("sha256", key).update(`${reference}\0${value}`, "utf8").digest("hex");
}

/** Whether the opening is the one that was committed to. */
export function opens(opening: Opening, commitment: string): boolean {
  return commit(opening) === commitment;
}
