import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createDatabase } from "../kit/databases.js";
import { planProcesses } from "../kit/start-processes.js";
import {
  installPeers,
  makeRoom,
  type StartedGateway,
  startForward,
  startOurs,
  startPeers,
  startShop,
  stopAll,
} from "./gateways/start-gateways.js";
import { openTokens } from "./make-tokens.js";
import { askOnce, bodyFor, type GatewayCost, measureGateways } from "./measure-gateways.js";
import { type BenchOperation, identityOperation, openOperations } from "./shop/operations.js";

export interface ComparingPeers {
  readonly rounds: number;
  readonly seconds: number;
  readonly clients: number;
  /** PostgreSQL for the durable record; without it identity queries are not measured. */
  readonly onServer: boolean;
  /** Shows one table. */
  readonly print: (rows: readonly (readonly string[])[]) => void;
}

/** Our gateway beside the others, on the same subgraphs and the same operations. */
export async function benchPeers(comparing: ComparingPeers): Promise<void> {
  installPeers();
  const database = comparing.onServer ? await createDatabase() : null;
  try {
    if (database !== null) await makeLog(database.url);
    const home = mkdtempSync(path.join(tmpdir(), "rogatory-bench-"));
    makeRoom();
    const tokens = await openTokens(home);
    const shop = await startShop();
    const ours = await startOurs(shop, home, database?.url ?? null);
    const forward = await startForward(shop);
    const peers = await startPeers(shop);
    const operations = [...openOperations, ...(database === null ? [] : [1, 20, 1_000].map(identityOperation))];
    const scripts = new Map<string, object>();
    for (const operation of operations) {
      const [token = ""] = await tokens(1);
      const answer = await askOnce(ours, operation, token);
      const steps = await shop.record(() => askOnce(ours, operation, token));
      scripts.set(bodyFor(forward, operation), { steps, answer: { data: answer } });
    }
    await forward.tell([...scripts]);
    for (const operation of operations) {
      const clients = Math.min(comparing.clients, operation.mostClients ?? comparing.clients);
      const costs = await measureGateways([ours, forward, ...peers], operation, {
        ...comparing,
        clients,
        tokens,
        shop,
      });
      comparing.print(tableOf(operation, costs, ours));
    }
  } finally {
    stopAll();
    await database?.drop();
  }
}

/** The tables of the log are the audit subgraph's: it makes them when it starts. */
async function makeLog(databaseUrl: string): Promise<void> {
  const processes = await planProcesses(databaseUrl);
  await processes.start("audit");
  await processes.stop();
}

function tableOf(
  { name }: BenchOperation,
  costs: ReadonlyMap<StartedGateway, GatewayCost>,
  ours: StartedGateway,
): readonly (readonly string[])[] {
  const own = costs.get(ours)?.cpu ?? Number.NaN;
  const rows = [...costs].map(([gateway, { perSecond, cpu, p50, p99, fetches, memory }]) => [
    gateway.name,
    perSecond.toFixed(0),
    (1000 / cpu).toFixed(0),
    cpu.toFixed(3),
    `${(cpu / own).toFixed(2)} ×`,
    p50.toFixed(1),
    p99.toFixed(1),
    fetches.toFixed(1),
    memory.toFixed(0),
  ]);
  return [[name, "requests/s", "per CPU s", "CPU ms", "CPU : ours", "p50 ms", "p99 ms", "fetches", "RSS MB"], ...rows];
}
