import { closeWhenStopped } from "../close-when-stopped.js";
import { openLog } from "../log.js";
import type { GatewaySettings } from "../settings.js";
import { subgraphs } from "../subgraphs.js";
import { WrongCall } from "../wrong-call.js";

/** Runs one part until SIGTERM or SIGINT; prints where it listens. A gateway reads its graph and its safelist again on SIGHUP. */
export async function serve(part: string, givenPort: string | undefined, given: GatewaySettings): Promise<void> {
  const names = ["gateway", ...subgraphs.map(({ name }) => name)];
  if (!names.includes(part))
    throw new WrongCall(`there is no part called ${part}: expected one of ${names.join(", ")}`);
  if (givenPort !== undefined && !(/^\d{1,5}$/.test(givenPort) && Number(givenPort) <= 65_535)) {
    throw new WrongCall(`--port is ${givenPort}: expected a port from 0 to 65535; 0 takes a free one`);
  }
  if (part !== "gateway" && given.safelistFile !== null)
    throw new WrongCall("--safelist is for the gateway: a subgraph answers nobody but it");
  const settings = givenPort === undefined ? given : { ...given, port: Number(givenPort) };
  const log = openLog("info", part);
  if (settings.now !== null)
    log.warn(
      "ROGATORY_NOW: each process starts a clock of its own at that moment, and parts whose clocks differ by more than seconds refuse each other's calls; it is meant for `start`",
    );
  const served =
    part === "gateway"
      ? await (await import("../serve-gateway.js")).serveGateway(settings, log)
      : await (await import("../serve-subgraph.js")).serveSubgraph(part, settings, log);
  closeWhenStopped(served.close, (fault) => log.error({ err: fault }, "not closed well"));
  if (served.reload) process.on("SIGHUP", served.reload);
  process.stdout.write(`Rogatory's ${part} listens on ${served.url}\n`);
}
