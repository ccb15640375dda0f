import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import pino from "pino";
import { openAskService } from "../../gateway/main/ask-service.js";
import { limits } from "../../gateway/main/limits.js";
import { reachOverHttp } from "../../gateway/main/reach-over-http.js";
import { sendIdentity, sendPublicFor } from "../../gateway/main/send-fetch.js";
import { openSending, SubgraphUnreachable } from "../../gateway/main/send-to-subgraph.js";
import type { SubgraphRequest } from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";

const principal: Principal = {
  sub: "judge",
  role: "JUDICIAL",
  country: "FR",
  authority: "fr-tj-paris",
  platform: null,
};
const signer = {
  callToken: async ({ service }: { service: string }) => `call-for-${service}`,
  grant: async (service: string) => `grant-for-${service}`,
};
const lines: string[] = [];
const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
const call = { service: "platform", principal, operationId: "op-1", body: '{"query":"{ a }"}' };

function sendingTo(answer: { status: number; body: string } | (() => Promise<{ status: number; body: string }>)) {
  const received: SubgraphRequest[] = [];
  const handle = async (request: SubgraphRequest) => {
    received.push(request);
    return typeof answer === "function" ? answer() : answer;
  };
  return { received, send: openSending(new Map([["platform", handle]]), signer, log) };
}

describe("what is sent", () => {
  test("is the body byte for byte, a signed call, the operation, and no other header", async () => {
    const { received, send } = sendingTo({ status: 200, body: '{"data":{"a":1}}' });
    await expect(send(call)).resolves.toEqual({ data: { a: 1 } });
    expect(received).toEqual([
      {
        body: call.body,
        headers: {
          authorization: "Bearer call-for-platform",
          "content-type": "application/json",
          "rogatory-operation": "op-1",
        },
        signal: expect.any(AbortSignal),
      },
    ]);
  });

  test("to an identity half goes with a grant for the service behind it", async () => {
    const { received, send } = sendingTo({ status: 200, body: '{"data":{}}' });
    const halves = new Map([["platform_identity", "platform"]]);
    const { signal } = new AbortController();
    await sendIdentity(
      send,
      halves,
    )({ half: "platform_identity", principal, operationId: "op-1", body: "{}", grant: {} as never, signal });
    expect(received[0]?.headers["rogatory-grant"]).toBe("grant-for-platform");
  });

  test("to a half that no service answers for is not sent", async () => {
    const { received, send } = sendingTo({ status: 200, body: '{"data":{}}' });
    const { signal } = new AbortController();
    const fetch = sendPublicFor(send, new Map([["gateway_roots", null]]))(principal, "op-1");
    await expect(fetch({ half: "gateway_roots", query: "{ a }", variables: {}, signal })).rejects.toThrow(
      "no service answers for gateway_roots",
    );
    expect(received).toEqual([]);
  });

  test("by the gateway itself is sent as GATEWAY, and any error in the answer is no answer", async () => {
    const asked: Principal[] = [];
    const ask = openAskService(async ({ principal: by, body }) => {
      asked.push(by);
      return body.includes("bad") ? { data: { a: 1 }, errors: [{ message: "secret" }] } : { data: { a: 1 } };
    });
    await expect(ask("justice", "{ a }", {})).resolves.toEqual({ a: 1 });
    expect(asked[0]).toEqual({ sub: "gateway", role: "GATEWAY", country: null, authority: null, platform: null });
    await expect(ask("justice", "{ bad }", {})).rejects.toThrow("justice answered the gateway with an error");
  });
});

describe("no answer, or one that is no GraphQL, is a subgraph out of reach, and its words stay where they are", () => {
  test.each([
    [
      "a status that is not 200",
      { status: 500, body: '{"errors":[{"message":"secret"}]}' },
      "answered with HTTP status 500",
    ],
    ["no JSON", { status: 200, body: "secret" }, "not JSON"],
    ["no GraphQL", { status: 200, body: '["secret"]' }, "not GraphQL"],
    ["null", { status: 200, body: "null" }, "not GraphQL"],
  ])("%s", async (_name, answer, expected) => {
    const { send } = sendingTo(answer);
    const refused = send(call);
    await expect(refused).rejects.toBeInstanceOf(SubgraphUnreachable);
    await expect(refused).rejects.toThrow(expected);
    expect(lines.at(-1)).toContain(expected);
    expect(lines.at(-1)).toContain('"operationId":"op-1"');
    expect(lines.at(-1)).not.toContain("secret");
  });

  test("a subgraph nobody knows", async () => {
    await expect(openSending(new Map(), signer, log)(call)).rejects.toThrow("no subgraph is called platform");
  });

  test("one of this process that never answers ends with the operation", async () => {
    const { send } = sendingTo(() => new Promise(() => undefined));
    const ending = new AbortController();
    const sent = send({ ...call, signal: ending.signal });
    setTimeout(() => ending.abort(new Error("over")), 10);
    await expect(sent).rejects.toThrow("platform gave no answer (Error)");
  });
});

describe("over HTTP", () => {
  let server: Server;
  let reached: ReturnType<typeof reachOverHttp>;
  async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void, fetchMs?: number) {
    server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    reached = reachOverHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
    return openSending(new Map([["platform", reached.handle]]), signer, log, fetchMs);
  }
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await reached.close();
  });

  test("connections are kept", async () => {
    const sockets = new Set<unknown>();
    const seen = jest.fn<(path: string | undefined, authorization: string | undefined) => void>();
    const send = await serving((request, response) => {
      sockets.add(request.socket);
      seen(request.url, request.headers.authorization);
      response.end('{"data":{"a":1}}');
    });
    for (let round = 0; round < 10; round += 1) await expect(send(call)).resolves.toEqual({ data: { a: 1 } });
    expect(sockets.size).toBeLessThanOrEqual(2);
    expect(seen).toHaveBeenCalledWith("/graphql", "Bearer call-for-platform");
  });

  test("an answer of exactly as many bytes as may be is read", async () => {
    const body = (filling: string): string => `{"data":{"a":"${filling}"}}`;
    const whole = body("x".repeat(limits.answerBytes - body("").length));
    const send = await serving((_request, response) => response.end(whole));
    await expect(send(call)).resolves.toHaveProperty("data.a.length", limits.answerBytes - body("").length);
  });

  test("one byte more is no answer", async () => {
    const body = (filling: string): string => `{"data":{"a":"${filling}"}}`;
    const whole = body("x".repeat(limits.answerBytes - body("").length + 1));
    const send = await serving((_request, response) => response.end(whole));
    await expect(send(call)).rejects.toThrow("platform gave no answer (ResponseExceededMaxSizeError)");
  });

  test("an answer that comes byte by byte is over with its time, however often one comes", async () => {
    const send = await serving((_request, response) => {
      response.write('{"data":"');
      const slow = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(slow));
    }, 300);
    await expect(send(call)).rejects.toThrow("platform gave no answer");
  });

  test("a packed answer is not unpacked, and is none", async () => {
    const send = await serving((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"data":{"a":1}}'));
    });
    await expect(send(call)).rejects.toThrow("not JSON");
  });

  test("an answer that never ends is cut off", async () => {
    const send = await serving((_request, response) => {
      response.write('{"data":"');
      const endless = setInterval(() => response.write("x".repeat(1024 * 1024)), 1);
      response.on("close", () => clearInterval(endless));
    });
    await expect(send(call)).rejects.toThrow("platform gave no answer (ResponseExceededMaxSizeError)");
  }, 20_000);

  test("a subgraph is ready while it says so, beside its endpoint", async () => {
    let status = 200;
    const asked: (string | undefined)[] = [];
    await serving((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(status).end("{}");
    });
    await expect(reached.ready()).resolves.toBeUndefined();
    status = 503;
    await expect(reached.ready()).rejects.toThrow("is not ready (HTTP status 503)");
    expect(asked).toEqual(["GET /health/ready", "GET /health/ready"]);
  });

  test("a subgraph that is not there", async () => {
    const send = await serving(() => undefined);
    server.close();
    await expect(send(call)).rejects.toBeInstanceOf(SubgraphUnreachable);
  });
});
