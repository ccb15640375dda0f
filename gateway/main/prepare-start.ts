import { renameSync, rmSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { pgliteOptions } from "../../subgraphs/kit/database.js";
import { openSubgraph } from "../../subgraphs/kit/subgraph.js";
import { openLog } from "./log.js";
import { preparedDatabase } from "./open-embedded-database.js";
import { prepareGraph } from "./read-graph.js";
import { replaceFile } from "./replace-file.js";
import { subgraphs } from "./subgraphs.js";

/**
 * Makes what a start need not make again: the composed graph, the database that an embedded one begins as a copy of, with every migration applied, the base
 * data loaded and no demo cases, and the compiled form of the modules that a start loads, which Node keeps when this process ends. `stamp` says what the
 * first two were made from.
 */
export async function prepareStart(stamp: string): Promise<void> {
  await prepareGraph(subgraphs.map(({ name }) => name));
  const { folder, stampFile } = preparedDatabase;
  const draft = `${folder}.${process.pid}.new`;
  const pglite = await PGlite.create({ ...pgliteOptions(), dataDir: draft });
  for (const { load } of subgraphs) {
    const subgraph = await openSubgraph(await load(), {
      database: { kind: "embedded", pglite },
      clock: () => new Date(),
      gatewayKeys: () => Promise.reject(new Error("nobody is called while the database is prepared")),
      askGateway: () => Promise.reject(new Error("there is no gateway while the database is prepared")),
      log: openLog("warn", "prepare"),
    });
    await subgraph.migrate();
    await subgraph.loadBase();
    await subgraph.close();
  }
  await pglite.close();
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  await Promise.all([import("./start-all.js"), import("./commands/start.js")]);
  replaceFile(stampFile, stamp);
}
