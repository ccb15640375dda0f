import type { LogFinding } from "../../schema/ledger/check-batches.js";
import { exportFiles, readLeafLine } from "../../schema/ledger/export-files.js";
import { hashBytes, leafHash } from "../../schema/ledger/merkle.js";
import { splitHashes, tileWidth } from "../../schema/ledger/tile.js";
import type { ExportFolder } from "./export-folder.js";

/** Up to 256 leaves in order, with the hashes that the export states for them. */
export interface LeafRun {
  /** Null: they are past retention, and the hashes are those that the export states. */
  readonly leaves: readonly Uint8Array[] | null;
  readonly hashes: readonly Buffer[];
}

/** Something does not hold, and what comes after it cannot be read. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
  constructor(readonly finding: LogFinding) {
    super(finding.what);
  }
}

/** Where leaves are read from: runs of 256, as the tiles have them. */
export type LeafSource = (size: number, find: (finding: LogFinding) => void) => AsyncGenerator<LeafRun>;

/** Bundles that are read while one is hashed: the disk does not wait for the processor, nor the other way round. */
const readAhead = 8;

/** The hashes of leaves past retention, from the tiles of level 0. */
async function* pastRetention(folder: ExportFolder, minimum: number): AsyncGenerator<LeafRun> {
  for (let number = 0; number * tileWidth < minimum; number++) {
    const tile = await folder.tile(0, number, tileWidth);
    const first = number * tileWidth;
    if (tile === null)
      throw new Unreadable({ index: first, until: first + tileWidth, what: `tile ${number} of level 0 is missing` });
    yield {
      leaves: null,
      hashes: splitHashes(tile.subarray(0, tileWidth * hashBytes)).map((hash) => Buffer.from(hash)),
    };
  }
}

/** The entry bundles of format tiles, each leaf held against its hash in the tile of level 0; of leaves below `minimum` the hashes alone. */
export function fromTiles(folder: ExportFolder, minimum = 0): LeafSource {
  return async function* (size, find) {
    yield* pastRetention(folder, minimum);
    const widthOf = (number: number): number => Math.min(tileWidth, size - number * tileWidth);
    const readPair = (number: number) =>
      Promise.all([folder.tile("entries", number, widthOf(number)), folder.tile(0, number, widthOf(number))]);
    const count = Math.ceil(size / tileWidth);
    const begin = minimum / tileWidth;
    const ahead = Array.from({ length: Math.min(readAhead, count - begin) }, (_, place) => readPair(begin + place));
    for (let number = begin; number < count; number++) {
      const first = number * tileWidth;
      const width = widthOf(number);
      const [bundle, tile] = await (ahead.shift() as ReturnType<typeof readPair>);
      if (number + readAhead < count) ahead.push(readPair(number + readAhead));
      if (bundle === null)
        throw new Unreadable({
          index: first,
          until: first + width,
          what: `the bundle of leaves from ${first} on is missing`,
        });
      if (tile === null)
        throw new Unreadable({ index: first, until: first + width, what: `tile ${number} of level 0 is missing` });
      const leaves = takeLeaves(bundle, width);
      const hashes = leaves.map(leafHash);
      compare(hashes, splitHashes(tile.subarray(0, tile.length - (tile.length % hashBytes))), first, find);
      if (leaves.length < width)
        throw new Unreadable({
          index: first + leaves.length,
          until: first + width,
          what: "the bundle is cut short, or a length in it was changed",
        });
      yield { leaves, hashes };
    }
  };
}

/** The lines of format jsonl, each leaf held against the hash beside it; of leaves below `minimum` the hashes alone. */
export function fromLines(folder: ExportFolder, minimum = 0): LeafSource {
  return async function* (size, find) {
    yield* pastRetention(folder, minimum);
    let first = minimum;
    let leaves: Buffer[] = [];
    let stated: Buffer[] = [];
    const run = (): LeafRun => {
      const hashes = leaves.map(leafHash);
      compare(hashes, stated, first, find);
      return { leaves, hashes };
    };
    for await (const line of folder.lines(exportFiles.lines)) {
      const index = first + leaves.length;
      if (index === size)
        throw new Unreadable({ index: size, until: size + 1, what: `there are lines after leaf ${size - 1}` });
      const read = readLeafLine(line);
      if (read === null) throw new Unreadable({ index, until: index + 1, what: "the line is not that of a leaf" });
      if (read.index !== index)
        throw new Unreadable({
          index,
          until: index + 1,
          what: `the line is that of leaf ${read.index}: one is missing, added or moved`,
        });
      leaves.push(read.leaf);
      stated.push(Buffer.from(read.leafHash, "hex"));
      if (leaves.length === tileWidth) {
        yield run();
        first += tileWidth;
        leaves = [];
        stated = [];
      }
    }
    if (leaves.length > 0) yield run();
    if (first + leaves.length < size)
      throw new Unreadable({
        index: first + leaves.length,
        until: size,
        what: `the lines end before leaf ${size - 1}`,
      });
  };
}

function compare(
  hashes: readonly Buffer[],
  stated: readonly Uint8Array[],
  first: number,
  find: (finding: LogFinding) => void,
): void {
  const wrong = hashes.findIndex((hash, place) => stated[place] === undefined || !hash.equals(stated[place]));
  if (wrong >= 0)
    find({
      index: first + wrong,
      until: first + wrong + 1,
      what: "the leaf is not the one of its hash: one of the two was changed",
    });
}

/** The first `width` leaves of a bundle (C2SP tlog-tiles); fewer where it is cut short. */
function takeLeaves(bundle: Buffer, width: number): Buffer[] {
  const leaves: Buffer[] = [];
  for (let at = 0; leaves.length < width && at + 2 <= bundle.length; ) {
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) break;
    leaves.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}
