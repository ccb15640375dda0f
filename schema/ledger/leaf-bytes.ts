import { type Leaf, maxLeafBytes } from "./leaf.js";
import { leafShapes } from "./leaf-shapes.js";

/** Something is no leaf: the message names the place and what was expected. */
export class LeafFault extends Error {
  override readonly name = "LeafFault";
}

/** The canonical bytes of a leaf (RFC 8785, UTF-8), at most `maxLeafBytes`. Throws LeafFault. */
export function encodeLeaf(leaf: Leaf): Buffer {
  const bytes = Buffer.from(write(leaf), "latin1");
  if (bytes.length > maxLeafBytes)
    throw new LeafFault(`leaf has ${bytes.length} bytes; at most ${maxLeafBytes} are allowed`);
  return bytes;
}

/** Reads the bytes of a leaf; strict: unknown versions, types and keys, and bytes that are not canonical, are faults. Throws LeafFault. */
export function parseLeaf(bytes: Uint8Array): Leaf {
  if (bytes.length > maxLeafBytes)
    throw new LeafFault(`leaf has ${bytes.length} bytes; at most ${maxLeafBytes} are allowed`);
  const leaf = read(bytes);
  if (!Buffer.from(write(leaf), "latin1").equals(bytes)) throw new LeafFault("leaf is not in canonical form");
  return leaf as Leaf;
}

function read(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    throw new LeafFault("leaf is not JSON in UTF-8", { cause: error });
  }
}

/** The canonical JSON of a leaf, which is ASCII: its shape lets nothing else in. Throws LeafFault where it has none. */
function write(value: unknown): string {
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  if (typeof type !== "string" || !Object.hasOwn(leafShapes, type))
    throw new LeafFault(`leaf.type is not one that version 1 knows`);
  const shape = leafShapes[type as Leaf["type"]];
  const fault = shape.fault(value);
  if (fault !== null) throw new LeafFault(`leaf${fault}`);
  return shape.write(value);
}
