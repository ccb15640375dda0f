import type { Logger } from "pino";
import { openDevelopmentIssuer } from "../authenticate/development-issuer.js";
import { openAnswerSeal } from "../authenticate/seal-answers.js";
import { openCallSigner } from "../authenticate/sign-calls.js";
import { openPlanner } from "../plan/open-planner.js";
import { carryActs } from "../record/carry-acts.js";
import { followIntegration } from "../record/follow-integration.js";
import { openRecorder } from "../record/open-recorder.js";
import { openPostgresStore } from "../record/postgres-store.js";
import { openClock } from "./clock.js";
import { readSafelist } from "./documents/read-safelist.js";
import { GraphRefused } from "./graph-refused.js";
import { makeHome } from "./make-home.js";
import { openGateway, type RunningGateway } from "./open-gateway.js";
import { openGatewayKeys } from "./open-gateway-keys.js";
import { openReload, servedDigest } from "./open-reload.js";
import { reachOverHttp } from "./reach-over-http.js";
import { readGraph, sdlFolder } from "./read-graph.js";
import { readTrust } from "./read-trust.js";
import type { GatewaySettings } from "./settings.js";
import { defaultPorts, requireForProduction, SettingsError } from "./settings.js";
import type { SharedPort } from "./shared-port.js";
import { keysForGateway } from "./trusted-gateway-keys.js";

/** A process that serves one part. */
export interface Served {
  /** Address of its GraphQL endpoint. */
  readonly url: string;
  /** Of a gateway: serves what the folder of SDL and the safelist hold now, where both pass. Never throws. */
  readonly reload?: () => unknown;
  close(): Promise<void>;
}

/** What else one can ask of a gateway: see RunningGateway. */
export interface ServedGateway extends Served, Pick<RunningGateway, "ready" | "figures" | "watch"> {
  /** Resolves with the `servedDigest` from then on. */
  readonly reload: () => Promise<string>;
}

/**
 * A gateway in a process of its own; the subgraphs are found by their addresses, in any order of start. What it does by itself begins with `watch`. `port`: those that
 * listen on the same one. Throws SettingsError, and GraphRefused or SafelistRefused.
 */
export async function serveGateway(settings: GatewaySettings, log: Logger, port?: SharedPort): Promise<ServedGateway> {
  requireForProduction(settings, { database: true, gateway: true, log: false });
  const { databaseUrl, trustFile, production } = settings;
  if (databaseUrl === null)
    throw new SettingsError([
      "DATABASE_URL: a gateway of its own process writes the access log to a PostgreSQL server; expected its URL",
    ]);
  const clock = openClock(settings.now);
  const names = Object.keys(settings.subgraphUrls);
  const folder = settings.sdlFolder ?? sdlFolder;
  const read = await readGraph(folder, names);
  const { safelistFile } = settings;
  const safelist = safelistFile === null ? null : readSafelist(safelistFile, read.graph);
  if (port && !(await port.admits(servedDigest({ read, safelist }))))
    throw new GraphRefused(folder, [
      "with the safelist, it is not what the other workers of this port serve: put that back, or have it served by all with SIGHUP",
    ]);
  const keys = await openGatewayKeys(settings, log);
  if (trustFile === null) makeHome(settings.home);
  const trust =
    trustFile === null
      ? { issuers: [(await openDevelopmentIssuer(settings.home, clock)).issuer] }
      : await readTrust(trustFile);
  if (trustFile === null)
    log.warn("ROGATORY_TRUST is not set: the development issuer is believed, which vouches for anybody");
  const reached = new Map(Object.entries(settings.subgraphUrls).map(([name, url]) => [name, reachOverHttp(url)]));
  const recorder = await openRecorder({ store: openPostgresStore({ url: databaseUrl, log }), clock, log });
  const gateway = await openGateway({
    graph: read.graph,
    safelist,
    planner: await openPlanner(read.graph),
    handlers: new Map([...reached].map(([name, { handle }]) => [name, handle])),
    checkSubgraph: async (name) => reached.get(name)?.ready(),
    trust,
    signer: openCallSigner({ keys, clock }),
    seal: openAnswerSeal({ keys, clock }),
    publishedKeys: keys.published,
    gatewayKeys: keysForGateway(settings, keys),
    recorder,
    followIntegration: (ask) => followIntegration({ ask }),
    carryActs: (ask) => carryActs({ ask, recorder, log }),
    clock,
    production,
    knownOperations: settings.knownOperations,
    port,
    log,
  });
  const root = await gateway.listen({ host: settings.host, port: settings.port ?? defaultPorts.gateway ?? 4000 });
  const { ready, figures, watch } = gateway;
  return {
    url: `${root}/graphql`,
    ...{ ready, figures, watch },
    reload: openReload({ read, safelist, folder, safelistFile, names, take: gateway.take, log }),
    async close() {
      await gateway.close();
      await Promise.all([...reached.values()].map(({ close }) => close()));
    },
  };
}
