/**
 * `npm run bench`: how long a start takes, what a request costs in clear and through the door, side by side, and how long after the revocation of a
 * warrant somebody still reads under it. It prints figures and asserts none: a
 * limit in a test measures the machine. On the embedded database, and on PostgreSQL where TEST_DATABASE_URL or DATABASE_URL names a server.
 * `npm run bench -- [start] [requests] [revocation] [log] [pages] [peers] [scale] [--rounds N] [--seconds N] [--entries N] [--clients N]`; the last four only where they are named:
 * `log` writes, waits and integrates on the server, and reads pages of a searchable log of so many entries (ten million by default), `pages` only the last; `peers` sets other
 * gateways beside ours on the same subgraphs, and `scale` has ours answer more and more (README.md).
 */
import { availableParallelism, cpus } from "node:os";
import { createDatabase } from "../kit/databases.js";
import { readOptions, refuse } from "../kit/read-options.js";
import { gatewayNames, planProcesses, subgraphNames } from "../kit/start-processes.js";
import { startRogatory, storyMoment } from "../kit/start-rogatory.js";
import { benchPeers } from "./bench-peers.js";
import { benchScale } from "./bench-scale.js";
import { benchLog, benchPages } from "./log/bench-log.js";
import { type Measured, measureRequests } from "./measure-requests.js";
import { measureRevocations, type Revocable } from "./measure-revocation.js";
import { measureStarts, type Start } from "./measure-start.js";
import { percentile } from "./percentile.js";

const judge = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };

const provider = { role: "PROVIDER", platform: "FACEBOOK" };

/** What is measured, and how it is brought up for the time of it. */
interface Installation {
  readonly name: string;
  measure(work: (measured: Measured) => Promise<void>): Promise<void>;
}

const embedded: Installation = {
  name: "embedded, one process",
  measure: (work) => inOneProcess(undefined, work),
};
const onServer: readonly Installation[] = [
  { name: "PostgreSQL, one process", measure: (work) => onDatabase((url) => inOneProcess(url, work)) },
  { name: "PostgreSQL, gateway alone", measure: (work) => onDatabase((url) => asProcesses(url, work)) },
];

async function inOneProcess(
  databaseUrl: string | undefined,
  work: (measured: Measured) => Promise<void>,
): Promise<void> {
  const rogatory = await startRogatory({ now: storyMoment, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
  try {
    await work({ url: rogatory.url, pid: rogatory.pid, token: await rogatory.token(judge) });
  } finally {
    await rogatory.stop();
  }
}

async function asProcesses(databaseUrl: string, work: (measured: Measured) => Promise<void>): Promise<void> {
  const processes = await planProcesses(databaseUrl);
  try {
    await Promise.all(subgraphNames.map((name) => processes.start(name)));
    const { pid } = await processes.start("gateway-1");
    await processes.ready("gateway-1", 200);
    await work({ url: processes.url("gateway-1"), pid, token: await processes.token(judge) });
  } finally {
    await processes.stop();
  }
}

async function onTwoGateways(databaseUrl: string, work: (installation: Revocable) => Promise<void>): Promise<void> {
  const processes = await planProcesses(databaseUrl);
  try {
    await Promise.all(subgraphNames.map((name) => processes.start(name)));
    for (const name of gatewayNames) {
      await processes.start(name);
      await processes.ready(name, 200);
    }
    const tokens = { judge: await processes.token(judge), provider: await processes.token(provider) };
    await work({ gateways: gatewayNames.map(processes.url), tokens });
  } finally {
    await processes.stop();
  }
}

async function onOneGateway(work: (installation: Revocable) => Promise<void>): Promise<void> {
  const rogatory = await startRogatory({ now: storyMoment });
  try {
    const tokens = { judge: await rogatory.token(judge), provider: await rogatory.token(provider) };
    await work({ gateways: [rogatory.url], tokens });
  } finally {
    await rogatory.stop();
  }
}

async function onDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const database = await createDatabase();
  try {
    await work(database.url);
  } finally {
    await database.drop();
  }
}

async function benchStarts(rounds: number): Promise<void> {
  const taken: Record<string, Start[]> = { coldest: [], first: [], second: [] };
  for (let round = 0; round < rounds; round += 1) {
    progress(`start-up, round ${round + 1} of ${rounds}`);
    for (const [name, start] of Object.entries(await measureStarts())) taken[name]?.push(start);
  }
  const row = (what: string, starts: readonly Start[] = []): string[] => [
    what,
    seconds(median(starts.map((start) => start.seconds))),
    seconds(Math.min(...starts.map((start) => start.seconds))),
    seconds(median(starts.map(({ cpu }) => cpu))),
  ];
  print(
    ["npm start, embedded", "median s", "least s", "CPU s"],
    row("first, nothing compiled before", taken.coldest),
    row("first, in a new home", taken.first),
    row("second, in the same home", taken.second),
  );
}

async function benchRequests(installations: readonly Installation[], rounds: number, length: number): Promise<void> {
  const rows: string[][] = [];
  for (const { name, measure } of installations) {
    await measure(async (measured) => {
      for (const clients of [1, 32]) {
        progress(`${name}, ${clients} client${clients === 1 ? "" : "s"}`);
        const { open, identity } = await measureRequests(measured, { clients, rounds, seconds: length });
        rows.push([
          name,
          String(clients),
          open.perSecond.toFixed(0),
          identity.perSecond.toFixed(0),
          open.cpu.toFixed(2),
          identity.cpu.toFixed(2),
          (identity.cpu / open.cpu).toFixed(2),
        ]);
      }
    });
  }
  print(
    ["requests", "clients", "open /s", "identity /s", "open CPU ms", "identity CPU ms", "identity : open"],
    ...rows,
  );
}

async function benchRevocations(rounds: number, onServer: boolean): Promise<void> {
  const rows: string[][] = [];
  const measure = async (name: string, installation: Revocable): Promise<void> => {
    const warrants = rounds * 10;
    progress(`${name}, ${warrants} warrants revoked`);
    const { refused, lastData } = await measureRevocations(installation, { warrants, readers: 4 });
    rows.push([
      name,
      String(warrants),
      String(refused.length),
      ...[refused, lastData].flatMap((figures) => [percentile(figures, 50), percentile(figures, 99)].map(oneDigit)),
    ]);
  };
  await onOneGateway((installation) => measure("embedded, one process", installation));
  if (onServer)
    await onDatabase((url) => onTwoGateways(url, (installation) => measure("PostgreSQL, two gateways", installation)));
  print(
    ["revocation, ms", "warrants", "readers", "sent to refusal p50", "p99", "acknowledged to last data p50", "p99"],
    ...rows,
  );
}

function oneDigit(value: number): string {
  return value.toFixed(1);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function seconds(value: number): string {
  return value.toFixed(2);
}

/** On a terminal alone. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

/** The first column to the left, figures to the right. */
function print(...rows: readonly (readonly string[])[]): void {
  progress("");
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    process.stdout.write(`${cells.join("  ")}\n`);
  }
  process.stdout.write("\n");
}

const usage = `npm run bench -- [PART …] [--rounds N] [--seconds N] [--entries N] [--clients N]

  start, requests, revocation   measured where no part is named
  log       writing, waiting, integration, overload, and what \`pages\` does; on the server alone
  pages     pages of a log of so many made-up entries (--entries, ten million)
  peers     other gateways beside ours on the same subgraphs (npm installs them in dist/peers)
  scale     as answers, documents, clients, schema and persons grow

DATABASE_URL or TEST_DATABASE_URL names a PostgreSQL server. test/bench/README.md has what was measured.`;
const { values, positionals } = readOptions(usage, {
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "1" },
    entries: { type: "string", default: "10000000" },
    clients: { type: "string", default: "16" },
  },
});
const known = ["start", "requests", "revocation", "log", "pages", "peers", "scale"];
for (const part of positionals) if (!known.includes(part)) refuse(`there is no part ${part}`, usage);
const parts = positionals.length === 0 ? ["start", "requests", "revocation"] : positionals;
process.env.TEST_DATABASE_URL ??= process.env.DATABASE_URL;
const server = process.env.TEST_DATABASE_URL !== undefined;
process.stdout.write(
  `Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model ?? "unknown"}); ${values.rounds} rounds\n\n`,
);
if (parts.includes("start")) await benchStarts(Number(values.rounds));
if (parts.includes("requests")) {
  await benchRequests([embedded, ...(server ? onServer : [])], Number(values.rounds), Number(values.seconds));
}
if (parts.includes("revocation")) await benchRevocations(Number(values.rounds), server);
const ofLog = { log: benchLog, pages: benchPages };
for (const part of ["log", "pages"] as const)
  if (parts.includes(part) && server) {
    const { rounds, seconds: length, entries } = values;
    await ofLog[part]({ rounds: Number(rounds), seconds: Number(length), entries: Number(entries), print, progress });
  }
if (parts.includes("peers")) {
  const { rounds, seconds: length, clients } = values;
  const figures = { rounds: Number(rounds), seconds: Number(length), clients: Number(clients) };
  await benchPeers({ ...figures, onServer: server, print: (rows) => print(...rows) });
}
if (parts.includes("scale")) {
  await benchScale({ rounds: Number(values.rounds), seconds: Number(values.seconds), print: (rows) => print(...rows) });
}
if (!server) process.stdout.write("PostgreSQL: not measured; TEST_DATABASE_URL names no server\n");
