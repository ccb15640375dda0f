import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { type Logger, pino } from "pino";
import { openDevelopmentIssuer } from "../../../gateway/authenticate/development-issuer.js";
import { openKeys } from "../../../gateway/authenticate/open-keys.js";
import { openAnswerSeal } from "../../../gateway/authenticate/seal-answers.js";
import { openCallSigner } from "../../../gateway/authenticate/sign-calls.js";
import { openSigningKey } from "../../../gateway/authenticate/signing-key.js";
import type { Issuer } from "../../../gateway/authenticate/trust.js";
import { openGateway, type RunningGateway } from "../../../gateway/main/open-gateway.js";
import { openSubgraphs, prepareSubgraphs } from "../../../gateway/main/open-subgraphs.js";
import { reachOverHttp } from "../../../gateway/main/reach-over-http.js";
import { readGraph, sdlFolder } from "../../../gateway/main/read-graph.js";
import { subgraphs } from "../../../gateway/main/subgraphs.js";
import { openPlanner } from "../../../gateway/plan/open-planner.js";
import { openRecorder } from "../../../gateway/record/open-recorder.js";
import { openPgliteStore } from "../../../gateway/record/pglite-store.js";
import { openPostgresStore } from "../../../gateway/record/postgres-store.js";
import type { LogStore } from "../../../schema/ledger/log-store.js";
import { listenSubgraph } from "../../../subgraphs/kit/subgraph.js";
import { createDatabase } from "../../kit/databases.js";
import { openEmbedded } from "../../kit/embedded-database.js";
import { type Answer, type Claims, readAnswer, storyMoment } from "../../kit/start-rogatory.js";
import { carryingNothing, integrated } from "../../record/kit.js";
import { type KeptLeaf, keepLeaves } from "./kept-leaves.js";
import { openProxy, openWire, untouched, type Wire } from "./proxy.js";

/** What came back, with every byte of it. */
export interface Told extends Answer {
  readonly bytes: string;
}

export interface AskOptions {
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly headers?: Record<string, string>;
  /** Which of the gateways; the first. */
  readonly gateway?: number;
}

/**
 * Gateways over HTTP on one database, in front of real subgraphs over HTTP that can be told to misbehave: between them stands a wire that sees every byte and
 * may change any. Business time stands under our hand.
 */
export interface Installation {
  readonly urls: readonly string[];
  readonly wire: Wire;
  /** Where the subgraphs themselves listen, behind the wire. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  /** Everything written to the process log, one JSON text each. */
  readonly lines: readonly string[];
  ask(claims: Claims | string, query: string, options?: AskOptions): Promise<Told>;
  token(claims: Claims): Promise<string>;
  now(): Date;
  /** Puts the clock at this moment, from which it goes on. */
  setClock(moment: string | Date): void;
  /** Stops the clock at this very millisecond. */
  stopClock(moment: string | Date): void;
  sql(statement: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** The leaves of one operation, in order, once everything noted so far is in the log. */
  leaves(operationId: string): Promise<readonly KeptLeaf[]>;
  /** Stands in the way of the log's store, or no longer. */
  failLog(how: LogStore["append"] | null): void;
  /** Forgets what was asked and interferes no more; the clock goes back to the moment of the stories. */
  reset(): void;
  close(): Promise<void>;
}

export interface InstallationOptions {
  readonly database?: "embedded" | "server";
  readonly gateways?: number;
  /** Beside the development issuer. */
  readonly issuers?: readonly Issuer[];
}

export async function openInstallation({
  database = "embedded",
  gateways: count = 1,
  issuers = [],
}: InstallationOptions = {}): Promise<Installation> {
  const home = mkdtempSync(path.join(tmpdir(), "rogatory-attacks-"));
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  let shift = 0;
  let stopped: Date | null = null;
  const clock = (): Date => stopped ?? new Date(Date.now() + shift);
  const setClock = (moment: string | Date): void => {
    stopped = null;
    shift = new Date(moment).getTime() - Date.now();
  };
  setClock(storyMoment);

  const store = await openStore(database);
  const keys = await Promise.all(
    Array.from({ length: count }, (_, index) => openSigningKey(path.join(home, `gateway-${index}.json`))),
  );
  const gatewayKeys = openKeys({ jwks: { keys: keys.map(({ publicJwk }) => publicJwk) } });
  const running: RunningGateway[] = [];
  const names = subgraphs.map(({ name }) => name);
  const opened = await openSubgraphs(names, {
    database: store.forSubgraphs,
    clock,
    gatewayKeys,
    askGateway: (question) => (running[0] as RunningGateway).ask(question),
    log,
  });
  await prepareSubgraphs(opened, { production: false, base: database === "server", demo: true });
  const listening = await Promise.all(
    opened.map(({ running: subgraph }) => listenSubgraph(subgraph, { host: "127.0.0.1", port: 0 })),
  );
  const wire = openWire();
  const proxies = await Promise.all(
    opened.map(({ running: { name } }, index) => openProxy(name, listening[index]?.url as string, wire)),
  );
  const development = await openDevelopmentIssuer(home, clock);
  const { graph } = await readGraph(sdlFolder, names);
  const kept = keepLeaves();
  const reached = keys.map(() => proxies.map(({ url }) => reachOverHttp(url)));
  const recorders = await Promise.all(
    keys.map(() => openRecorder({ store: kept.around(store.openLog(log)), clock, log, timeoutMs: 5_000 })),
  );
  for (const [index, key] of keys.entries()) {
    const ways = new Map(names.map((name, place) => [name, reached[index]?.[place]]));
    running.push(
      await openGateway({
        graph,
        safelist: null,
        planner: await openPlanner(graph),
        handlers: new Map([...ways].flatMap(([name, way]) => (way ? [[name, way.handle] as const] : []))),
        checkSubgraph: async (name) => ways.get(name)?.ready(),
        trust: { issuers: [development.issuer, ...issuers] },
        signer: openCallSigner({ keys: { signing: () => key }, clock }),
        seal: openAnswerSeal({ keys: { signing: () => key }, clock }),
        publishedKeys: () => [key.publicJwk],
        gatewayKeys,
        recorder: recorders[index] as (typeof recorders)[number],
        followIntegration: () => integrated,
        carryActs: () => carryingNothing,
        clock,
        production: false,
        log,
      }),
    );
  }
  const urls = await Promise.all(running.map((gateway) => gateway.listen({ host: "127.0.0.1", port: 0 })));

  return {
    urls,
    wire,
    lines,
    subgraphUrls: new Map(names.map((name, index) => [name, listening[index]?.url as string])),
    token: (claims) => development.token(claims),
    async ask(who, query, { variables, operationName, headers = {}, gateway = 0 } = {}) {
      const token = typeof who === "string" ? who : await development.token(who);
      const request = { query, variables, operationName };
      const response = await fetch(`${urls[gateway]}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}`, ...headers },
        body: JSON.stringify(request),
      });
      const bytes = await response.clone().text();
      return { ...(await readAnswer(response, request)), bytes };
    },
    now: clock,
    setClock,
    stopClock(moment) {
      stopped = new Date(moment);
    },
    sql: store.sql,
    failLog: kept.fail,
    async leaves(operationId) {
      // What was noted before is written first.
      for (const recorder of recorders) await recorder.append([{ references: {}, clear: { type: "HEARTBEAT" } }]);
      for (;;) {
        const own = kept.leaves.filter(({ leaf }) => "operationId" in leaf && leaf.operationId === operationId);
        const told = own.some(({ leaf }) => leaf.type === "OUTCOME");
        if (told || !own.some(({ leaf }) => leaf.type === "ACCESS" && leaf.fields.some(({ permitted }) => permitted)))
          return own;
        await kept.more();
      }
    },
    reset() {
      wire.asked.length = 0;
      wire.interfere = untouched;
      kept.fail(null);
      setClock(storyMoment);
    },
    async close() {
      for (const gateway of running) await gateway.close();
      await Promise.all(reached.flat().map((way) => way.close()));
      for (const proxy of proxies) await proxy.close();
      for (const one of listening) await one.close();
      for (const { running: subgraph } of opened) await subgraph.close();
      await store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function openStore(kind: "embedded" | "server") {
  if (kind === "embedded") {
    const pglite = await openEmbedded();
    return {
      forSubgraphs: { kind: "embedded" as const, pglite },
      openLog: () => openPgliteStore(pglite),
      sql: async (statement: string, values: readonly unknown[] = []) =>
        (await pglite.query<Record<string, unknown>>(statement, [...values])).rows,
      close: () => pglite.close(),
    };
  }
  const database = await createDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    forSubgraphs: { kind: "server" as const, url: database.url },
    openLog: (log: Logger) => openPostgresStore({ url: database.url, log }),
    sql: async (statement: string, values: readonly unknown[] = []) =>
      (await client.query<Record<string, unknown>>(statement, [...values])).rows,
    async close() {
      await client.end();
      await database.drop();
    },
  };
}
