import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { openDevelopmentIssuer } from "../../gateway/authenticate/development-issuer.js";
import { oneSigningKey } from "../../gateway/authenticate/keep-signing-keys.js";
import { openAnswerSeal } from "../../gateway/authenticate/seal-answers.js";
import { openCallSigner } from "../../gateway/authenticate/sign-calls.js";
import { openSigningKey } from "../../gateway/authenticate/signing-key.js";
import { openGateway, type RunningGateway } from "../../gateway/main/open-gateway.js";
import { packageRoot } from "../../gateway/main/package-root.js";
import { type Reached, reachOverHttp } from "../../gateway/main/reach-over-http.js";
import { subgraphs } from "../../gateway/main/subgraphs.js";
import { openPlanner } from "../../gateway/plan/open-planner.js";
import type { SubgraphHandler, SubgraphRequest } from "../../schema/calls.js";
import { composeGraph } from "../../schema/compose.js";
import { openGatewayKeys } from "../../subgraphs/kit/gateway-keys.js";
import { now, warrant } from "../door/circumstances.js";
import { type Answer, post } from "../kit/start-rogatory.js";
import { bookText } from "../law/book.js";
import { carryingNothing, integrated, MemoryStore, record } from "../record/kit.js";
import { name, sdl, serve } from "./without-the-kit.js";

/** The comments federated with ours: one gateway and one subgraph that never saw the kit, over HTTP; what justice and treaty would say is said here. */
let gateway: RunningGateway;
let comments: Awaited<ReturnType<typeof serve>>;
let reached: Reached;
let url: string;
let judge: string;
let home: string;
const store = new MemoryStore();
const sent: SubgraphRequest[] = [];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "rogatory-example-"));
  const clock = (): Date => now;
  const committed = subgraphs.map((ours) => ({
    name: ours.name,
    sdl: readFileSync(join(packageRoot, "schema", "sdl", `${ours.name}.graphql`), "utf8"),
  }));
  const composed = composeGraph([...committed, { name, sdl }]);
  if ("findings" in composed) throw new Error(JSON.stringify(composed.findings));
  const keys = oneSigningKey(await openSigningKey(join(home, "gateway-key.json")));
  const issuer = await openDevelopmentIssuer(home, clock);
  const handlers = new Map<string, SubgraphHandler>([
    ["justice", async () => answered({ doorWarrants: [doorWarrant()] })],
    ["treaty", async () => answered({ ruleBookDocument: { hash: "book", document: bookText } })],
    [
      name,
      async (request) => {
        sent.push(request);
        return reached.handle(request);
      },
    ],
  ]);
  gateway = await openGateway({
    graph: composed.graph,
    safelist: null,
    planner: await openPlanner(composed.graph),
    handlers,
    checkSubgraph: async () => undefined,
    trust: { issuers: [issuer.issuer] },
    signer: openCallSigner({ keys, clock }),
    seal: openAnswerSeal({ keys, clock }),
    publishedKeys: keys.published,
    gatewayKeys: openGatewayKeys([]),
    recorder: await record(store, { timeoutMs: 30_000 }),
    followIntegration: () => integrated,
    carryActs: () => carryingNothing,
    clock,
    production: false,
    log: pino({ enabled: false }),
  });
  url = await gateway.listen({ host: "127.0.0.1", port: 0 });
  comments = await serve({ jwks: `${url}/.well-known/rogatory/jwks.json`, port: 0, now: clock });
  reached = reachOverHttp(comments.url);
  judge = await issuer.token({ role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" });
});
afterAll(async () => {
  await gateway?.close();
  await reached?.close();
  await comments?.close();
  rmSync(home, { recursive: true, force: true });
});

const answered = (data: unknown) => ({ status: 200, body: JSON.stringify({ data }) });

/** The warrant of the door's tests, about a reader of the newspaper. */
function doorWarrant() {
  const { period, targets, ...told } = warrant;
  const content = "the order, as it was issued";
  return {
    ...told,
    content,
    contentHash: createHash("sha256").update(content).digest("hex"),
    unsigned: false,
    signatures: [],
    periodFrom: period?.from,
    periodTo: period?.to,
    targets: targets.map(({ id, kind }) => ({
      id,
      kind,
      accountId: "reader-1",
      believedNationality: null,
      believedResidence: "FR",
      believedLocatedIn: null,
      believedProtectedRole: null,
    })),
  };
}

const query = "{ comments { text author { penName subscriptionName } sentFrom { address seenAt } } }";
const ask = (text: string): Promise<Answer> =>
  post(`${url}/graphql`, judge, { query: text, variables: { w: warrant.id } });
const shut = (text: string, penName: string) => ({ text, author: { penName, subscriptionName: null }, sentFrom: null });

describe("a subgraph that knows the contract and not the kit, behind our gateway", () => {
  test("answers what the warrant opens, and of nobody else", async () => {
    const { status, body } = await ask(`query ($w: ID!) @warrant(id: $w) ${query}`);
    expect(status).toBe(200);
    expect(body.data).toEqual({
      comments: [
        {
          text: "First.",
          author: { penName: "quill", subscriptionName: "Specimen Reader One" },
          sentFrom: { address: "198.51.100.201", seenAt: "2026-11-01T12:00:00Z" },
        },
        shut("Second.", "nib"),
      ],
    });
    expect(body.errors?.map(({ extensions }) => extensions.decision.code)).toEqual([
      "SUBJECT_NOT_NAMED",
      "SUBJECT_NOT_NAMED",
    ]);
    expect(
      store
        .leaves()
        .flat()
        .filter(({ type }) => type === "ACCESS").length,
    ).toBeGreaterThan(0);
  });

  test("is never asked without a warrant", async () => {
    sent.length = 0;
    const { body } = await ask(query);
    expect(body.data.comments).toEqual([shut("First.", "quill"), shut("Second.", "nib")]);
    expect(sent.map(({ headers }) => headers["rogatory-grant"])).toEqual([undefined]);
  });

  test("asked around the gateway it gives nothing: not without a call, not without a grant, not with a grant that was used", async () => {
    sent.length = 0;
    await ask(`query ($w: ID!) @warrant(id: $w) ${query}`);
    const granted = sent.filter(({ headers }) => headers["rogatory-grant"] !== undefined);
    expect(granted.length).toBeGreaterThan(0);
    for (const { body, headers } of granted) {
      const { "rogatory-grant": _grant, ...called } = headers;
      const { authorization: _call, ...nobody } = headers;
      const answers = await Promise.all(
        [headers, called, nobody].map((given) => reached.handle({ body, headers: given })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 401]);
      for (const answer of answers) expect(answer.body).not.toMatch(/Specimen|198\.51/);
    }
  });
});
