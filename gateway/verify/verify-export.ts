import { type BatchLine, inOrder, type LogFinding, openBatchCheck } from "../../schema/ledger/check-batches.js";
import { type CheckpointBody, openCheckpoint, parseCheckpoint } from "../../schema/ledger/checkpoint.js";
import { type ExportFormat, exportFiles } from "../../schema/ledger/export-files.js";
import { LeafFault, parseLeaf } from "../../schema/ledger/leaf-bytes.js";
import { hashBytes } from "../../schema/ledger/merkle.js";
import { type NoteVerifier, readNoteVerifier, signedAt } from "../../schema/ledger/note.js";
import { eachTile, growTiles, rootFromTiles, tileName, tileWidth } from "../../schema/ledger/tile.js";
import type { TreeHead } from "../../schema/ledger/verify-consistency.js";
import { type ExportFolder, openExportFolder } from "./export-folder.js";
import { fromLines, fromTiles, type LeafRun, Unreadable } from "./exported-leaves.js";

export interface VerifyOptions {
  readonly folder: string;
  /** The log's key, from somewhere else than the export; null: the one that lies in it. */
  readonly key: NoteVerifier | null;
  /** Signed notes of the same log, kept from earlier: the log must contain each of them. */
  readonly earlier: readonly string[];
  /** Keys of origins under which the log stood before: earlier notes may be theirs. */
  readonly before: readonly NoteVerifier[];
  /** Witnesses of which `quorum` must have signed the checkpoint. */
  readonly witnesses: readonly NoteVerifier[];
  readonly quorum: number;
  readonly progress: (done: number, all: number) => void;
}

/** What an export came to. */
export interface VerifiedExport {
  readonly checkpoint: CheckpointBody;
  readonly key: NoteVerifier;
  readonly batches: number;
  /** Leaves below it are past retention: their hashes were checked, they are not there. */
  readonly minimum: number;
  /** Everything that does not hold, the first and narrowest place first; empty: all holds. */
  readonly findings: readonly LogFinding[];
}

/** An export that says nothing that could be verified. The message says what was expected. Notes that do not hold throw NoteFault. */
export class NoExport extends Error {
  override readonly name = "NoExport";
}

/**
 * Checks an export against its signed checkpoint, with no database and no network: every leaf, every tile, every writer's chain, and earlier checkpoints.
 * Goes on after the first thing that is wrong, so that the first place in the log is named whatever is looked at first.
 */
export async function verifyExport(options: VerifyOptions): Promise<VerifiedExport> {
  const { progress, earlier } = options;
  const folder = openExportFolder(options.folder);
  const format = await readFormat(folder, options.folder);
  const minimum = await readMinimum(folder);
  const key = options.key ?? (await keyInside(folder, options.folder));
  const checkpoint = await readSigned(folder, key, options);
  const { size } = checkpoint;

  const findings: LogFinding[] = [];
  const find = (finding: LogFinding): void => {
    findings.push(finding);
  };
  const keys = [key, ...options.before];
  const openEarlier = (note: string): CheckpointBody =>
    openCheckpoint(note, keys.find(({ name }) => name === parseCheckpoint(note).origin) ?? key);
  const olderTrees = earlier.map(openEarlier).sort((one, other) => one.size - other.size);
  for (const older of olderTrees)
    if (older.size > size)
      find({ index: size, until: older.size, what: `the log ends here, and ${older.size} leaves were signed earlier` });

  const tree = followTree(format === "tiles" ? folder : null, olderTrees, find);
  const batches = followBatches(folder, find);
  const source = format === "tiles" ? fromTiles(folder, minimum) : fromLines(folder, minimum);
  let told = 0;
  let done = 0;
  try {
    for await (const run of source(size, find)) {
      await tree.take(run);
      await batches.take(run);
      told = Math.max(told, ...(run.leaves ?? []).map(retiredBy));
      done += run.hashes.length;
      progress(done, size);
    }
    await tree.finish(checkpoint);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    find(error.finding);
  }
  const counted = await batches.finish(done === size ? size : null);
  if (told < minimum)
    find({
      index: told,
      until: minimum,
      what: "the leaf is not there, and no leaf of the log says that it is past retention",
    });
  return { checkpoint, key, batches: counted, minimum, findings: inOrder(findings) };
}

/** Up to which index a leaf says that leaves are past retention; 0 for every other leaf. */
function retiredBy(bytes: Uint8Array): number {
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('"type":"RETENTION"')) return 0;
  try {
    const leaf = parseLeaf(bytes);
    return leaf.type === "RETENTION" ? leaf.minimum : 0;
  } catch (error) {
    if (error instanceof LeafFault) return 0;
    throw error;
  }
}

async function readFormat(folder: ExportFolder, name: string): Promise<ExportFormat> {
  if ((await folder.text(exportFiles.checkpoint)) === null)
    throw new NoExport(`${name} holds no file \`checkpoint\`: expected a folder that \`rogatory export\` wrote`);
  const state = await folder.text(exportFiles.state);
  const format = /"format":"(tiles|jsonl|csv)"/.exec(state ?? "")?.[1] as ExportFormat | undefined;
  if (format === "csv")
    throw new NoExport(
      `${name} is a table, which shows the log and proves nothing: expected an export in format tiles or jsonl`,
    );
  return format ?? "tiles";
}

/** What the export states; what it says is held against the log itself. Throws NoExport. */
export async function readMinimum(folder: ExportFolder): Promise<number> {
  const stated = /"minimum":(\d+)/.exec((await folder.text(exportFiles.state)) ?? "")?.[1] ?? "0";
  const minimum = Number(stated);
  if (!Number.isSafeInteger(minimum) || minimum % tileWidth !== 0)
    throw new NoExport(`${exportFiles.state} states ${stated} as the first leaf: expected a multiple of ${tileWidth}`);
  return minimum;
}

async function keyInside(folder: ExportFolder, name: string): Promise<NoteVerifier> {
  const text = await folder.text(exportFiles.key);
  if (text === null) throw new NoExport(`${name} holds no file \`${exportFiles.key}\`: give the log's key with --key`);
  return readNoteVerifier(text);
}

async function readSigned(
  folder: ExportFolder,
  key: NoteVerifier,
  { witnesses, quorum }: Pick<VerifyOptions, "witnesses" | "quorum">,
): Promise<CheckpointBody> {
  const text = (await folder.text(exportFiles.checkpoint)) ?? "";
  const checkpoint = openCheckpoint(text, key);
  const seen = witnesses.filter((witness) => signedAt(parseCheckpoint(text).note, witness) !== null);
  if (seen.length < quorum)
    throw new NoExport(`the checkpoint is signed by ${seen.length} of the given witnesses; ${quorum} are needed`);
  return checkpoint;
}

/** Builds the tree anew from the leaves, holding each tile, each earlier root and the last one against it. */
function followTree(folder: ExportFolder | null, olderTrees: readonly TreeHead[], find: (finding: LogFinding) => void) {
  const tiles = new Map<string, Uint8Array>();
  let size = 0;
  let sound = 0;
  const expectRoot = (at: TreeHead, when: string): void => {
    if (rootFromTiles({ start: 0, end: at.size }, tiles).equals(at.root)) sound = at.size;
    else
      find({
        index: sound,
        until: at.size,
        what: `a leaf from here on and before ${at.size} is not the one that was signed ${when}`,
      });
  };
  return {
    async take({ hashes }: LeafRun) {
      const end = size + hashes.length;
      for (const tile of growTiles(size, tiles, hashes)) tiles.set(tileName(tile), tile.hashes);
      for (const older of olderTrees)
        if (older.size > size && older.size <= end) expectRoot(older, "earlier: the log was forked, or signed anew");
      for (const { level, number } of fullTiles(size, end)) {
        await compareTile(folder, level, number, tiles.get(tileName({ level, number })), find);
        // What is full is known to the level above by one hash; roots need no more of it.
        if (end % tileWidth === 0) tiles.delete(tileName({ level, number }));
      }
      size = end;
    },
    async finish(signed: TreeHead) {
      for (const { level, number, width } of eachTile(size))
        if (width < tileWidth) await compareTile(folder, level, number, tiles.get(tileName({ level, number })), find);
      if (size > 0) expectRoot(signed, "by this checkpoint");
    },
  };
}

/** Tiles above level 0 that became full; those of level 0 were held against the leaves already. */
function* fullTiles(from: number, to: number): Generator<{ level: number; number: number }> {
  for (let level = 0, had = from, has = to; has >= tileWidth; level++) {
    had = Math.floor(had / tileWidth);
    has = Math.floor(has / tileWidth);
    for (let number = had; number < has; number++) yield { level, number };
  }
}

async function compareTile(
  folder: ExportFolder | null,
  level: number,
  number: number,
  own: Uint8Array | undefined,
  find: (finding: LogFinding) => void,
): Promise<void> {
  if (folder === null || level === 0 || own === undefined) return;
  const width = own.length / hashBytes;
  const covers = tileWidth ** level;
  const stored = await folder.tile(level, number, width);
  if (stored === null)
    return find({
      index: number * tileWidth * covers,
      until: (number * tileWidth + width) * covers,
      what: `tile ${number} of level ${level} is missing`,
    });
  for (let place = 0; place < width; place++) {
    const at = place * hashBytes;
    if (Buffer.compare(own.subarray(at, at + hashBytes), stored.subarray(at, at + hashBytes)) === 0) continue;
    const index = (number * tileWidth + place) * covers;
    return find({
      index,
      until: index + covers,
      what: `hash ${place} of tile ${number} of level ${level} is not that of the leaves below it`,
    });
  }
}

/** Follows the writers' chains beside the leaves: a batch is taken once all its leaves were read. */
function followBatches(folder: ExportFolder, find: (finding: LogFinding) => void) {
  const check = openBatchCheck();
  const lines = folder.batches()[Symbol.asyncIterator]();
  let waiting: BatchLine | null = null;
  let ended = false;
  let count = 0;
  let start = 0;
  let hashes: Buffer[] = [];
  let leaves: (Uint8Array | null)[] = [];

  async function nextLine(): Promise<BatchLine | null> {
    if (ended) return null;
    const { value, done } = await lines.next();
    if (done !== true && value !== null && value.leaves >= 1 && value.first === check.next) return value;
    if (done !== true)
      find({
        index: check.next,
        until: check.next + 1,
        what: `line ${count + 1} of ${exportFiles.batches} is not the batch of this leaf`,
      });
    ended = true;
    return null;
  }
  return {
    async take(run: LeafRun) {
      hashes.push(...run.hashes);
      leaves.push(...(run.leaves ?? run.hashes.map(() => null)));
      for (;;) {
        waiting ??= await nextLine();
        if (waiting === null || waiting.first + waiting.leaves > start + hashes.length) break;
        const from = waiting.first - start;
        const own = hashes.slice(from, from + waiting.leaves);
        check.take(waiting, own, leaves[from] ?? null);
        count += 1;
        hashes = hashes.slice(from + waiting.leaves);
        leaves = leaves.slice(from + waiting.leaves);
        start = check.next;
        waiting = null;
      }
      if (ended) {
        start += hashes.length;
        hashes = [];
        leaves = [];
      }
    },
    /** `size`: how many leaves the batches must cover; null where reading ended early. */
    async finish(size: number | null): Promise<number> {
      for (const finding of check.finish()) find(finding);
      if (size !== null && check.next !== size)
        find({
          index: Math.min(check.next, size),
          until: Math.max(check.next, size),
          what: "no writer signed the leaves from here on",
        });
      return count;
    },
  };
}
