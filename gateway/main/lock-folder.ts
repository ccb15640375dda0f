import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A process, told apart from a later one that got the same id. */
interface Holder {
  readonly pid: number;
  /** When it began, as the system counts; null where the system does not say. */
  readonly began: string | null;
}

/** Another process holds the folder. */
export class FolderLocked extends Error {
  override readonly name = "FolderLocked";
  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${pid}: stop that one first, or set ROGATORY_HOME to another folder`);
  }
}

/**
 * Takes a folder for this process alone, until it is released or the process is gone: the embedded database has no lock of its own, and two processes would
 * destroy it. A lock whose holder has died is taken over. Throws FolderLocked.
 */
export function lockFolder(folder: string): { release(): void } {
  const file = join(folder, "lock");
  const mine = JSON.stringify({ pid: process.pid, began: beginOf(process.pid) } satisfies Holder);
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, mine);
  try {
    while (!takes(draft, file)) {
      const found = read(file);
      if (found === null) continue;
      const { pid, began } = JSON.parse(found) as Holder;
      if (isAlive({ pid, began })) throw new FolderLocked(folder, pid);
      remove(file, found);
    }
  } finally {
    unlinkSync(draft);
  }
  return {
    release() {
      if (read(file) === mine) unlinkSync(file);
    },
  };
}

/** A hard link is made by one process alone, and the file is whole when it appears. */
function takes(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Takes away the dead holder's lock, and puts back what turned out to be somebody else's by then. */
function remove(file: string, stale: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (readFileSync(aside, "utf8") !== stale) takes(aside, file);
  unlinkSync(aside);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const now = beginOf(pid);
  return began === null || now === null || now === began;
}

/** Linux counts clock ticks since boot (proc(5), field 22 of stat, after the name in parentheses); elsewhere ps says it. */
function beginOf(pid: number): string | null {
  try {
    if (existsSync("/proc/self/stat"))
      return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? null;
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}
