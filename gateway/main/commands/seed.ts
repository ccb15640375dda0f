import { seedUsers } from "../../../subgraphs/platform/index.js";
import { printLine } from "../print-line.js";
import type { Settings } from "../settings.js";
import { SettingsError } from "../settings.js";
import { withSubgraph } from "../with-subgraph.js";
import { WrongCall } from "../wrong-call.js";

/** Loads synthetic users, the same for the same number; shows progress on a terminal. Throws WrongCall. */
export async function seed(given: string, settings: Settings): Promise<void> {
  if (!/^[1-9]\d{0,5}$/.test(given)) throw new WrongCall(`--users is ${given}: expected a number from 1 to 999999`);
  if (settings.production) throw new SettingsError(["NODE_ENV: production takes no synthetic users"]);
  const users = Number(given);
  const progress = (done: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${users} users${done === users ? "\n" : ""}`);
  };
  await withSubgraph("platform", settings, (platform) => seedUsers(platform.em(), users, progress));
  printLine(`${users} synthetic users are loaded`);
}
