import type { Logger } from "pino";
import type { LogStore } from "../../schema/ledger/log-store.js";
import type { Database } from "../../subgraphs/kit/database.js";
import { openPgliteStore } from "../record/pglite-store.js";
import type { EmbeddedDatabase } from "./open-embedded-database.js";
import { openEmbeddedDatabase } from "./open-embedded-database.js";
import type { Loading } from "./open-subgraphs.js";
import type { Settings } from "./settings.js";

/** The database under everything: a server's, or the embedded one. */
export interface StartDatabase {
  readonly forSubgraphs: Database;
  /** Has it brought to this build and loaded, where that is not done yet; one process at a time. */
  prepare(load: (loading: Loading) => Promise<void>): Promise<void>;
  openLogStore(log: Logger): LogStore;
  close(): Promise<void>;
}

/** Opens the database that the settings say; what speaks to a server is loaded for one alone. Throws SettingsError or FolderLocked. */
export async function openStartDatabase({ databaseUrl, home, production }: Settings): Promise<StartDatabase> {
  if (databaseUrl === null) return embedded(await openEmbeddedDatabase(home));
  const [{ oneAtATime }, { openPostgresStore }] = await Promise.all([
    import("./one-at-a-time.js"),
    import("../record/postgres-store.js"),
  ]);
  return {
    forSubgraphs: { kind: "server", url: databaseUrl },
    prepare: (load) => oneAtATime(databaseUrl, "prepare", () => load({ production, base: true, demo: true })),
    openLogStore: (log) => openPostgresStore({ url: databaseUrl, log }),
    close: async () => undefined,
  };
}

function embedded({ pglite, upToDate, demoLoaded, settle, close }: EmbeddedDatabase): StartDatabase {
  return {
    forSubgraphs: { kind: "embedded", pglite },
    async prepare(load) {
      if (upToDate && demoLoaded) return;
      await load({ production: false, base: !upToDate, demo: !demoLoaded });
      settle({ demo: true });
    },
    openLogStore: () => openPgliteStore(pglite),
    close,
  };
}
