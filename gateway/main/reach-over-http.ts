import { Pool } from "undici";
import type { SubgraphHandler } from "../../schema/calls.js";
import { collectAnswer } from "./collect-answer.js";
import { limits } from "./limits.js";

/** A subgraph of another process, as the transport sees it. */
export interface Reached {
  readonly handle: SubgraphHandler;
  /** Rejects while it does not say that it is ready, which it is while its database answers. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps a bounded pool of connections to a subgraph's GraphQL endpoint. Answers that never end or grow too long are cut off and count as no answer. */
export function reachOverHttp(endpoint: string): Reached {
  const { origin, pathname } = new URL(endpoint);
  const health = new URL("health/ready", endpoint).pathname;
  const pool = new Pool(origin, {
    connections: limits.connections,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    connectTimeout: 2_000,
    headersTimeout: limits.fetchMs,
    bodyTimeout: limits.fetchMs,
    maxResponseSize: limits.answerBytes,
  });
  return {
    handle: ({ body, headers, signal }) =>
      collectAnswer(pool, { path: pathname, method: "POST", body, headers }, signal),
    async ready() {
      const { statusCode, body } = await pool.request({ path: health, method: "GET" });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${endpoint} is not ready (HTTP status ${statusCode})`);
    },
    close: () => pool.close(),
  };
}
