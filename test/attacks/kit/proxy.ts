import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type GrantedScope, grantHeader, operationHeader } from "../../../schema/calls.js";

/** One request of a gateway to a subgraph, as it came over the wire. */
export interface Asked {
  readonly service: string;
  /** Whether it came with a grant: then it is meant for the identity half. */
  readonly identity: boolean;
  readonly operationId: string;
  /** Name, value, name, value, as they were sent. */
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly query: string;
  // biome-ignore lint/suspicious/noExplicitAny: attacks read variables of many shapes
  readonly variables: any;
  readonly scope: GrantedScope | null;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * What stands between a gateway and its subgraphs. It may let the request through with `forward`, change the reply, answer itself, or write to the connection
 * whatever it likes, to no end if it wants to.
 */
export type Interfere = (
  asked: Asked,
  forward: () => Promise<Reply>,
) => Promise<Reply | ((response: ServerResponse) => void)>;

/** Everything that a gateway asked, in order, and how it is interfered with. */
export interface Wire {
  readonly asked: Asked[];
  interfere: Interfere;
}

export const untouched: Interfere = (_asked, forward) => forward();

export function openWire(): Wire {
  return { asked: [], interfere: untouched };
}

export interface Proxy {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  close(): Promise<void>;
}

/** Listens in front of a subgraph. */
export async function openProxy(service: string, target: string, wire: Wire): Promise<Proxy> {
  const server = createServer((request, response) => {
    pass(service, target, wire, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(
  service: string,
  target: string,
  wire: Wire,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const asked = read(service, request, Buffer.concat(chunks).toString("utf8"));
  wire.asked.push(asked);
  const reply = await wire.interfere(asked, () => send(target, asked.body, forwarded(asked.headers)));
  if (typeof reply === "function") reply(response);
  else response.writeHead(reply.status, reply.headers).end(reply.body);
}

function read(service: string, request: IncomingMessage, body: string): Asked {
  const { query, variables, extensions } = JSON.parse(body);
  const headers = request.headers as Record<string, string>;
  return {
    service,
    identity: headers[grantHeader] !== undefined,
    operationId: headers[operationHeader] ?? "",
    rawHeaders: request.rawHeaders,
    headers,
    body,
    query,
    variables,
    scope: extensions?.rogatory ?? null,
  };
}

/** Headers of the exchange itself are made anew. */
function forwarded(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !["host", "connection", "content-length", "transfer-encoding"].includes(name),
    ),
  );
}

/** Posts a body byte for byte. */
export async function send(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Reply> {
  const answer = await fetch(url, { method: "POST", body, headers });
  return {
    status: answer.status,
    headers: { "content-type": answer.headers.get("content-type") ?? "" },
    body: await answer.text(),
  };
}
