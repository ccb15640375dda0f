import type { Socket } from "node:net";
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

/** Connections that a client opened beforehand and has said nothing on are closed first: Node waits for them as if a request ran. */
export function closeSilentOnes(server: FastifyInstance): void {
  const sockets = new Set<Socket>();
  server.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.addHook("preClose", async () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  });
}
