import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pgliteOptions } from "../../subgraphs/kit/database.js";
import { lockFolder } from "./lock-folder.js";
import { makeHome } from "./make-home.js";
import { packageRoot } from "./package-root.js";
import { replaceFile } from "./replace-file.js";

/** What is known of the data in a home. */
interface HomeState {
  /** Stamp of the prepared database that its schema and base data are like. */
  readonly prepared: string | null;
  readonly demo: boolean;
}

/** The embedded database of a home, this process's own until it is closed. */
export interface EmbeddedDatabase {
  readonly pglite: PGlite;
  /** True where migrations and base data are those of this build already. */
  readonly upToDate: boolean;
  readonly demoLoaded: boolean;
  /** Remembers that everything is loaded. */
  settle(loaded: { readonly demo: boolean }): void;
  close(): Promise<void>;
}

/** What the build prepared: a database with every migration and the base data, closed in order, and what it was made from. */
export interface PreparedDatabase {
  readonly folder: string;
  readonly stampFile: string;
}

export const preparedDatabase: PreparedDatabase = {
  folder: join(packageRoot, "dist", "embedded"),
  stampFile: join(packageRoot, "dist", "embedded.stamp"),
};

/**
 * Opens real PostgreSQL (PGlite) in `home`, under a lock on the folder; the first time it is a copy of the one that the build prepared. PGlite never
 * calls fsync: the data survives a killed process, not a power cut. Throws SettingsError or FolderLocked.
 */
export async function openEmbeddedDatabase(
  home: string,
  from: PreparedDatabase = preparedDatabase,
): Promise<EmbeddedDatabase> {
  makeHome(home);
  const lock = lockFolder(home);
  try {
    return await open(home, from, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function open(home: string, from: PreparedDatabase, lock: { release(): void }): Promise<EmbeddedDatabase> {
  const dataDir = join(home, "database");
  const stateFile = join(home, "database.json");
  const prepared = existsSync(from.folder) && existsSync(from.stampFile);
  const stamp = prepared ? readFileSync(from.stampFile, "utf8") : null;
  const known = existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, "utf8")) as HomeState) : null;
  const copied = known === null && prepared;
  // Without a state the last start never came to its end, and nothing of value lies there yet.
  if (known === null) rmSync(dataDir, { recursive: true, force: true });
  if (copied) cpSync(from.folder, dataDir, { recursive: true });
  const pglite = await PGlite.create({ ...pgliteOptions(), dataDir });
  const state: HomeState = known ?? { prepared: copied ? stamp : null, demo: false };
  return {
    pglite,
    upToDate: stamp !== null && state.prepared === stamp,
    demoLoaded: state.demo,
    settle: ({ demo }) => replaceFile(stateFile, JSON.stringify({ prepared: stamp, demo } satisfies HomeState)),
    async close() {
      await pglite.close();
      lock.release();
    },
  };
}
