import type { Logger } from "pino";
import type { SubgraphHandler } from "../../schema/calls.js";
import type { AskGateway } from "../../subgraphs/kit/ask-graph.js";
import type { DevelopmentIssuer } from "../authenticate/development-issuer.js";
import { openDevelopmentIssuer } from "../authenticate/development-issuer.js";
import { openAnswerSeal } from "../authenticate/seal-answers.js";
import { openCallSigner } from "../authenticate/sign-calls.js";
import { openPlanner } from "../plan/open-planner.js";
import { carryActs } from "../record/carry-acts.js";
import { followIntegration } from "../record/follow-integration.js";
import { openRecorder } from "../record/open-recorder.js";
import { openClock } from "./clock.js";
import { readSafelist } from "./documents/read-safelist.js";
import { makeHome } from "./make-home.js";
import { openGateway } from "./open-gateway.js";
import { openGatewayKeys } from "./open-gateway-keys.js";
import { openLogFiles } from "./open-log-files.js";
import { openReload } from "./open-reload.js";
import type { StartDatabase } from "./open-start-database.js";
import { openSubgraphs, prepareSubgraphs } from "./open-subgraphs.js";
import { readGraph, sdlFolder } from "./read-graph.js";
import { readTrust } from "./read-trust.js";
import type { GatewaySettings } from "./settings.js";
import { defaultPorts } from "./settings.js";
import { subgraphs } from "./subgraphs.js";
import { keysForGateway } from "./trusted-gateway-keys.js";

/** Everything in one process: the gateway and the subgraphs, called in process by the same signed calls and grants as over HTTP. */
export interface RunningAll {
  /** Address of the root, with the port it really got. */
  readonly url: string;
  /** Null where a trust file says whom to believe. */
  readonly developmentIssuer: DevelopmentIssuer | null;
  /** Serves what the folder of SDL and the safelist hold now, where both pass. Never throws. */
  readonly reload: () => Promise<unknown>;
  close(): Promise<void>;
}

/** Starts on an open database, which it closes at the end. Throws SettingsError, or what the database says. */
export async function startAll(settings: GatewaySettings, database: StartDatabase, log: Logger): Promise<RunningAll> {
  const { home, trustFile, production, host, port } = settings;
  const clock = openClock(settings.now);
  const names = subgraphs.map(({ name }) => name);
  const keys = await openGatewayKeys(settings, log);
  const signer = openCallSigner({ keys, clock });
  const gatewayKeys = keysForGateway(settings, keys);
  if (trustFile === null) makeHome(home);
  const developmentIssuer = trustFile === null ? await openDevelopmentIssuer(home, clock) : null;
  const trust =
    trustFile === null
      ? { issuers: developmentIssuer === null ? [] : [developmentIssuer.issuer] }
      : await readTrust(trustFile);

  const gatewayOf: { ask: AskGateway } = { ask: () => Promise.reject(new Error("the gateway is not there yet")) };
  const askGateway: AskGateway = (question) => gatewayOf.ask(question);
  const folder = settings.sdlFolder ?? sdlFolder;
  const read = await readGraph(folder, names);
  const { safelistFile } = settings;
  const safelist = safelistFile === null ? null : readSafelist(safelistFile, read.graph);
  const [planner, opened] = await Promise.all([
    openPlanner(read.graph),
    openSubgraphs(names, {
      database: database.forSubgraphs,
      clock,
      gatewayKeys,
      askGateway,
      log,
      files: { audit: openLogFiles(settings) },
    }),
  ]);
  await database.prepare((loading) => prepareSubgraphs(opened, loading));
  const recorder = await openRecorder({ store: database.openLogStore(log), clock, log });
  const handlers = new Map<string, SubgraphHandler>(opened.map(({ running }) => [running.name, running.handle]));
  const gateway = await openGateway({
    graph: read.graph,
    safelist,
    planner,
    handlers,
    checkSubgraph: async (name) => opened.find(({ running }) => running.name === name)?.running.ready(),
    trust,
    signer,
    seal: openAnswerSeal({ keys, clock }),
    publishedKeys: keys.published,
    gatewayKeys,
    recorder,
    followIntegration: (ask) => followIntegration({ ask }),
    carryActs: (ask) => carryActs({ ask, recorder, log }),
    clock,
    production,
    knownOperations: settings.knownOperations,
    log,
  });
  gatewayOf.ask = gateway.ask;
  for (const { running } of opened) await running.start();
  const url = await gateway.listen({ host, port: port ?? defaultPorts.gateway ?? 4000 });
  gateway.watch();

  return {
    url,
    developmentIssuer,
    reload: openReload({ read, safelist, folder, safelistFile, names, take: gateway.take, log }),
    async close() {
      await gateway.close();
      for (const { running } of opened) await running.close();
      await database.close();
    },
  };
}
