/**
 * A process of its own: our gateway over the shop, put together as `rogatory serve gateway` puts it together, with authorization and the record switched on. Its
 * log is written to the PostgreSQL server that it is given; without one it answers open operations alone.
 */
import { oneSigningKey } from "../../../gateway/authenticate/keep-signing-keys.js";
import { openAnswerSeal } from "../../../gateway/authenticate/seal-answers.js";
import { openCallSigner } from "../../../gateway/authenticate/sign-calls.js";
import { generateSigningKey } from "../../../gateway/authenticate/signing-key.js";
import { openClock } from "../../../gateway/main/clock.js";
import { openLog } from "../../../gateway/main/log.js";
import { openGateway } from "../../../gateway/main/open-gateway.js";
import { reachOverHttp } from "../../../gateway/main/reach-over-http.js";
import { openPlanner } from "../../../gateway/plan/open-planner.js";
import { followIntegration } from "../../../gateway/record/follow-integration.js";
import { openRecorder } from "../../../gateway/record/open-recorder.js";
import { openPostgresStore } from "../../../gateway/record/postgres-store.js";
import { composeGraph } from "../../../schema/compose.js";
import type { LogStore } from "../../../schema/ledger/log-store.js";
import { storyMoment } from "../../kit/start-rogatory.js";
import { readTrustOf } from "../make-tokens.js";
import { shopSources, wideSources } from "../shop/shop-sdl.js";

const [shop = "", home = "", databaseUrl = "", types = "0"] = process.argv.slice(2);
const clock = openClock(new Date(storyMoment));
// Requests are written to the log as they are in production; where it goes costs the same everywhere.
const log = openLog("info", "gateway");
const sources = [...shopSources({ guarded: true }), ...wideSources(Number(types))];
const composed = composeGraph(sources);
if (!("graph" in composed)) throw new Error(composed.findings.map(({ message }) => message).join("\n"));
const { graph } = composed;

const nowhere: LogStore = { timeoutMs: 250, append: async () => undefined, close: async () => undefined };
const store = databaseUrl === "" ? nowhere : openPostgresStore({ url: databaseUrl, log });
const keys = oneSigningKey(await generateSigningKey());
const names = [...sources.map(({ name }) => name), "justice", "treaty", "audit"];

const gateway = await openGateway({
  graph,
  safelist: null,
  planner: await openPlanner(graph),
  handlers: new Map(names.map((name) => [name, reachOverHttp(`${shop}/${name}/graphql`).handle])),
  checkSubgraph: async () => undefined,
  trust: readTrustOf(home),
  signer: openCallSigner({ keys, clock }),
  seal: openAnswerSeal({ keys, clock }),
  publishedKeys: keys.published,
  gatewayKeys: () => Promise.reject(new Error("no subgraph asks back here")),
  recorder: await openRecorder({ store, clock, log }),
  followIntegration: (ask) => followIntegration({ ask }),
  // The shop's services owe the log nothing.
  carryActs: () => ({ close: async () => undefined }),
  clock,
  production: true,
  log,
});
const url = `${await gateway.listen({ host: "127.0.0.1", port: 0 })}/graphql`;
process.send?.({ url });
process.on("disconnect", () => process.exit());
