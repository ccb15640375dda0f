import type { FastifyInstance } from "fastify";
import { limits } from "./limits.js";

/**
 * Stops accepting and lets what runs finish; what has not by two seconds before `limits.stopMs` is cut off. A connection whose request runs now becomes idle
 * with its answer, and is closed then: its client would keep it open.
 */
export async function closeServer(server: FastifyInstance): Promise<void> {
  const tidy = setInterval(() => server.server.closeIdleConnections(), 50);
  const cutOff = setTimeout(() => server.server.closeAllConnections(), limits.stopMs - 2_000);
  await server.close();
  clearInterval(tidy);
  clearTimeout(cutOff);
}
