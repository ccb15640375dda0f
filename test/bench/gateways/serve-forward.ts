/**
 * A process of its own: a plain Node HTTP server that, for each request, sends the subgraph requests that our gateway sends for it, reads their JSON, and writes
 * the answer as JSON. It plans, checks, signs and decides nothing: what it costs is what any gateway in Node pays for its HTTP and its JSON.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

/** One operation: requests that go out together, one list after the other, and the answer. */
interface Script {
  readonly steps: readonly (readonly { readonly path: string; readonly body: string }[])[];
  readonly answer: object;
}

const [shop = ""] = process.argv.slice(2);
const pool = new Pool(shop, { connections: 32, pipelining: 1 });
let scripts = new Map<string, Script>();

async function follow({ steps, answer }: Script): Promise<string> {
  for (const step of steps)
    await Promise.all(
      step.map(async ({ path, body }) => {
        const headers = { "content-type": "application/json" };
        const response = await pool.request({ path, method: "POST", headers, body });
        JSON.parse(await response.body.text());
      }),
    );
  return JSON.stringify(answer);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", async () => {
    const asked = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()));
    const body = await follow(scripts.get(asked) as Script);
    response.setHeader("content-type", "application/json");
    response.end(body);
  });
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` });
});
process.on("message", (told: [string, Script][]) => {
  scripts = new Map(told);
  process.send?.({ ready: true });
});
process.on("disconnect", () => process.exit());
