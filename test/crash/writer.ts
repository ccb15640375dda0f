/**
 * A gateway's recorder in a process of its own, to be killed: as many clients as a busy gateway has ask for records, and each writes a line as soon as it may have
 * its values. `node writer.js (postgres://… | folder of an embedded database) (sound | broken)`. Broken: it releases before the commit.
 */
import { PGlite } from "@electric-sql/pglite";
import { pino } from "pino";
import { accessDrafts } from "../../gateway/record/access-draft.js";
import { openRecorder } from "../../gateway/record/open-recorder.js";
import { openPgliteStore } from "../../gateway/record/pglite-store.js";
import { openPostgresStore } from "../../gateway/record/postgres-store.js";
import { pgliteOptions } from "../../subgraphs/kit/database.js";
import { reading } from "../record/kit.js";
import { releasingEarly } from "./releasing-early.js";

const clients = 32;
const [target = "", mode] = process.argv.slice(2);
const log = pino({ enabled: false });
const store = target.startsWith("postgres")
  ? openPostgresStore({ url: target, log })
  : openPgliteStore(await PGlite.create({ ...pgliteOptions(), dataDir: target }));
const recorder = await openRecorder({
  store: mode === "broken" ? releasingEarly(store) : store,
  clock: () => new Date(),
  log,
  timeoutMs: 5000,
});

async function client(number: number): Promise<void> {
  for (let turn = 0; ; turn++) {
    const subjectId = `u${number}-${turn}`;
    const receipt = await recorder.append(accessDrafts({ ...reading, subjectId })).catch(() => null);
    if (receipt !== null) process.stdout.write(`${receipt.leafHashes.join(" ")}\n`);
    else await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
