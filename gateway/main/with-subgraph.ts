import type { LogStore } from "../../schema/ledger/log-store.js";
import type { RunningSubgraph } from "../../subgraphs/kit/subgraph.js";
import { openPgliteStore } from "../record/pglite-store.js";
import { openClock } from "./clock.js";
import { openLog } from "./log.js";
import { oneAtATime } from "./one-at-a-time.js";
import { openEmbeddedDatabase } from "./open-embedded-database.js";
import type { OpenedSubgraph, SubgraphParts } from "./open-subgraphs.js";
import { openSubgraphs, prepareSubgraphs } from "./open-subgraphs.js";
import type { Settings } from "./settings.js";
import { subgraphs } from "./subgraphs.js";

/** What a command does with a subgraph; and how it may append to the log, as a gateway does. */
type Work<T> = (subgraph: RunningSubgraph, openLogStore: () => Promise<LogStore>) => Promise<T>;

/** Lets a command work on the data of one subgraph, on the server or in the home; nobody calls it meanwhile, and it calls nobody. */
export async function withSubgraph<T>(name: string, settings: Settings, work: Work<T>): Promise<T> {
  const { databaseUrl, home, production, now } = settings;
  const parts: Omit<SubgraphParts, "database"> = {
    clock: openClock(now),
    gatewayKeys: () => Promise.reject(new Error("no subgraph is called by a command")),
    askGateway: () => Promise.reject(new Error("a command asks no gateway")),
    log: openLog("warn", name),
  };
  if (databaseUrl !== null) {
    const opened = await openSubgraphs([name], { ...parts, database: { kind: "server", url: databaseUrl } });
    await oneAtATime(databaseUrl, "prepare", () => prepareSubgraphs(opened, { production, base: true, demo: false }));
    const openLogStore = async (): Promise<LogStore> =>
      (await import("../record/postgres-store.js")).openPostgresStore({ url: databaseUrl, log: parts.log });
    return workAndClose(opened, name, (subgraph) => work(subgraph, openLogStore));
  }
  const { pglite, upToDate, demoLoaded, settle, close } = await openEmbeddedDatabase(home);
  try {
    const opened = await openSubgraphs(
      subgraphs.map((listed) => listed.name),
      { ...parts, database: { kind: "embedded", pglite } },
    );
    await prepareSubgraphs(opened, { production, base: !upToDate, demo: false });
    settle({ demo: demoLoaded });
    return await workAndClose(opened, name, (subgraph) => work(subgraph, async () => openPgliteStore(pglite)));
  } finally {
    await close();
  }
}

async function workAndClose<T>(
  opened: readonly OpenedSubgraph[],
  name: string,
  work: (subgraph: RunningSubgraph) => Promise<T>,
): Promise<T> {
  const chosen = opened.find(({ running }) => running.name === name);
  if (chosen === undefined) throw new Error(`no subgraph is called ${name}`);
  try {
    return await work(chosen.running);
  } finally {
    for (const { running } of opened) await running.close();
  }
}
