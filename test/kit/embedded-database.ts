import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { preparedDatabase } from "../../gateway/main/open-embedded-database.js";
import { pgliteOptions } from "../../subgraphs/kit/database.js";

/** An embedded database of its own, a copy of the one that the build prepared: migrated, with base data. Its folder goes when it is closed. */
export async function openEmbedded(): Promise<PGlite> {
  const folder = mkdtempSync(path.join(tmpdir(), "rogatory-embedded-"));
  const dataDir = path.join(folder, "database");
  cpSync(preparedDatabase.folder, dataDir, { recursive: true });
  const pglite = await PGlite.create({ ...pgliteOptions(), dataDir });
  const close = pglite.close.bind(pglite);
  pglite.close = async () => {
    await close();
    rmSync(folder, { recursive: true });
  };
  return pglite;
}
