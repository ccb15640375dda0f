import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import type { EntityManager } from "../../subgraphs/kit/definition.js";
import { type Listening, listenSubgraph } from "../../subgraphs/kit/listen-subgraph.js";
import { openHandler } from "../../subgraphs/kit/open-handler.js";
import type { RunningSubgraph } from "../../subgraphs/kit/subgraph.js";
import { library } from "./library.js";
import { judge, moment, openSigner } from "./signer.js";

let signer: Awaited<ReturnType<typeof openSigner>>;
let listening: Listening;
let isDatabaseUp = true;

beforeAll(async () => {
  signer = await openSigner("library");
  const handle = openHandler(library, {
    clock: () => moment,
    gatewayKeys: signer.keys,
    askGateway: async () => ({ data: {} }),
    log: pino({ enabled: false }),
    em: () => ({ isInTransaction: () => false }) as unknown as EntityManager,
  });
  const ready = async () => {
    if (!isDatabaseUp) throw new Error("down");
  };
  listening = await listenSubgraph({ handle, ready } as unknown as RunningSubgraph, { host: "127.0.0.1", port: 0 });
});
afterAll(() => listening.close());

const post = async (body: string, headers: Record<string, string> = {}) => {
  const authorization = `Bearer ${await signer.signCall(judge)}`;
  return fetch(listening.url, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", authorization, ...headers },
  });
};

describe("over HTTP", () => {
  test("the same bytes as in process, never stored", async () => {
    const response = await post('{"query":"mutation { lend }"}');
    expect([response.status, await response.text()]).toEqual([200, '{"data":{"lend":"lent"}}']);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("without a call token: 401 with a GraphQL error", async () => {
    const response = await post('{"query":"{ _service { sdl } }"}', { authorization: "" });
    expect([response.status, await response.json()]).toMatchObject([
      401,
      { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] },
    ]);
  });

  test.each<[number, string, RequestInit]>([
    [405, "GET", { method: "GET" }],
    [
      415,
      "a form",
      { method: "POST", body: "query=x", headers: { "content-type": "application/x-www-form-urlencoded" } },
    ],
    [
      413,
      "17 MiB",
      { method: "POST", body: "x".repeat(17 * 1024 * 1024), headers: { "content-type": "application/json" } },
    ],
  ])("%i for %s", async (status, _what, init) => expect((await fetch(listening.url, init)).status).toBe(status));

  test("live always, ready while the database answers", async () => {
    const health = async (path: string) => (await fetch(new URL(path, listening.url))).status;
    expect([await health("/health/live"), await health("/health/ready"), await health("/nothing")]).toEqual([
      200, 200, 404,
    ]);
    isDatabaseUp = false;
    expect([await health("/health/live"), await health("/health/ready")]).toEqual([200, 503]);
  });
});
