import cluster from "node:cluster";
import type { Logger } from "pino";
import { closeWhenStopped } from "../close-when-stopped.js";
import { limits } from "../limits.js";
import { openLog } from "../log.js";
import type { Served } from "../serve-gateway.js";
import { type GatewaySettings, readWorkers } from "../settings.js";
import { subgraphs } from "../subgraphs.js";
import { WrongCall } from "../wrong-call.js";

export interface ServeOptions {
  readonly port?: string;
  readonly workers?: string;
}

/** Runs one part until SIGTERM or SIGINT; prints where it listens. A gateway reads its graph and its safelist again on SIGHUP. */
export async function serve(part: string, options: ServeOptions, given: GatewaySettings): Promise<void> {
  const names = ["gateway", ...subgraphs.map(({ name }) => name)];
  if (!names.includes(part))
    throw new WrongCall(`there is no part called ${part}: expected one of ${names.join(", ")}`);
  if (part !== "gateway" && given.safelistFile !== null)
    throw new WrongCall("--safelist is for the gateway: a subgraph answers nobody but it");
  if (part !== "gateway" && options.workers !== undefined)
    throw new WrongCall("--workers is for the gateway: run a subgraph as often as it is needed, each at its own port");
  const settings = withOptions(given, options);
  const log = openLog("info", part);
  if (settings.now !== null && cluster.isPrimary)
    log.warn(
      "ROGATORY_NOW: each process starts a clock of its own at that moment, and parts whose clocks differ by more than seconds refuse each other's calls; it is meant for `start`",
    );
  if (part === "gateway" && settings.workers > 1) await serveShared(settings, log);
  else await serveAlone(part, settings, log);
}

async function serveAlone(part: string, settings: GatewaySettings, log: Logger): Promise<void> {
  if (part !== "gateway") {
    const { serveSubgraph } = await import("../serve-subgraph.js");
    return run(part, await serveSubgraph(part, settings, log), log);
  }
  const { serveGateway } = await import("../serve-gateway.js");
  const served = await serveGateway(settings, log);
  run(part, served, log);
  served.watch();
}

/** Several gateways on one port: this process is the one that leads them, or one of them. */
async function serveShared(settings: GatewaySettings, log: Logger): Promise<void> {
  if (cluster.isPrimary) {
    const { servePort } = await import("../workers/serve-port.js");
    // Longer than the workers have themselves, so that each of them says what it ended with.
    return run("gateway", await servePort(settings, log), log, limits.stopMs + 500);
  }
  const { serveWorker } = await import("../workers/serve-worker.js");
  await serveWorker(settings, log.child({ worker: cluster.worker?.id }));
}

function run(part: string, served: Served, log: Logger, withinMs: number = limits.stopMs): void {
  closeWhenStopped(served.close, (fault) => log.error({ err: fault }, "not closed well"), { withinMs });
  if (served.reload) process.on("SIGHUP", served.reload);
  process.stdout.write(`Rogatory's ${part} listens on ${served.url}\n`);
}

function withOptions(given: GatewaySettings, { port, workers }: ServeOptions): GatewaySettings {
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535))
    throw new WrongCall(`--port is ${port}: expected a port from 0 to 65535; 0 takes a free one`);
  const count = workers === undefined ? given.workers : readWorkers(workers);
  if (count === null) throw new WrongCall(`--workers is ${workers}: expected a number from 1 to 64, or auto`);
  return { ...given, ...(port === undefined ? {} : { port: Number(port) }), workers: count };
}
