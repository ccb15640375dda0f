import { type Opening, openingKeyBytes } from "./commitment.js";
import type { Reference } from "./vocabulary.js";

/** The openings of a batch: those of each leaf, in the order of its leaves. */
export type BatchOpenings = readonly (readonly Opening[])[];

/** An opening that is not the one its leaf committed to, or openings that cannot be read: somebody changed them. */
export class OpeningFault extends Error {
  override readonly name = "OpeningFault";
}

/** Bytes beside the name and the value: two lengths and the key. */
const frameBytes = 1 + openingKeyBytes + 4;

/**
 * The openings of a batch as one run of bytes, so that they are one row. Of each leaf: how many (uint8), and of each of them the reference's name behind its length (uint8),
 * the key, and the value in UTF-8 behind its length (uint32, big-endian). Throws RangeError for a leaf of more than 255.
 */
export function encodeOpenings(openings: BatchOpenings): Buffer {
  let most = openings.length;
  for (const own of openings)
    for (const { reference, value } of own) most += frameBytes + reference.length + 3 * value.length;
  const bytes = Buffer.allocUnsafe(most);
  let end = 0;
  for (const own of openings) {
    end = bytes.writeUInt8(own.length, end);
    for (const { reference, key, value } of own) {
      end = bytes.writeUInt8(reference.length, end);
      end += bytes.write(reference, end, "latin1");
      bytes.set(key, end);
      end += openingKeyBytes;
      const length = bytes.write(value, end + 4, "utf8");
      end = bytes.writeUInt32BE(length, end) + length;
    }
  }
  return bytes.subarray(0, end);
}

/** Reads them back; strict. Throws OpeningFault where they are cut short or belong to another number of leaves. */
export function decodeOpenings(encoded: Uint8Array, leaves: number): Opening[][] {
  const bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  let end = 0;
  const take = (length: number): Buffer => {
    if (end + length > bytes.length) throw new OpeningFault("the openings of a batch are cut short");
    end += length;
    return bytes.subarray(end - length, end);
  };
  const openings: Opening[][] = [];
  while (end < bytes.length) {
    const own: Opening[] = [];
    for (let left = take(1).readUInt8(); left > 0; left -= 1) {
      const reference = take(take(1).readUInt8()).toString("latin1") as Reference;
      const key = take(openingKeyBytes);
      own.push({ reference, key, value: take(take(4).readUInt32BE()).toString("utf8") });
    }
    openings.push(own);
  }
  if (openings.length !== leaves)
    throw new OpeningFault(`a batch of ${leaves} leaves has the openings of ${openings.length}`);
  return openings;
}
