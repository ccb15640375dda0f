import { Pool } from "undici";
import type { SubgraphHandler } from "../../schema/calls.js";
import { limits } from "./limits.js";

/** A subgraph of another process, as the transport sees it. */
export interface Reached {
  readonly handle: SubgraphHandler;
  close(): Promise<void>;
}

/** Keeps a bounded pool of connections to a subgraph's GraphQL endpoint. Answers that never end or grow too long are cut off and count as no answer. */
export function reachOverHttp(endpoint: string): Reached {
  const { origin, pathname } = new URL(endpoint);
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
    async handle({ body, headers, signal }) {
      const response = await pool.request({
        path: pathname,
        method: "POST",
        body,
        headers,
        ...(signal === undefined ? {} : { signal }),
      });
      return { status: response.statusCode, body: await response.body.text() };
    },
    close: () => pool.close(),
  };
}
