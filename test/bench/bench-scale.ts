import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  makeRoom,
  type StartedGateway,
  type StartedShop,
  startOurs,
  startShop,
  stopAll,
} from "./gateways/start-gateways.js";
import { type MakeTokens, openTokens } from "./make-tokens.js";
import { measureDecisions } from "./measure-decisions.js";
import { type GatewayCost, measureGateways } from "./measure-gateways.js";
import type { BenchOperation } from "./shop/operations.js";

export interface Scaling {
  readonly rounds: number;
  readonly seconds: number;
  readonly print: (rows: readonly (readonly string[])[]) => void;
}

const small = "query Small { me { id name reviews { id body product { upc name } } } }";

/**
 * What a request costs as the answer, the schema, the number of documents and the number of clients grow. One table each; open operations, one gateway of ours. First, what the door's
 * decisions cost as persons grow.
 */
export async function benchScale(scaling: Scaling): Promise<void> {
  await growDecisions(scaling);
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-bench-"));
  makeRoom();
  try {
    const tokens = await openTokens(home);
    const shop = await startShop();
    const ours = await startOurs(shop, home, null);
    const world = { ...scaling, tokens, shop };
    await growAnswers(ours, world);
    await growDocuments(ours, world);
    await growClients(ours, world);
    await growSchema(home, world);
  } finally {
    stopAll();
  }
}

type World = Scaling & { readonly tokens: MakeTokens; readonly shop: StartedShop };

async function measure(
  gateway: StartedGateway,
  operation: BenchOperation,
  clients: number,
  world: World,
): Promise<GatewayCost> {
  const costs = await measureGateways([gateway], operation, { ...world, clients });
  return costs.get(gateway) as GatewayCost;
}

async function growDecisions({ seconds, print }: Scaling): Promise<void> {
  const rows: string[][] = [
    ["persons decided", "kinds of them", "door, CPU ms", "CPU µs a person", "law alone, CPU ms"],
  ];
  for (const [persons, kinds] of [
    [1, 1],
    [20, 1],
    [1_000, 1],
    [1_000, 10],
    [1_000, 1_000],
  ] as const) {
    const { door, law } = await measureDecisions(persons, kinds, seconds);
    rows.push([String(persons), String(kinds), door.toFixed(3), ((door * 1000) / persons).toFixed(2), law.toFixed(3)]);
  }
  print(rows);
}

async function growAnswers(gateway: StartedGateway, world: World): Promise<void> {
  const rows: string[][] = [["entities in the answer", "CPU ms", "CPU µs an entity", "p50 ms", "RSS MB"]];
  for (const n of [10, 100, 1_000, 10_000, 100_000]) {
    const query = "query Answer($n: Int!) { users(first: $n) { id name reviews { id } } }";
    const clients = Math.max(1, Math.min(16, Math.floor(20_000 / n)));
    const { cpu, p50, memory } = await measure(
      gateway,
      { name: `${n} entities`, query, variables: { n } },
      clients,
      world,
    );
    rows.push([String(n), cpu.toFixed(2), ((cpu * 1000) / n).toFixed(2), p50.toFixed(1), memory.toFixed(0)]);
  }
  world.print(rows);
}

async function growDocuments(gateway: StartedGateway, world: World): Promise<void> {
  const rows: string[][] = [["distinct documents", "CPU ms each, at first", "CPU ms each, again", "RSS MB"]];
  for (const count of [10, 100, 1_000, 10_000]) {
    const cost: GatewayCost[] = [];
    for (const _ of ["first", "again"]) {
      const queryOf = (index: number): string =>
        `query D${count}x${index % count} { me { id a${index % count}: name } }`;
      const distinct = { name: `${count} documents`, query: queryOf(0), queryOf };
      cost.push(await measure(gateway, distinct, 8, { ...world, rounds: 1 }));
    }
    const [first, again] = cost as [GatewayCost, GatewayCost];
    rows.push([String(count), first.cpu.toFixed(2), again.cpu.toFixed(2), again.memory.toFixed(0)]);
  }
  world.print(rows);
}

async function growClients(gateway: StartedGateway, world: World): Promise<void> {
  const rows: string[][] = [["clients", "requests/s", "CPU ms", "p50 ms", "p99 ms", "RSS MB"]];
  for (const clients of [1, 10, 100, 1_000, 2_000]) {
    const { perSecond, cpu, p50, p99, memory } = await measure(
      gateway,
      { name: "small", query: small },
      clients,
      world,
    );
    const figures = [cpu.toFixed(3), p50.toFixed(1), p99.toFixed(1), memory.toFixed(0)];
    rows.push([String(clients), perSecond.toFixed(0), ...figures]);
  }
  world.print(rows);
}

async function growSchema(home: string, world: World): Promise<void> {
  const rows: string[][] = [["types in the schema", "CPU ms", "p50 ms", "RSS MB"]];
  for (const types of [10, 100, 500, 2_000]) {
    const gateway = await startOurs(world.shop, home, null, { types });
    const { cpu, p50, memory } = await measure(gateway, { name: "small", query: small }, 8, world);
    rows.push([String(types), cpu.toFixed(3), p50.toFixed(1), memory.toFixed(0)]);
    gateway.stop();
  }
  world.print(rows);
}
