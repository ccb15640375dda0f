import { readFileSync } from "node:fs";
import { makeNoteKey, NoteFault, readNoteSigner } from "../../../schema/ledger/note.js";
import { beginOrigin, OriginFault, openSealer, TreeFault } from "../../../subgraphs/audit/index.js";
import { appendOrigin } from "../../record/append-origin.js";
import { openClock } from "../clock.js";
import { keepKey, openLogFiles } from "../open-log-files.js";
import { printLine } from "../print-line.js";
import type { Settings } from "../settings.js";
import { withSubgraph } from "../with-subgraph.js";
import { WrongCall } from "../wrong-call.js";

/**
 * Goes on with a restored log under another name. A key that an earlier, broken off call left in the file is used, if it is of that name. Throws WrongCall where there
 * is nothing to do, or nothing to go on from; the key alone is made then.
 */
export async function logOrigin(name: string, file: string, settings: Settings): Promise<void> {
  const { key } = openLogFiles(settings);
  const clock = openClock(settings.now);
  try {
    keepKey(file, makeNoteKey(name));
    const kept = readNoteSigner(readFileSync(file, "utf8")).verifier;
    if (kept.name !== name) throw new WrongCall(`${file} holds the key of ${kept.name}: expected a new file`);
    const [old, next] = await Promise.all([openSealer(key as string), openSealer(file)]);
    const { previous, lost, size } = await withSubgraph("audit", settings, async (audit, openLogStore) => {
      const store = await openLogStore();
      try {
        const append = (succession: Parameters<typeof appendOrigin>[1]) => appendOrigin(store, succession, clock());
        return await beginOrigin(audit.em(), { old, next, clock, append });
      } finally {
        await store.close();
      }
    });
    printLine(`${name} goes on from the ${previous.size} leaves of ${previous.origin} that are left, and has ${size}`);
    printLine(
      `lost: leaves ${previous.size} to ${lost.size - 1} of ${previous.origin}; every receipt for one of them proves it`,
    );
    printLine(`set ROGATORY_LOG_KEY to ${file} and start; publish its public key, and give it to the witnesses:`);
    printLine(kept.text);
  } catch (error) {
    if ([NoteFault, OriginFault, TreeFault].some((kind) => error instanceof kind))
      throw new WrongCall((error as Error).message);
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new WrongCall(`${file} cannot be written: its folder is missing`);
    throw error;
  }
}
