import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { preparedDatabase } from "../../gateway/main/open-embedded-database.js";
import { audit, readAllBatches } from "../../subgraphs/audit/index.js";
import { pgliteOptions } from "../../subgraphs/kit/database.js";
import { openSubgraph } from "../../subgraphs/kit/subgraph.js";
import { createDatabase, databases } from "../kit/databases.js";
import { now, quiet } from "../record/kit.js";
import { crashWriter } from "./crash-writer.js";
import { type CrashResult, holdAgainstLog } from "./hold-against-log.js";

/** Lines after which the writer dies, one for each round: in its first batches, and in full flight. `npm run test:crash` does it two hundred times. */
const moments = [1, 150];

interface Target {
  readonly name: string;
  result(received: readonly string[]): Promise<CrashResult>;
  drop(): Promise<void>;
}

const parts = {
  clock: () => now,
  gatewayKeys: () => Promise.reject(new Error("no call is made")),
  askGateway: () => Promise.reject(new Error("nobody is asked")),
  log: quiet,
};

async function onServer(): Promise<Target> {
  const { url, drop } = await createDatabase();
  const running = await openSubgraph(audit, { ...parts, database: { kind: "server", url } });
  await running.migrate();
  return {
    name: url,
    result: async (received) => holdAgainstLog(received, await readAllBatches(running.em())),
    async drop() {
      await running.close();
      await drop();
    },
  };
}

async function embedded(): Promise<Target> {
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-crash-"));
  const dataDir = path.join(home, "data");
  cpSync(preparedDatabase.folder, dataDir, { recursive: true });
  return {
    name: dataDir,
    async result(received) {
      const pglite = await PGlite.create({ ...pgliteOptions(), dataDir });
      const running = await openSubgraph(audit, { ...parts, database: { kind: "embedded", pglite } });
      const batches = await readAllBatches(running.em());
      await running.close();
      await pglite.close();
      return holdAgainstLog(received, batches);
    },
    drop: async () => rmSync(home, { recursive: true }),
  };
}

const kind = databases.includes("server") ? "server" : "embedded";
describe(`a gateway killed in full flight, on the ${kind} database`, () => {
  let target: Target;
  beforeAll(async () => {
    target = await (kind === "server" ? onServer() : embedded());
  });
  afterAll(() => target.drop());

  test("nothing that anybody received is missing from the log", async () => {
    const received: string[] = [];
    for (const lines of moments) received.push(...(await crashWriter(target.name, "sound", lines)));
    const result = await target.result(received);
    expect(result).toMatchObject({ lost: 0, faults: [] });
    expect(result.received).toBeGreaterThan(moments.length);
  });

  test("and the test sees it where values are released before the commit", async () => {
    const { lost } = await target.result(await crashWriter(target.name, "broken", 40));
    expect(lost).toBeGreaterThan(0);
  });
});
