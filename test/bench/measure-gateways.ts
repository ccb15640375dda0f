import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { Pool } from "undici";
import { cpuOf } from "./cpu-of.js";
import type { StartedGateway, StartedShop } from "./gateways/start-gateways.js";
import type { BenchOperation } from "./shop/operations.js";

/** What one operation costs one gateway. */
export interface GatewayCost {
  readonly perSecond: number;
  /** Milliseconds of processor time for one request: the median of the rounds. */
  readonly cpu: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Subgraph requests for one request. */
  readonly fetches: number;
  /** Megabytes resident at the end. */
  readonly memory: number;
}

export interface Measuring {
  readonly clients: number;
  readonly rounds: number;
  readonly seconds: number;
  /** So many tokens, no two of one principal. */
  readonly tokens: (count: number) => Promise<readonly string[]>;
  readonly shop: StartedShop;
}

interface Sums {
  requests: number;
  time: number;
  fetches: number;
  readonly cpu: number[];
  readonly waits: number[];
}

/**
 * All gateways in turns, round by round, so that what else the machine does meets all alike. Every request is another principal's. Throws where two gateways
 * answer differently, or one with an error.
 */
export async function measureGateways(
  gateways: readonly StartedGateway[],
  operation: BenchOperation,
  measuring: Measuring,
): Promise<ReadonlyMap<StartedGateway, GatewayCost>> {
  const { rounds, seconds, shop } = measuring;
  const pools = new Map(
    gateways.map((each) => [each, new Pool(new URL(each.url).origin, { connections: measuring.clients })]),
  );
  const sums = new Map<StartedGateway, Sums>();
  try {
    await compareAnswers(gateways, operation, measuring);
    for (const each of gateways) {
      sums.set(each, { requests: 0, time: 0, fetches: 0, cpu: [], waits: [] });
      await run(each, pools.get(each) as Pool, operation, { ...measuring, seconds: Math.max(2, seconds / 2) });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const each of gateways) {
        const sum = sums.get(each) as Sums;
        const served = await shop.served();
        const { requests, time, cpu, waits } = await run(each, pools.get(each) as Pool, operation, measuring);
        sum.fetches += (await shop.served()) - served;
        sum.requests += requests;
        sum.time += time;
        sum.cpu.push((cpu * 1000) / requests);
        for (const wait of waits) sum.waits.push(wait);
      }
    }
  } finally {
    await Promise.all([...pools.values()].map((pool) => pool.close()));
  }
  return new Map([...sums].map(([each, sum]) => [each, costOf(sum, each.pid)]));
}

function costOf({ requests, time, fetches, cpu, waits }: Sums, pid: number): GatewayCost {
  waits.sort((a, b) => a - b);
  const at = (share: number): number => waits[Math.floor((waits.length - 1) * share)] ?? Number.NaN;
  cpu.sort((a, b) => a - b);
  return {
    perSecond: requests / time,
    cpu: cpu[Math.floor(cpu.length / 2)] ?? Number.NaN,
    p50: at(0.5),
    p99: at(0.99),
    fetches: fetches / requests,
    memory: residentOf(pid),
  };
}

function residentOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

/** What a gateway is sent: the plain query, where it knows no warrants. */
export function bodyFor({ guards }: StartedGateway, { query, plainQuery, variables }: BenchOperation): string {
  const { w, ...plain } = variables ?? {};
  return JSON.stringify({
    query: guards ? query : (plainQuery ?? query),
    variables: guards && w !== undefined ? { ...plain, w } : plain,
  });
}

/** The data that one request is answered with. Throws for anything but a whole answer. */
export async function askOnce(each: StartedGateway, operation: BenchOperation, token: string): Promise<unknown> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const answer = await fetch(each.url, { method: "POST", headers, body: bodyFor(each, operation) });
  const body = (await answer.json()) as { data?: unknown; errors?: unknown };
  if (answer.status !== 200 || body.errors !== undefined)
    throw new Error(`${each.name} answered ${operation.name} with ${answer.status} ${JSON.stringify(body.errors)}`);
  return body.data;
}

async function compareAnswers(
  gateways: readonly StartedGateway[],
  operation: BenchOperation,
  { tokens }: Measuring,
): Promise<void> {
  const made = await tokens(gateways.length);
  const answers = await Promise.all(gateways.map((each, index) => askOnce(each, operation, made[index] as string)));
  for (const [index, answer] of answers.entries())
    if (!isDeepStrictEqual(answer, answers[0]))
      throw new Error(`${gateways[index]?.name} answers ${operation.name} otherwise than ${gateways[0]?.name}`);
}

/** Each client asks again as soon as she has her answer, and each time as somebody else. Times in milliseconds, `time` and `cpu` in seconds. */
async function run(
  each: StartedGateway,
  pool: Pool,
  operation: BenchOperation,
  { clients, seconds, tokens }: Measuring,
): Promise<{ requests: number; time: number; cpu: number; waits: readonly number[] }> {
  const path = new URL(each.url).pathname;
  const sameBody = bodyFor(each, operation);
  let sent = 0;
  const nextBody = (): string => {
    if (operation.queryOf === undefined) return sameBody;
    const query = operation.queryOf(sent);
    sent += 1;
    return bodyFor(each, { ...operation, query });
  };
  const waits: number[] = [];
  const made = [...(await tokens(500))];
  let length: number | null = null;
  const client = async (until: number): Promise<void> => {
    while (performance.now() < until) {
      const token = made.pop();
      if (token === undefined) return;
      const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
      const begun = performance.now();
      const answer = await pool.request({ path, method: "POST", headers, body: nextBody() });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      waits.push(performance.now() - begun);
      // A disclosure stands behind the data, and its receipts have a path in a batch of any size.
      const end = bytes.indexOf(',"extensions":{"disclosure"');
      const data = end < 0 ? bytes.length : end;
      length ??= data;
      const strange = operation.queryOf === undefined && data !== length;
      if (answer.statusCode !== 200 || strange)
        throw new Error(
          `${each.name} answered ${operation.name} with ${answer.statusCode}: ${bytes.toString("utf8", 0, 2_000)}`,
        );
    }
  };
  let time = 0;
  let cpu = 0;
  while (time < seconds) {
    if (made.length < clients) made.push(...(await tokens(2_000)));
    const before = cpuOf(each.pid);
    const begun = performance.now();
    const until = begun + (seconds - time) * 1000;
    await Promise.all(Array.from({ length: clients }, () => client(until)));
    time += (performance.now() - begun) / 1000;
    cpu += cpuOf(each.pid) - before;
  }
  return { requests: waits.length, time, cpu, waits };
}
