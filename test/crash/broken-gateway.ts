/** All of Rogatory in one process, as `rogatory start` runs it, but for the store of its log, which releases before the commit. */
import { openLog } from "../../gateway/main/log.js";
import { openStartDatabase } from "../../gateway/main/open-start-database.js";
import { readSettings } from "../../gateway/main/settings.js";
import { startAll } from "../../gateway/main/start-all.js";
import { releasingEarly } from "./releasing-early.js";

const settings = { ...readSettings(), safelistFile: null };
const database = await openStartDatabase(settings);
const broken = {
  ...database,
  openLogStore: (log: Parameters<typeof database.openLogStore>[0]) => releasingEarly(database.openLogStore(log)),
};
const { url } = await startAll(settings, broken, openLog("silent", "broken"));
process.stdout.write(`Broken on purpose, it listens on ${url}/graphql\n`);
