import { hashBytes } from "./merkle.js";
import { type Note, NoteFault, type NoteVerifier, parseNote, signedAt } from "./note.js";
import type { TreeHead } from "./verify-consistency.js";

/** What a log commits itself to: the tree of its first `size` leaves. */
export interface CheckpointBody extends TreeHead {
  /** Name of the log; that of its key. */
  readonly origin: string;
}

/** The text that is signed (C2SP tlog-checkpoint). */
export function checkpointText({ origin, size, root }: CheckpointBody): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`;
}

/** A checkpoint that was read, with the note it stands in. */
export interface ReadCheckpoint extends CheckpointBody {
  readonly note: Note;
}

/** Reads a checkpoint without trust; strict: sizes without leading zeros, padded base64, no line ends but \n. Throws NoteFault. */
export function parseCheckpoint(text: string): ReadCheckpoint {
  const note = parseNote(text);
  const [origin = "", size = "", root = ""] = note.text.split("\n");
  const hash = Buffer.from(root, "base64");
  const leaves = Number(size);
  if (origin === "" || !/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(leaves))
    throw new NoteFault("a checkpoint has the origin, the size and the root on its first three lines");
  if (hash.length !== hashBytes || hash.toString("base64") !== root)
    throw new NoteFault("the root of a checkpoint is 32 bytes in padded base64");
  return { origin, size: leaves, root: hash, note };
}

/** Reads a checkpoint that this key must have signed, under its own name. Throws NoteFault. */
export function openCheckpoint(text: string, verifier: NoteVerifier): ReadCheckpoint {
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== verifier.name)
    throw new NoteFault(`the checkpoint is of ${checkpoint.origin}, not of ${verifier.name}`);
  if (signedAt(checkpoint.note, verifier) === null)
    throw new NoteFault(`the checkpoint is not signed by ${verifier.name} (key ${verifier.keyId})`);
  return checkpoint;
}
