import { maxBatchLeaves } from "./batch.js";
import { LeafFault } from "./leaf-bytes.js";

/** Leaves as one run of bytes: each preceded by its length as a big-endian uint16 (C2SP tlog-tiles, log entries). */
export function encodeBundle(leaves: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    leaves.flatMap((leaf) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(leaf.length);
      return [length, leaf];
    }),
  );
}

/** The leaves of a bundle. Throws LeafFault where it is cut short, empty or holds more than a batch may. */
export function decodeBundle(bundle: Uint8Array): Buffer[] {
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const leaves: Buffer[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const end = offset + 2 <= bytes.length ? offset + 2 + bytes.readUInt16BE(offset) : Number.POSITIVE_INFINITY;
    if (end > bytes.length) throw new LeafFault(`bundle is cut short in leaf ${leaves.length}`);
    leaves.push(bytes.subarray(offset + 2, end));
    offset = end;
  }
  if (leaves.length === 0 || leaves.length > maxBatchLeaves)
    throw new LeafFault(`bundle has ${leaves.length} leaves; a batch has 1 to ${maxBatchLeaves}`);
  return leaves;
}
