import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeNoteKey, NoteFault, readNoteSigner } from "../../schema/ledger/note.js";
import { readPolicy } from "../../schema/ledger/witness-policy.js";
import { makeHome } from "./make-home.js";
import type { Settings } from "./settings.js";
import { SettingsError } from "./settings.js";

/**
 * The files of the audit subgraph: its witnesses, where the settings name some, and the key of the log's checkpoints that they name or, in development, one made
 * and kept in the home, under a name of its own. Two processes that start at once agree on one. Throws SettingsError.
 */
export function openLogFiles({
  logKeyFile,
  witnessFile,
  home,
}: Pick<Settings, "logKeyFile" | "witnessFile" | "home">): Readonly<Record<string, string>> {
  const key = logKeyFile ?? join(home, "log-key");
  if (logKeyFile === null) {
    makeHome(home);
    keepKey(key, makeNoteKey(`rogatory.invalid/log-${randomBytes(4).toString("hex")}`));
  }
  check("ROGATORY_LOG_KEY", key, readNoteSigner);
  if (witnessFile === null) return { key };
  check("ROGATORY_WITNESSES", witnessFile, readPolicy);
  return { key, witnesses: witnessFile };
}

function check(setting: string, file: string, read: (text: string) => unknown): void {
  try {
    read(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof NoteFault) throw new SettingsError([`${setting}: ${error.message}`]);
    throw new SettingsError([`${setting}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`]);
  }
}

/** Writes a key for its owner alone, unless there is a file of that name: that one stays. True: it was written. */
export function keepKey(file: string, key: string): boolean {
  const draft = `${file}.${randomBytes(6).toString("hex")}.new`;
  writeFileSync(draft, `${key}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    unlinkSync(draft);
  }
}
