/**
 * `npm run test:crash [-- --rounds 200] [--broken 40]`: gateways with their integrator, and PostgreSQL, killed at random moments while clients keep what they
 * receive. Prints what was received, lost and recorded only, and in how many rounds a recorder that releases before the commit was caught.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { audit, readAllBatches } from "../../subgraphs/audit/index.js";
import { openSubgraph, type RunningSubgraph } from "../../subgraphs/kit/subgraph.js";
import { Random } from "../fuzz/random.js";
import { readOptions } from "../kit/read-options.js";
import { root } from "../kit/root.js";
import { type Rogatory, startRogatory } from "../kit/start-rogatory.js";
import { quiet } from "../record/kit.js";
import { type Cluster, makeCluster } from "./cluster.js";
import { crashWriter } from "./crash-writer.js";
import { type CrashResult, holdAgainstLog } from "./hold-against-log.js";

/** Clients that ask at once. */
const clients = 8;

const usage = `npm run test:crash [-- --rounds N] [--broken N] [--seed N]

Kills gateways and PostgreSQL in N rounds (200) while clients keep what they receive, then a variant that releases before the
commit (40). Prints received, lost, recorded only, and in how many rounds the variant was caught.`;
const { values } = readOptions(usage, {
  options: {
    rounds: { type: "string", default: "200" },
    broken: { type: "string", default: "40" },
    seed: { type: "string" },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const random = new Random(seed);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const progress = (line: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
};

/** Asks as fast as it can and keeps the records of what it received whole, until the process on the other side is gone. */
async function receive(rogatory: Rogatory, received: string[], ended: () => boolean): Promise<void> {
  const judge = await rogatory.token({ role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" });
  const query = 'query @warrant(id: "warrant-fr-quiet-heron") { user(id: "u01") { legalName email } }';
  const client = async (): Promise<void> => {
    while (!ended()) {
      const answer = await rogatory.ask(judge, query).catch(() => null);
      if (answer?.body.data?.user?.legalName === "Specimen Person 01")
        for (const { leafHash } of answer.body.extensions.disclosure.receipts) received.push(leafHash);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

async function open(url: string): Promise<RunningSubgraph> {
  const refuse = () => Promise.reject(new Error("nobody is asked"));
  const parts = { clock: () => new Date(), gatewayKeys: refuse, askGateway: refuse, log: quiet };
  return openSubgraph(audit, { ...parts, database: { kind: "server", url } });
}

async function read(url: string, received: readonly string[]): Promise<CrashResult> {
  const running = await open(url);
  const batches = await readAllBatches(running.em());
  await running.close();
  return holdAgainstLog(received, batches);
}

/** One gateway and its database, killed again and again. */
async function killGateways(cluster: Cluster, rounds: number): Promise<CrashResult> {
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-crash-"));
  const received: string[] = [];
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}, ${received.length} records received`);
    const rogatory = await startRogatory({ home, databaseUrl: cluster.url });
    let ended = false;
    const receiving = receive(rogatory, received, () => ended);
    const before = received.length;
    for (const deadline = performance.now() + 10_000; received.length === before && performance.now() < deadline; )
      await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, random.below(1500)));
    const victims = random.pick(["gateway", "database", "both"] as const);
    if (victims !== "gateway") await cluster.kill();
    if (victims === "both") await rogatory.kill();
    else await new Promise((resolve) => setTimeout(resolve, random.below(300)));
    if (victims !== "both") await rogatory.kill();
    ended = true;
    await receiving;
    if (victims !== "gateway") await cluster.start();
  }
  progress("");
  rmSync(home, { recursive: true, force: true });
  return read(cluster.url, received);
}

/** How many of so many rounds show a loss where values are released before the commit: of a whole gateway and, every other round, of its recorder alone. */
async function catchBroken(
  cluster: Cluster,
  rounds: number,
): Promise<Readonly<Record<"gateway" | "recorder", number>>> {
  const caught = { gateway: 0, recorder: 0 };
  for (let round = 0; round < rounds; round++) {
    progress(`broken variant, round ${round + 1} of ${rounds}`);
    const kind = round % 2 === 0 ? "gateway" : "recorder";
    const received =
      kind === "gateway" ? await killBroken(cluster) : await crashWriter(cluster.url, "broken", 10 + random.below(200));
    const { lost } = await read(cluster.url, received);
    if (lost > 0) caught[kind] += 1;
  }
  progress("");
  return caught;
}

/** A whole gateway that releases before the commit, killed while clients keep what they receive over HTTP. */
async function killBroken(cluster: Cluster): Promise<readonly string[]> {
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-crash-"));
  const program = path.join(root, "dist", "test", "crash", "broken-gateway.js");
  const rogatory = await startRogatory({ home, databaseUrl: cluster.url, program });
  const received: string[] = [];
  let ended = false;
  const receiving = receive(rogatory, received, () => ended);
  for (const deadline = performance.now() + 10_000; received.length === 0 && performance.now() < deadline; )
    await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, random.below(1000)));
  await rogatory.kill();
  ended = true;
  await receiving;
  rmSync(home, { recursive: true, force: true });
  return received;
}

const cluster = await makeCluster();
try {
  await cluster.start();
  const [rounds, brokenRounds] = [Number(values.rounds), Number(values.broken)];
  const begun = performance.now();
  const { received, lost, recordedOnly, faults } = await killGateways(cluster, rounds);
  print(`seed ${seed}, ${rounds} rounds in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  print(`received ${received}, lost ${lost}, recorded only ${recordedOnly}, chains that do not hold ${faults.length}`);
  const running = await open(cluster.url);
  await running.migrate();
  await running.close();
  const caught = await catchBroken(cluster, brokenRounds);
  print(
    `released before the commit: caught in ${caught.gateway} of ${Math.ceil(brokenRounds / 2)} rounds of a whole gateway, and in ${caught.recorder} of ${Math.floor(brokenRounds / 2)} of its recorder alone`,
  );
  const sound = lost === 0 && faults.length === 0 && received > 0;
  const seen = caught.gateway > 0 && (caught.recorder > 0 || brokenRounds < 2);
  if (!sound || (brokenRounds > 0 && !seen)) process.exitCode = 1;
} finally {
  await cluster.remove();
}
