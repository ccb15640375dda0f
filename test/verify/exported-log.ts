import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ActDraft, actDrafts } from "../../gateway/record/act-drafts.js";
import type { LeafDraft } from "../../gateway/record/draft.js";
import { openRecorder } from "../../gateway/record/open-recorder.js";
import { type VerifiedExport, type VerifyOptions, verifyExport } from "../../gateway/verify/verify-export.js";
import { decodeBundle, encodeBundle } from "../../schema/ledger/bundle.js";
import { checkpointText } from "../../schema/ledger/checkpoint.js";
import type { ExportFormat } from "../../schema/ledger/export-files.js";
import { leafHash, merkleRoot } from "../../schema/ledger/merkle.js";
import { readNoteSigner } from "../../schema/ledger/note.js";
import { eachTile, growTiles, tileName, tilePath, tileWidth } from "../../schema/ledger/tile.js";
import { exportLog } from "../../subgraphs/audit/index.js";
import { issuing, now, quiet, readings } from "../record/kit.js";
import { type AuditLog, emptyLog, integrateOnce, openAudit } from "../subgraphs/audit/kit.js";

/** Leaves in a batch, of which the first is an act on a warrant. */
const batch = 42;
let acts = 0;

function anAct(): LeafDraft {
  return (actDrafts({ ...issuing, id: `event-${acts++}` })[0] as ActDraft).draft;
}

/** A log that was recorded and integrated, to be exported. */
export interface RecordedLog {
  readonly log: AuditLog;
  /** Appends so many leaves by a writer of its own, in batches of 42, and integrates them. */
  grow(leaves: number): Promise<void>;
  /** Exports into a folder; a new one without a name. Resolves with its path. */
  export(format?: ExportFormat, folder?: string): Promise<string>;
  folder(): string;
  /** An empty log, under the same key. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function openRecordedLog(): Promise<RecordedLog> {
  const log = await openAudit("embedded");
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-export-"));
  let folders = 0;
  const folder = (): string => path.join(home, String(folders++));
  return {
    log,
    folder,
    async grow(leaves) {
      const options = { clock: () => now, log: quiet, heartbeatMs: 3_600_000, timeoutMs: 5000 };
      const recorder = await openRecorder({ store: log.openStore(), ...options });
      for (let left = leaves - 2; left > 0; left -= batch)
        await recorder.append([anAct(), ...readings(Math.min(batch, left) - 1)]);
      await recorder.close();
      while ((await integrateOnce(log)) > 0);
    },
    async export(format = "tiles", into = folder()) {
      await exportLog(log.running.em(), {
        folder: into,
        format,
        record: async () => undefined,
        progress: () => undefined,
      });
      return into;
    },
    empty: () => emptyLog(log),
    async close() {
      await log.close();
      rmSync(home, { recursive: true });
    },
  };
}

/** What the verifier says of a folder. */
export function verify(folder: string, options: Partial<VerifyOptions> = {}): Promise<VerifiedExport> {
  const defaults = { key: null, earlier: [], before: [], witnesses: [], quorum: 0, progress: () => undefined };
  return verifyExport({ folder, ...defaults, ...options });
}

/** A copy that a test may tamper with. */
export function copyOf(folder: string, to: string): string {
  cpSync(folder, to, { recursive: true });
  return to;
}

export const read = (folder: string, name: string): Buffer => readFileSync(path.join(folder, name));
export const write = (folder: string, name: string, content: Uint8Array | string): void =>
  writeFileSync(path.join(folder, name), content);

/** Path of a tile of a tree of `size` leaves. */
export function pathIn(size: number, level: number | "entries", number: number): string {
  const hashes = level === "entries" ? size : Math.floor(size / tileWidth ** level);
  return tilePath(level, number, Math.min(tileWidth, hashes - number * tileWidth));
}

/** Changes the leaves of one bundle and leaves everything else as it is. */
export function changeBundle(
  folder: string,
  size: number,
  number: number,
  change: (leaves: Buffer[]) => Buffer[],
): void {
  const name = pathIn(size, "entries", number);
  write(folder, name, encodeBundle(change(decodeBundle(read(folder, name)))));
}

export function leavesOf(folder: string, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(size / tileWidth) }, (_, number) =>
    decodeBundle(read(folder, pathIn(size, "entries", number))),
  ).flat();
}

/** Writes leaves and a tree over them that holds in itself, as whoever has the disk can; with a key file also a checkpoint over it. */
export function rewrite(folder: string, leaves: readonly Buffer[], keyFile: string | null): void {
  const size = leaves.length;
  const tiles = new Map(growTiles(0, new Map(), leaves.map(leafHash)).map((tile) => [tileName(tile), tile.hashes]));
  for (const { level, number, width } of eachTile(size))
    write(folder, tilePath(level, number, width), tiles.get(tileName({ level, number })) as Uint8Array);
  for (let number = 0; number * tileWidth < size; number++)
    write(
      folder,
      pathIn(size, "entries", number),
      encodeBundle(leaves.slice(number * tileWidth, (number + 1) * tileWidth)),
    );
  if (keyFile === null) return;
  const signer = readNoteSigner(readFileSync(keyFile, "utf8"));
  const text = checkpointText({ origin: signer.verifier.name, size, root: merkleRoot(leaves.map(leafHash)) });
  write(folder, "checkpoint", `${text}\n${signer.sign(text, now)}\n`);
}

/** The leaf with one letter of its operation's hash changed: still a leaf, and another one. */
export const edited = (leaf: Buffer): Buffer =>
  Buffer.from(leaf.toString("utf8").replace('"operationHash":"0c', '"operationHash":"0d'), "utf8");
