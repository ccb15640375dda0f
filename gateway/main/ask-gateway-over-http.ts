import { request } from "undici";
import type { AskGateway, GraphAnswer } from "../../subgraphs/kit/ask-graph.js";
import { limits } from "./limits.js";

/** How a subgraph of another process asks back. Throws when the gateway does not answer with GraphQL. */
export function askGatewayOverHttp(endpoint: string): AskGateway {
  return async ({ callToken, query, variables }) => {
    const { body } = await request(endpoint, {
      method: "POST",
      headers: { authorization: `Bearer ${callToken}`, "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
      headersTimeout: limits.fetchMs,
      bodyTimeout: limits.fetchMs,
      signal: AbortSignal.timeout(limits.fetchMs),
    });
    return (await body.json()) as GraphAnswer;
  };
}
