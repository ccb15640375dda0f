import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { WitnessAnswer } from "./open-witness.js";

/** Bytes of a request: a proof of 63 hashes and a checkpoint with some signatures need a few thousand. */
const bodyLimit = 64 * 1024;

export interface ListeningWitness {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves POST /add-checkpoint (C2SP tlog-witness). Port 0 takes a free one. `failed` hears of faults of its own, which are answered 500 without a word. */
export async function listenWitness(
  answer: (body: string) => Promise<WitnessAnswer>,
  { host, port, failed }: { readonly host: string; readonly port: number; readonly failed: (fault: unknown) => void },
): Promise<ListeningWitness> {
  const server = createServer({ requestTimeout: 10_000 }, async (request, response) => {
    const reply = (status: number, type: string, body: string): void => {
      response.writeHead(status, { "content-type": type }).end(body);
    };
    try {
      if (request.url !== "/add-checkpoint")
        return reply(404, "text/plain", "a witness answers POST /add-checkpoint\n");
      if (request.method !== "POST") return reply(405, "text/plain", "a witness is asked by POST\n");
      const body = await readText(request);
      if (body === null) return reply(413, "text/plain", `a request has at most ${bodyLimit} bytes\n`);
      const { status, type, body: text } = await answer(body);
      reply(status, type, text);
    } catch (fault) {
      failed(fault);
      reply(500, "text/plain", "the witness failed\n");
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    async close() {
      server.closeIdleConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bodyLimit) chunks.push(chunk);
  }
  return length > bodyLimit ? null : Buffer.concat(chunks).toString("utf8");
}
