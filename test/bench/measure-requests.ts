import { Pool } from "undici";
import { cpuOf } from "./cpu-of.js";

/** A gateway to be measured. */
export interface Measured {
  readonly url: string;
  /** The process that is the gateway. */
  readonly pid: number;
  /** A judge's, who is party to the warrant. */
  readonly token: string;
}

/** What one kind of request costs. */
export interface Cost {
  readonly perSecond: number;
  /** Milliseconds of processor time of the gateway's process for one request. */
  readonly cpu: number;
}

const variables = { w: "warrant-fr-quiet-heron" };
/** As like each other as can be: the same user and as many fields, in clear and through the door. */
export const queries = {
  open: { query: 'query { user(id: "u01") { id handle displayName } }' },
  identity: { query: 'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { id handle legalName } }', variables },
} as const;
export type Kind = keyof typeof queries;

/** Both kinds in turns, `rounds` times for `seconds` each, so that what else the machine does meets both alike. Throws when an answer is not whole. */
export async function measureRequests(
  measured: Measured,
  { clients, rounds, seconds }: { readonly clients: number; readonly rounds: number; readonly seconds: number },
): Promise<Readonly<Record<Kind, Cost>>> {
  const pool = new Pool(measured.url, { connections: clients, pipelining: 1 });
  const sums = { open: { requests: 0, time: 0, cpu: 0 }, identity: { requests: 0, time: 0, cpu: 0 } };
  try {
    for (const kind of ["open", "identity"] as const) await run(pool, measured, kind, clients, seconds / 2);
    for (let round = 0; round < rounds; round += 1) {
      for (const kind of ["open", "identity"] as const) {
        const cpu = cpuOf(measured.pid);
        const { requests, time } = await run(pool, measured, kind, clients, seconds);
        sums[kind].requests += requests;
        sums[kind].time += time;
        sums[kind].cpu += cpuOf(measured.pid) - cpu;
      }
    }
  } finally {
    await pool.close();
  }
  const cost = ({ requests, time, cpu }: (typeof sums)[Kind]): Cost => ({
    perSecond: requests / time,
    cpu: (cpu * 1000) / requests,
  });
  return { open: cost(sums.open), identity: cost(sums.identity) };
}

/** Each client asks again as soon as it has its answer. Time in seconds. */
async function run(
  pool: Pool,
  { token }: Measured,
  kind: Kind,
  clients: number,
  seconds: number,
): Promise<{ requests: number; time: number }> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const body = JSON.stringify(queries[kind]);
  const begun = performance.now();
  const end = begun + seconds * 1000;
  let requests = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const answer = await pool.request({ path: "/graphql", method: "POST", headers, body });
      const text = await answer.body.text();
      if (answer.statusCode !== 200 || text.includes('"errors"'))
        throw new Error(`the ${kind} query was answered with ${answer.statusCode}: ${text}`);
      requests += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { requests, time: (performance.now() - begun) / 1000 };
}
