import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunningSubgraph } from "./definition.js";

/** Largest request body, in bytes: some ten thousand representations with their scope. */
const bodyLimit = 16 * 1024 * 1024;
/** Longest time to receive one request, in milliseconds. */
const receiveTimeout = 10_000;

export interface Listening {
  readonly url: string;
  /** Stops accepting, lets running requests finish. */
  close(): Promise<void>;
}

/** Serves a subgraph over HTTP: POST /graphql, GET /health/live and /health/ready. Port 0 takes a free one. */
export async function listenSubgraph(
  running: RunningSubgraph,
  { host, port }: { host: string; port: number },
): Promise<Listening> {
  const server = createServer({ requestTimeout: receiveTimeout }, (request, response) => {
    // The handler never rejects: what fails here is the connection, and there is nobody left to tell.
    route(running, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}/graphql`,
    async close() {
      // A connection whose call still runs becomes idle with its answer, and the gateway's pool keeps it open.
      const tidy = setInterval(() => server.closeIdleConnections(), 50);
      await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
      clearInterval(tidy);
    },
  };
}

async function route(running: RunningSubgraph, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "").split("?")[0];
  if (request.method === "GET" && path === "/health/live") return send(response, 200, { status: "live" });
  if (request.method === "GET" && path === "/health/ready") return ready(running, response);
  if (path !== "/graphql") return send(response, 404, error("NOT_FOUND", "this subgraph answers POST /graphql"));
  if (request.method !== "POST") return send(response, 405, error("BAD_REQUEST", "a subgraph is asked by POST"));
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? ""))
    return send(response, 415, error("BAD_REQUEST", "content-type must be application/json"));
  const body = await readText(request);
  if (body === null) {
    response.setHeader("connection", "close");
    return send(response, 413, error("BAD_REQUEST", `a body has at most ${bodyLimit} bytes`));
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const answer = await running.handle({ body, headers });
  response.writeHead(answer.status, jsonHeaders).end(answer.body);
}

async function ready(running: RunningSubgraph, response: ServerResponse): Promise<void> {
  const isReady = await running.ready().then(
    () => true,
    () => false,
  );
  send(response, isReady ? 200 : 503, { status: isReady ? "ready" : "the database does not answer" });
}

/** Null when it is longer than allowed; the rest is read and dropped, within the time for receiving, so that the answer arrives. */
async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bodyLimit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > bodyLimit ? null : Buffer.concat(chunks).toString("utf8");
}

const jsonHeaders = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, jsonHeaders).end(JSON.stringify(body));
}

function error(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
