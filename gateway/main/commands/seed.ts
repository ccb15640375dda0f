import { SeedFault, seedLog } from "../../../subgraphs/audit/index.js";
import { seedUsers } from "../../../subgraphs/platform/index.js";
import { printLine } from "../print-line.js";
import { openProgress } from "../progress.js";
import { type Settings, SettingsError } from "../settings.js";
import { withSubgraph } from "../with-subgraph.js";
import { WrongCall } from "../wrong-call.js";

export interface SeedCall {
  readonly users?: string;
  readonly logEntries?: string;
}

/** Loads synthetic data for load tests, the same for the same number: users, or what is searched of an empty log. Shows progress on a terminal. Throws WrongCall. */
export async function seed({ users, logEntries }: SeedCall, settings: Settings): Promise<void> {
  if ((users === undefined) === (logEntries === undefined)) throw new WrongCall("expected --users or --log-entries");
  if (users !== undefined) await seedWithUsers(atMost(users, "--users", 999_999), settings);
  if (logEntries !== undefined) await seedWithEntries(atMost(logEntries, "--log-entries", 99_999_999), settings);
}

async function seedWithUsers(users: number, settings: Settings): Promise<void> {
  refuseProduction(settings, "users");
  const progress = openProgress("users");
  await withSubgraph("platform", settings, (platform) =>
    seedUsers(platform.em(), users, (done) => progress(done, users)),
  );
  printLine(`${users} synthetic users are loaded`);
}

async function seedWithEntries(entries: number, settings: Settings): Promise<void> {
  refuseProduction(settings, "entries of the log");
  const progress = openProgress("entries, indexes and findings");
  await withSubgraph("audit", settings, (audit) => seedLog(audit.em(), { entries, at: audit.clock(), progress })).catch(
    (error: unknown) => {
      throw error instanceof SeedFault ? new WrongCall(error.message) : error;
    },
  );
  printLine(`${entries} synthetic entries can be searched. Nobody signed them: this log records nothing any more`);
}

function atMost(given: string, option: string, most: number): number {
  if (!/^[1-9]\d{0,7}$/.test(given) || Number(given) > most)
    throw new WrongCall(`${option} is ${given}: expected a number from 1 to ${most}`);
  return Number(given);
}

function refuseProduction({ production }: Settings, what: string): void {
  if (production) throw new SettingsError([`NODE_ENV: production takes no synthetic ${what}`]);
}
