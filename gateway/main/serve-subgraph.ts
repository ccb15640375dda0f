import type { Logger } from "pino";
import { listenSubgraph } from "../../subgraphs/kit/subgraph.js";
import { askGatewayOverHttp } from "./ask-gateway-over-http.js";
import { openClock } from "./clock.js";
import { oneAtATime } from "./one-at-a-time.js";
import { openLogFiles } from "./open-log-files.js";
import { openSubgraphs, prepareSubgraphs } from "./open-subgraphs.js";
import { refuseListening } from "./refuse-listening.js";
import type { Served } from "./serve-gateway.js";
import type { Settings } from "./settings.js";
import { defaultPorts, requireForProduction, SettingsError } from "./settings.js";
import { keysForSubgraph } from "./trusted-gateway-keys.js";

/** One subgraph in a process of its own, on its schema of the server's database. Throws SettingsError. */
export async function serveSubgraph(name: string, settings: Settings, log: Logger): Promise<Served> {
  requireForProduction(settings, { database: true, gateway: false, log: name === "audit" });
  const { databaseUrl, production, host, port } = settings;
  if (databaseUrl === null)
    throw new SettingsError([
      "DATABASE_URL: a subgraph of its own process needs a PostgreSQL server; expected its URL",
    ]);
  const opened = await openSubgraphs([name], {
    database: { kind: "server", url: databaseUrl },
    clock: openClock(settings.now),
    gatewayKeys: keysForSubgraph(settings),
    askGateway: askGatewayOverHttp(settings.gatewayUrl),
    log,
    files: name === "audit" ? { audit: openLogFiles(settings) } : {},
  });
  await oneAtATime(databaseUrl, "prepare", () => prepareSubgraphs(opened, { production, base: true, demo: true }));
  const [subgraph] = opened;
  if (subgraph === undefined) throw new Error(`no subgraph is called ${name}`);
  await subgraph.running.start();
  const place = { host, port: port ?? defaultPorts[name] ?? 0 };
  const listening = await listenSubgraph(subgraph.running, place).catch((fault: unknown) => {
    throw refuseListening(place, fault);
  });
  return {
    url: listening.url,
    async close() {
      await listening.close();
      await subgraph.running.close();
    },
  };
}
