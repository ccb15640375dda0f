import { makeNoteKey, NoteFault, readNoteSigner } from "../../../schema/ledger/note.js";
import { keepKey } from "../open-log-files.js";
import { printLine } from "../print-line.js";
import { WrongCall } from "../wrong-call.js";

/** Makes a key for signed notes in a file, for its owner alone, and prints the public keys. Throws WrongCall. */
export async function makeKeyFile(name: string, file: string): Promise<void> {
  try {
    const key = makeNoteKey(name);
    if (!keepKey(file, key)) throw new WrongCall(`${file} is there already, and was not touched: expected a new file`);
    printLine(`as a log: ${readNoteSigner(key).verifier.text}`);
    printLine(`as a witness: ${readNoteSigner(key, "COSIGNATURE").verifier.text}`);
  } catch (error) {
    if (error instanceof NoteFault) throw new WrongCall(error.message);
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new WrongCall(`${file} cannot be written: its folder is missing`);
    throw error;
  }
}
