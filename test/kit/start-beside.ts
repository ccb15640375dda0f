import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { openDevelopmentIssuer } from "../../gateway/authenticate/development-issuer.js";
import { openAnswerSeal } from "../../gateway/authenticate/seal-answers.js";
import { openCallSigner } from "../../gateway/authenticate/sign-calls.js";
import { openClock } from "../../gateway/main/clock.js";
import { openGateway } from "../../gateway/main/open-gateway.js";
import { openGatewayKeys } from "../../gateway/main/open-gateway-keys.js";
import { openLogFiles } from "../../gateway/main/open-log-files.js";
import { openSubgraphs, prepareSubgraphs } from "../../gateway/main/open-subgraphs.js";
import { reachOverHttp } from "../../gateway/main/reach-over-http.js";
import { sdlFolder } from "../../gateway/main/read-graph.js";
import { readSettings } from "../../gateway/main/settings.js";
import { subgraphs } from "../../gateway/main/subgraphs.js";
import { keysForGateway } from "../../gateway/main/trusted-gateway-keys.js";
import { openPlanner } from "../../gateway/plan/open-planner.js";
import { followIntegration } from "../../gateway/record/follow-integration.js";
import { openRecorder } from "../../gateway/record/open-recorder.js";
import { openPgliteStore } from "../../gateway/record/pglite-store.js";
import { composeGraph } from "../../schema/compose.js";
import { decodeBundle } from "../../schema/ledger/bundle.js";
import type { Leaf } from "../../schema/ledger/leaf.js";
import type { AskGateway } from "../../subgraphs/kit/ask-graph.js";
import { scanByGraph } from "../leaks/scan-answer.js";
import { carryingNothing } from "../record/kit.js";
import { openEmbedded } from "./embedded-database.js";
import { type Answer, type Claims, post, storyMoment } from "./start-rogatory.js";

/** A subgraph of a test's own, served over HTTP. */
export interface Beside {
  readonly name: string;
  readonly sdl: string;
  readonly url: string;
}

/** The real gateway and its subgraphs in this process, listening, federated with one more subgraph over HTTP. */
export interface StartedBeside {
  ask(claims: Claims, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Every leaf of the log so far, in order. */
  leaves(): Promise<readonly Leaf[]>;
  close(): Promise<void>;
}

/** Starts at the moment of the stories, on an embedded database in memory with the demo data. Throws with the findings where the graph does not compose. */
export async function startBeside({ name, sdl, url }: Beside): Promise<StartedBeside> {
  const home = await mkdtemp(path.join(tmpdir(), "rogatory-beside-"));
  const settings = readSettings({ ROGATORY_HOME: home, ROGATORY_NOW: storyMoment });
  const clock = openClock(settings.now);
  const log = pino({ enabled: false });
  const names = subgraphs.map((listed) => listed.name);
  const own = names.map((each) => ({ name: each, sdl: readFileSync(path.join(sdlFolder, `${each}.graphql`), "utf8") }));
  const composed = composeGraph([...own, { name, sdl }]);
  if ("findings" in composed) throw new Error(JSON.stringify(composed.findings, null, 2));
  scanByGraph(composed.graph);

  const keys = await openGatewayKeys(settings, log);
  const signer = openCallSigner({ keys, clock });
  const gatewayKeys = keysForGateway(settings, keys);
  const issuer = await openDevelopmentIssuer(home, clock);
  const pglite = await openEmbedded();
  const gatewayOf: { ask: AskGateway } = { ask: () => Promise.reject(new Error("the gateway is not there yet")) };
  const [planner, opened] = await Promise.all([
    openPlanner(composed.graph),
    openSubgraphs(names, {
      database: { kind: "embedded", pglite },
      clock,
      gatewayKeys,
      askGateway: (question) => gatewayOf.ask(question),
      log,
      files: { audit: openLogFiles(settings) },
    }),
  ]);
  await prepareSubgraphs(opened, { production: false, base: false, demo: true });
  const reached = reachOverHttp(url);
  const gateway = await openGateway({
    graph: composed.graph,
    safelist: null,
    planner,
    handlers: new Map([
      ...opened.map(({ running }) => [running.name, running.handle] as const),
      [name, reached.handle],
    ]),
    checkSubgraph: async () => undefined,
    trust: { issuers: [issuer.issuer] },
    signer,
    seal: openAnswerSeal({ keys, clock }),
    followIntegration: (ask) => followIntegration({ ask }),
    carryActs: () => carryingNothing,
    publishedKeys: keys.published,
    gatewayKeys,
    recorder: await openRecorder({ store: openPgliteStore(pglite), clock, log }),
    clock,
    production: false,
    log,
  });
  gatewayOf.ask = gateway.ask;
  for (const { running } of opened) await running.start();
  const address = await gateway.listen({ host: "127.0.0.1", port: 0 });
  return {
    ask: async (claims, query, variables) =>
      post(`${address}/graphql`, await issuer.token(claims), { query, variables }),
    async leaves() {
      const { rows } = await pglite.query<{ bundle: Uint8Array }>(
        "select bundle from audit.audit_batch join audit.audit_bundle using (writer, seq, month) order by written_at, seq",
      );
      return rows
        .flatMap(({ bundle }) => decodeBundle(bundle))
        .map((leaf) => JSON.parse(leaf.toString("utf8")) as Leaf);
    },
    async close() {
      await gateway.close();
      await reached.close();
      for (const { running } of opened) await running.close();
      await pglite.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
