import { readFileSync } from "node:fs";
import type { LogFinding } from "../../../schema/ledger/check-batches.js";
import { NoteFault, type NoteVerifier, readNoteVerifier } from "../../../schema/ledger/note.js";
import { NoExport, verifyExport } from "../../verify/verify-export.js";
import { printFault, printLine } from "../print-line.js";
import { openProgress } from "../progress.js";
import { WrongCall } from "../wrong-call.js";

export interface VerifyCall {
  readonly key?: string;
  readonly earlier: readonly string[];
  readonly before: readonly string[];
  readonly witness: readonly string[];
  readonly quorum?: string;
}

/** Checks an export offline. Says what it found and ends with 1 where anything does not hold, the first place in the log first. Throws WrongCall. */
export async function verify(folder: string, call: VerifyCall): Promise<void> {
  const witnesses = call.witness.map((text) => asKey(text, "--witness"));
  const quorum = call.quorum === undefined ? witnesses.length : Number(call.quorum);
  if (!Number.isInteger(quorum) || quorum < 0 || quorum > witnesses.length)
    throw new WrongCall(
      `--quorum is ${call.quorum}: expected a number from 0 to ${witnesses.length}, the witnesses given`,
    );
  const verified = await verifyExport({
    folder,
    key: call.key === undefined ? null : asKey(call.key, "--key"),
    earlier: call.earlier.map(readNote),
    before: call.before.map((text) => asKey(text, "--before")),
    witnesses,
    quorum,
    progress: openProgress("leaves"),
  }).catch((error: unknown) => {
    if (error instanceof NoExport) throw new WrongCall(error.message);
    if (error instanceof NoteFault) return error;
    throw error;
  });
  if (verified instanceof NoteFault) {
    printFault(`${folder}: ${verified.message}`);
    process.exitCode = 1;
    return;
  }
  const { checkpoint, key, findings, batches, minimum } = verified;
  const [first, ...others] = findings;
  if (first !== undefined) {
    printFault(`${placeOf(first)}: ${first.what}`);
    for (const other of others.slice(0, 9)) printFault(`  also ${placeOf(other)}: ${other.what}`);
    if (others.length > 9) printFault(`  and ${others.length - 9} more`);
    process.exitCode = 1;
    return;
  }
  printLine(`${checkpoint.size} leaves in ${batches} batches are what was signed as ${checkpoint.origin}`);
  if (minimum > 0) printLine(`leaves below ${minimum} are past retention: their hashes hold, they are not there`);
  printLine(`root ${Buffer.from(checkpoint.root).toString("hex")}`);
  printLine(
    `key ${key.text}${call.key === undefined ? " (as it lies in the export: compare it with one that came another way, or give it with --key)" : ""}`,
  );
}

function placeOf({ index, until }: LogFinding): string {
  return until - index <= 1 ? `index ${index}` : `index ${index}, or one before ${until}`;
}

function asKey(text: string, option: string): NoteVerifier {
  try {
    return readNoteVerifier(text);
  } catch (error) {
    throw new WrongCall(`${option}: ${(error as Error).message}`);
  }
}

function readNote(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new WrongCall(
      `--earlier: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); expected a checkpoint of this log`,
    );
  }
}
