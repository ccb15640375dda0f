import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { JWK } from "jose";
import { jwksPath } from "../../schema/calls.js";
import { consoleHeaders } from "../respond/security-headers.js";
import { type Figures, printFigures } from "./figures.js";
import { packageRoot } from "./package-root.js";
import type { CheckReadiness } from "./readiness.js";

export interface AddressParts {
  readonly ready: CheckReadiness;
  /** Rejects where they are not known just now. */
  readonly figures: () => Promise<Figures>;
  /** The keys by which subgraphs check the gateway's calls and grants. */
  readonly gatewayKeys: () => readonly JWK[];
  /** The key of the log's checkpoints, and the raw Ed25519 key (hex) with which this process signs its batches; null while there is none. */
  readonly logKeys: () => { readonly log: string | null; readonly writer: string | null };
}

const pages = [
  { address: "/", file: "console.html", type: "text/html; charset=utf-8" },
  ...["console.js", "events.js", "examples.js", "show.js"].map((file) => ({
    address: `/${file}`,
    file,
    type: "text/javascript; charset=utf-8",
  })),
  { address: "/console.css", file: "console.css", type: "text/css; charset=utf-8" },
];

/** What a gateway answers beside GraphQL. Nothing here needs a token, and nothing here tells of anybody. */
export function serveAddresses(server: FastifyInstance, { ready, figures, gatewayKeys, logKeys }: AddressParts): void {
  server.get("/health/live", async () => ({ status: "live" }));
  server.get("/health/ready", async (_request, reply) => {
    const missing = await ready();
    return reply
      .code(missing.length === 0 ? 200 : 503)
      .send(missing.length === 0 ? { status: "ready" } : { status: "not ready", missing });
  });
  server.get("/metrics", async (_request, reply) => {
    const counted = await figures().catch(() => null);
    if (counted === null) return reply.code(503).send({ status: "the figures are not known just now" });
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(printFigures(counted));
  });
  server.get(jwksPath, async () => ({ keys: gatewayKeys() }));
  server.get("/.well-known/rogatory/log-key", async (_request, reply) => {
    const { log, writer } = logKeys();
    if (writer === null) return reply.code(503).send({ status: "the log cannot be written just now" });
    if (log === null) return reply.code(503).send({ status: "the log has not signed a checkpoint yet" });
    return { algorithm: "Ed25519", log, writer };
  });
  for (const { address, file, type } of pages) {
    const content = readFileSync(join(packageRoot, "gateway", "console", file));
    server.get(address, async (_request, reply) => reply.headers(consoleHeaders).type(type).send(content));
  }
}
