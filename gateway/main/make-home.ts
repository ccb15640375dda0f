import { existsSync, mkdirSync, mkdtempSync, rmdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { SettingsError } from "./settings.js";

/** Makes the home where there is none, for its owner alone. Throws SettingsError where this process cannot make it or write in it. */
export function makeHome(home: string): void {
  try {
    makeFolder(resolve(home));
    rmdirSync(mkdtempSync(join(home, ".probe-")));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SettingsError([
      `ROGATORY_HOME: ${home} cannot be used (${code}); expected a folder that this process may write in, or a place where it may make one`,
    ]);
  }
}

/** Folder by folder: Node's recursive mkdir never returns where the system says ENOENT below a folder that exists, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it just now.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
