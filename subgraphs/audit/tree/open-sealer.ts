import { readFile, rename, writeFile } from "node:fs/promises";
import { type CheckpointBody, checkpointText, openCheckpoint } from "../../../schema/ledger/checkpoint.js";
import { NoteFault, type NoteVerifier, readNoteSigner } from "../../../schema/ledger/note.js";
import type { TreeHead } from "../../../schema/ledger/verify-consistency.js";
import { TreeFault } from "./tree-fault.js";

/**
 * Signs what the log commits itself to. It remembers on this machine, outside of the database, what it signed last: a database restored from a backup,
 * shorter than that, is not signed on.
 */
export interface Sealer {
  /** The log's key: its name is the origin of every checkpoint. A log has one for its whole life. */
  readonly verifier: NoteVerifier;
  /** The largest tree that was signed here; null: none. */
  readonly remembered: TreeHead | null;
  /** The note over a tree, without cosignatures. */
  sign(tree: TreeHead, at: Date): string;
  /** Reads a note that this log signed earlier. Throws TreeFault where it did not. */
  open(note: string): CheckpointBody;
  /** The note is committed: from here on the log is never shorter. */
  remember(note: string): Promise<void>;
}

/** Opens the key in this file, and what was signed last in the file beside it. Throws NoteFault for a file that holds no key, TreeFault for a memory that is not its own. */
export async function openSealer(keyFile: string): Promise<Sealer> {
  const signer = readNoteSigner(await readFile(keyFile, "utf8"));
  const { verifier } = signer;
  const memory = `${keyFile}.signed`;

  function open(note: string): CheckpointBody {
    try {
      return openCheckpoint(note, verifier);
    } catch (error) {
      if (error instanceof NoteFault) throw new TreeFault(`a checkpoint is not this log's own: ${error.message}`);
      throw error;
    }
  }
  const kept = await readFile(memory, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  let remembered: TreeHead | null = kept === null ? null : open(kept);
  return {
    verifier,
    get remembered() {
      return remembered;
    },
    sign(tree, at) {
      const text = checkpointText({ origin: verifier.name, ...tree });
      return `${text}\n${signer.sign(text, at)}\n`;
    },
    open,
    async remember(note) {
      remembered = open(note);
      const draft = `${memory}.${process.pid}.new`;
      await writeFile(draft, note);
      await rename(draft, memory);
    },
  };
}
