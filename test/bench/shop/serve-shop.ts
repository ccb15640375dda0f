/**
 * A process of its own that answers for every subgraph of the shop, `/NAME/graphql`, and for the three services that a gateway of ours asks in its own name.
 * What was asked once is answered from memory, so that a gateway is what is measured and not its subgraphs.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { execute, type GraphQLSchema, parse } from "graphql";
import { BoundedCache } from "../../../gateway/plan/bounded-cache.js";
import { shopSchemas } from "./shop-schemas.js";
import { answerAudit, answerJustice, answerTreaty } from "./stand-ins.js";

interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const schemas = shopSchemas();
const standIns: Readonly<Record<string, (asked: Asked) => object>> = {
  justice: answerJustice,
  treaty: answerTreaty,
  audit: answerAudit,
};
const answers = new BoundedCache<Buffer>(4_096);
let served = 0;
/** While somebody wants to know what is asked: the requests, those that were under way together in one list. */
let recorded: { path: string; body: string }[][] | null = null;
let underWay = 0;

async function answer(name: string, text: string): Promise<Buffer> {
  const known = answers.get(`${name} ${text}`);
  if (known) return known;
  const asked = JSON.parse(text) as Asked & { readonly extensions?: unknown };
  // A grant's scope stands beside the question and is another one each time.
  const key = `${name} ${asked.extensions === undefined ? text : JSON.stringify([asked.query, asked.variables])}`;
  const again = answers.get(key);
  if (again) return again;
  const made = Buffer.from(JSON.stringify(await make(name, asked)));
  answers.set(key, made);
  return made;
}

async function make(name: string, asked: Asked): Promise<object> {
  const standIn = standIns[name];
  if (standIn) return { data: standIn(asked) };
  const schema = schemas.get(name) as GraphQLSchema;
  return execute({ schema, document: parse(asked.query), variableValues: asked.variables ?? {} });
}

/** Notes a request and holds its answer back for a moment, so that what goes out together is seen together. */
async function record(steps: { path: string; body: string }[][], asked: { path: string; body: string }): Promise<void> {
  if (underWay === 0) steps.push([asked]);
  else steps.at(-1)?.push(asked);
  underWay += 1;
  await new Promise((resolve) => setTimeout(resolve, 20));
  underWay -= 1;
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => resolve(Buffer.concat(chunks).toString()));
    request.on("error", reject);
  });
}

const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
  const name = request.url?.split("/")[1] ?? "";
  if (name === "served") {
    response.end(String(served));
    return;
  }
  if (name === "record") {
    response.end(JSON.stringify(recorded ?? []));
    recorded = recorded === null ? [] : null;
    return;
  }
  try {
    const asked = await read(request);
    const body = await answer(name, asked);
    if (schemas.has(name)) served += 1;
    if (recorded !== null && schemas.has(name)) await record(recorded, { path: request.url as string, body: asked });
    response.writeHead(200, { "content-type": "application/json", "content-length": body.byteLength }).end(body);
  } catch (fault) {
    response.writeHead(500).end(String(fault));
  }
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit());
