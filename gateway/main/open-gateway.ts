import type { AddressInfo } from "node:net";
import type { JWK, JWTVerifyGetKey } from "jose";
import type { Logger } from "pino";
import type { SubgraphHandler } from "../../schema/calls.js";
import type { ComposedGraph } from "../../schema/identity/catalog.js";
import type { AskGateway } from "../../subgraphs/kit/ask-graph.js";
import { watchAcceptances } from "../accept/watch-acceptances.js";
import { openAuthenticator } from "../authenticate/authenticate.js";
import type { SealAnswer } from "../authenticate/seal-answers.js";
import type { CallSigner } from "../authenticate/sign-calls.js";
import type { Trust } from "../authenticate/trust.js";
import { followRuleBook } from "../door/follow-rule-book.js";
import { type AskService, loadWarrants } from "../door/load-warrants.js";
import { openDoors } from "../door/open-door.js";
import { askSource } from "../execute/ask-source.js";
import { runOperation } from "../execute/run-operation.js";
import { openPlanner, type Planner } from "../plan/open-planner.js";
import type { FollowedIntegration } from "../record/follow-integration.js";
import type { Recorder } from "../record/open-recorder.js";
import { openReadRecorder } from "../record/record-reads.js";
import { whileIntegrated } from "../record/while-integrated.js";
import { openWalk } from "./answer-operation.js";
import { openAskService } from "./ask-service.js";
import { closeServer } from "./close-server.js";
import { openKeptDocuments } from "./documents/keep-documents.js";
import { listedDocuments } from "./documents/listed-documents.js";
import type { Safelist } from "./documents/read-safelist.js";
import type { Figures } from "./figures.js";
import { openMetrics } from "./metrics.js";
import { openApollo } from "./open-apollo.js";
import { openAskGateway } from "./open-ask-gateway.js";
import { openHttpServer } from "./open-http-server.js";
import { openSuccession, type Serving } from "./open-succession.js";
import type { CheckReadiness } from "./readiness.js";
import { openReadiness } from "./readiness.js";
import { refuseListening } from "./refuse-listening.js";
import { sendIdentity, sendPublicFor } from "./send-fetch.js";
import { openSending } from "./send-to-subgraph.js";
import { serveAddresses } from "./serve-addresses.js";
import type { SharedPort } from "./shared-port.js";

export interface GatewayParts {
  readonly graph: ComposedGraph;
  /** Read for this graph: its documents and no others are answered. Null: every document is. */
  readonly safelist: Safelist | null;
  /** Of this graph; closed with it. */
  readonly planner: Planner;
  /** Every service, in this process or reached over HTTP. */
  readonly handlers: ReadonlyMap<string, SubgraphHandler>;
  /** Rejects while the subgraph's own database does not answer. */
  readonly checkSubgraph: (service: string) => Promise<void>;
  readonly trust: Trust;
  readonly signer: CallSigner;
  readonly seal: SealAnswer;
  /** The keys by which what the signer signs is checked. */
  readonly publishedKeys: () => readonly JWK[];
  /** Keys that vouch for the call tokens subgraphs show: this gateway's, and those of gateways beside it. */
  readonly gatewayKeys: JWTVerifyGetKey;
  readonly recorder: Recorder;
  /** Follows how far the log is integrated; closed with the gateway. */
  readonly followIntegration: (ask: AskService) => FollowedIntegration;
  /** Carries what other services owe the log, until closed with the gateway. */
  readonly carryActs: (ask: AskService) => { close(): Promise<void> };
  readonly clock: () => Date;
  readonly production: boolean;
  /** How many operations are kept read, a graph; absent: `limits.knownOperations`. */
  readonly knownOperations?: number | undefined;
  /** Those that listen on the same port; absent: nobody does. */
  readonly port?: SharedPort | undefined;
  readonly log: Logger;
}

/** A gateway, put together. */
export interface RunningGateway {
  /** Starts to listen; the address of its root, with the port it really got. Throws SettingsError. */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  /** Begins what the gateway does by itself, without a request: looks for orders that a provider's policy accepts. Once; it ends with the gateway. */
  watch(): void;
  /** Answers a subgraph of this process that asks back. */
  readonly ask: AskGateway;
  /** Of this process alone, as `figures`. */
  readonly ready: CheckReadiness;
  figures(): Figures;
  /** Answers new operations on another graph; those that run are finished on theirs. Throws, and changes nothing, where it cannot be planned on. */
  take(graph: ComposedGraph, safelist: Safelist | null): Promise<void>;
  /** Stops accepting, lets what runs finish for a while, flushes the log. */
  close(): Promise<void>;
}

/** Puts a gateway together from its parts; the only place that knows them all. */
export async function openGateway(parts: GatewayParts): Promise<RunningGateway> {
  const { graph, planner, handlers, checkSubgraph, trust, signer, recorder, clock, production, log } = parts;
  const services = [...handlers.keys()];
  const metrics = openMetrics();
  const send = openSending(handlers, signer, log);
  const ask = openAskService(send);
  const ruleBook = followRuleBook(ask);
  const loadWarrant = loadWarrants(ask);
  const integration = parts.followIntegration(ask);
  const carrying = parts.carryActs(ask);
  let stopWatching = async (): Promise<void> => undefined;
  const authenticate = openAuthenticator({ trust, services: { keys: parts.gatewayKeys, names: services }, clock });

  const kept = openKeptDocuments();
  const serve = async (served: ComposedGraph, list: Safelist | null, planning: Planner): Promise<Serving> => {
    const serviceOf = new Map(served.halves.map(({ name, service }) => [name, service]));
    const walk = openWalk({
      authenticate,
      plan: (document, operationName, variables) => planning.prepare(document, operationName, variables),
      openDoor: openDoors({
        schema: planning.apiSchema,
        loadWarrant,
        ruleBook,
        recorder: whileIntegrated(recorder, integration),
        sendIdentity: sendIdentity(send, serviceOf),
        clock,
        log,
      }),
      sendPublicFor: sendPublicFor(send, serviceOf),
      run: runOperation,
      askSource,
      recordReads: openReadRecorder(planning.apiSchema, recorder),
      seal: parts.seal,
      metrics,
    });
    const front = await openApollo({
      apiSchema: planning.apiSchema,
      supergraphSdl: served.supergraphSdl,
      walk,
      log,
      production,
      knownOperations: parts.knownOperations,
    });
    const close = async (): Promise<void> => {
      await front.apollo.stop();
      await planning.close();
    };
    return { ...front, walk, documents: list === null ? kept : listedDocuments(list), close };
  };
  const succession = openSuccession(await serve(graph, parts.safelist, planner), (fault) =>
    log.error({ err: fault }, "a graph that is no longer served was not closed well"),
  );
  const server = openHttpServer({ succession, metrics, log, places: parts.port?.places });
  const ready = openReadiness({
    services,
    ask,
    checkSubgraph,
    ruleBook: () => ruleBook.current(),
    integrated: () => !integration.behind(),
  });
  serveAddresses(server, {
    ready: parts.port?.ready ?? ready,
    figures: parts.port?.figures ?? (async () => metrics.figures()),
    gatewayKeys: parts.publishedKeys,
    logKeys: () => ({ log: integration.logKey(), writer: recorder.health().writer }),
  });

  return {
    ready,
    figures: metrics.figures,
    ask: openAskGateway(succession),
    watch() {
      stopWatching = watchAcceptances({ ask, loadWarrant, ruleBook: () => ruleBook.current(), clock }, log);
    },
    async take(next, list) {
      succession.follow(await serve(next, list, await openPlanner(next)));
    },
    async listen({ host, port }) {
      await server.listen({ host, port }).catch((fault: unknown) => {
        throw refuseListening({ host, port }, fault);
      });
      const { port: taken } = server.server.address() as AddressInfo;
      return `http://${host.includes(":") ? `[${host}]` : host}:${taken}`;
    },
    async close() {
      await closeServer(server);
      await stopWatching();
      await succession.close();
      await carrying.close();
      await integration.close();
      await recorder.close();
    },
  };
}
