import { readFileSync } from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pgliteOptions } from "../../subgraphs/kit/database.js";

const archive = path.join(import.meta.dirname, "../../embedded.tar.gz");

/** An embedded database of its own, in memory, from the archive that the build prepared: migrated, with base data. A database from nothing costs four times as much. */
export async function openEmbedded(): Promise<PGlite> {
  return PGlite.create({ ...pgliteOptions(), dataDir: "memory://", loadDataDir: new Blob([readFileSync(archive)]) });
}
