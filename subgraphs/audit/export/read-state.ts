import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { openCheckpoint } from "../../../schema/ledger/checkpoint.js";
import { type ExportFormat, exportFiles, exportFormats } from "../../../schema/ledger/export-files.js";
import { NoteFault, readNoteVerifier } from "../../../schema/ledger/note.js";
import { verifyConsistency } from "../../../schema/ledger/verify-consistency.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { readHead } from "../integrate/head.js";
import { proveConsistency } from "../tree/prove.js";
import type { StoredCheckpoint } from "../tree/read-checkpoint.js";
import { ExportFault } from "./export-fault.js";

/** Where the export before this one ended. */
export interface ExportState {
  readonly format: ExportFormat;
  readonly size: number;
  /** Leaves below this index were past retention when the folder was begun: of them it holds the hashes alone. */
  readonly minimum: number;
  /** Length in bytes of each file that grows. */
  readonly lengths: Readonly<Record<string, number>>;
}

/**
 * What lies in the folder: a state to go on from, or size 0 for an empty or missing folder. An earlier export is gone on with only where the log proves to be the
 * same one, longer. Throws ExportFault.
 */
export async function readState(
  em: EntityManager,
  folder: string,
  format: ExportFormat,
  now: StoredCheckpoint,
): Promise<ExportState> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw new ExportFault(`${folder} cannot be read (${error.code}): expected a folder`);
  });
  const read = (name: string): Promise<string> => readFile(path.join(folder, name), "utf8");
  if (!files.includes(exportFiles.checkpoint)) {
    const foreign = files.find((name) => name !== "tile" && !(Object.values(exportFiles) as string[]).includes(name));
    if (foreign !== undefined)
      throw new ExportFault(
        `${folder} holds ${foreign}, which is of no export: expected an empty folder, or an earlier export`,
      );
    return { format, size: 0, minimum: await readMinimum(em, now.size), lengths: {} };
  }
  const state = parseState(await read(exportFiles.state), folder);
  if (state.format !== format)
    throw new ExportFault(
      `${folder} is an export in format ${state.format}: expected --format ${state.format}, or another folder`,
    );
  const older = await openEarlier(await read(exportFiles.checkpoint), now.verifier);
  if (older.size !== state.size) throw new ExportFault(`${folder}: its checkpoint is not that of its state`);
  const proof = older.size > now.size ? [] : await proveConsistency(em, older.size, now.size);
  if (
    !verifyConsistency(
      older,
      now,
      proof.map((hash) => Buffer.from(hash, "hex")),
    )
  )
    throw new ExportFault(
      `the log of ${now.size} leaves is not the one of ${older.size} that was exported, longer: it was changed, cut, or forked. Nothing was written; keep this export`,
    );
  const { minimum } = await readHead(em);
  if (state.size < minimum)
    throw new ExportFault(
      `leaves from ${state.size} to ${minimum} are past retention: expected another folder, and keep this export`,
    );
  return state;
}

/** The minimum index, which an export may only state where the log that it holds says so itself. Throws ExportFault. */
async function readMinimum(em: EntityManager, size: number): Promise<number> {
  const { minimum } = await readHead(em);
  if (minimum === 0) return 0;
  const [told] = await em.execute<unknown[]>(
    `select 1 from audit.audit_system_entry where event = 'RETENTION' and index < ? and (retention->>'minimum')::bigint >= ? limit 1`,
    [size, minimum],
  );
  if (told === undefined)
    throw new ExportFault(
      "the leaf that says which leaves are past retention is not integrated yet: export again once it is",
    );
  return minimum;
}

function parseState(text: string, folder: string): ExportState {
  const state = JSON.parse(text) as Partial<ExportState>;
  if (!exportFormats.includes(state.format as ExportFormat) || !Number.isSafeInteger(state.size) || !state.lengths)
    throw new ExportFault(`${folder}/${exportFiles.state} is not the state of an export`);
  return { minimum: 0, ...state } as ExportState;
}

async function openEarlier(note: string, verifier: string) {
  try {
    return openCheckpoint(note, readNoteVerifier(verifier));
  } catch (error) {
    if (error instanceof NoteFault) throw new ExportFault(`the earlier export is of another log: ${error.message}`);
    throw error;
  }
}
