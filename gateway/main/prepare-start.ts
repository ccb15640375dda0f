import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pgliteOptions } from "../../subgraphs/kit/database.js";
import { openSubgraph } from "../../subgraphs/kit/subgraph.js";
import { openLog } from "./log.js";
import { builtArchive } from "./open-embedded-database.js";
import { prepareGraph } from "./read-graph.js";
import { subgraphs } from "./subgraphs.js";

/**
 * Makes what a start need not make again: the composed graph, and the archive from which an embedded database starts, with every migration applied, the base
 * data loaded and no demo cases. `stamp` says what they were made from.
 */
export async function prepareStart(stamp: string): Promise<void> {
  await prepareGraph(subgraphs.map(({ name }) => name));
  const pglite = await PGlite.create({ ...pgliteOptions(), dataDir: "memory://" });
  for (const { load } of subgraphs) {
    const subgraph = await openSubgraph(await load(), {
      database: { kind: "embedded", pglite },
      clock: () => new Date(),
      gatewayKeys: () => Promise.reject(new Error("nobody is called while the archive is prepared")),
      askGateway: () => Promise.reject(new Error("there is no gateway while the archive is prepared")),
      log: openLog("warn", "prepare"),
    });
    await subgraph.migrate();
    await subgraph.loadBase();
    await subgraph.close();
  }
  const archive = await pglite.dumpDataDir("gzip");
  await pglite.close();
  const { file, stampFile } = builtArchive;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, Buffer.from(await archive.arrayBuffer()));
  renameSync(`${file}.new`, file);
  writeFileSync(stampFile, stamp);
}
