import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request } from "node:http";
import { describe, expect, test } from "@jest/globals";
import { refuseListening } from "../../gateway/main/refuse-listening.js";
import { SettingsError } from "../../gateway/main/settings.js";
import { listenSubgraph } from "../../subgraphs/kit/listen-subgraph.js";
import type { RunningSubgraph } from "../../subgraphs/kit/subgraph.js";
import { startFakeGateway } from "./fake-gateway.js";

describe("where it cannot listen", () => {
  const failure = async (host: string): Promise<unknown> => {
    const server = createServer().listen(0, host);
    return once(server, "listening").then(
      () => server.close(),
      (fault: unknown) => refuseListening({ host, port: 0 }, fault),
    );
  };

  test.each(["999.1.1.1", "192.0.2.1"])("%s: HOST is wrong", async (host) => {
    const refused = await failure(host);
    expect(refused).toBeInstanceOf(SettingsError);
    expect((refused as Error).message).toMatch(
      new RegExp(`^HOST: ${host} is no address of this machine \\(E[A-Z]+\\); expected one such as 127\\.0\\.0\\.1`),
    );
  });

  test("a port for others: PORT is wrong", () => {
    const refused = refuseListening({ host: "127.0.0.1", port: 80 }, Object.assign(new Error(), { code: "EACCES" }));
    expect(refused).toEqual(
      new SettingsError(["PORT: this process may not listen on port 80 (EACCES); expected one from 1024"]),
    );
  });

  test("a port that is taken is no wrong setting", () => {
    const taken = Object.assign(new Error(), { code: "EADDRINUSE" });
    expect(refuseListening({ host: "127.0.0.1", port: 4000 }, taken)).toBe(taken);
  });
});

describe("closing while a client that keeps its connection waits for an answer", () => {
  const holding = () => ({ reached: Promise.withResolvers<void>(), opened: Promise.withResolvers<void>() });

  /** Status of the answer, and milliseconds from it until everything was closed. */
  async function closeDuring(url: string, gate: ReturnType<typeof holding>, close: () => Promise<void>) {
    const headers = { "content-type": "application/json", authorization: "Bearer JUDICIAL" };
    const call = request(url, { method: "POST", headers, agent: new Agent({ keepAlive: true }) });
    call.end('{"query":"{ hello }"}');
    await gate.reached.promise;
    const closed = close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    gate.opened.resolve();
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    answer.resume();
    await once(answer, "end");
    const answered = performance.now();
    await closed;
    return { status: answer.statusCode, ms: performance.now() - answered };
  }

  test("a gateway answers and is closed at once", async () => {
    const gate = holding();
    const gateway = await startFakeGateway({
      run: async (executed) => {
        gate.reached.resolve();
        await gate.opened.promise;
        return executed;
      },
    });
    const { status, ms } = await closeDuring(`${gateway.url}/graphql`, gate, gateway.close);
    expect(status).toBe(200);
    expect(ms).toBeLessThan(1_500);
  }, 15_000);

  test("a subgraph likewise", async () => {
    const gate = holding();
    const handle = async () => {
      gate.reached.resolve();
      await gate.opened.promise;
      return { status: 200, body: "{}" };
    };
    const { url, close } = await listenSubgraph({ handle } as unknown as RunningSubgraph, {
      host: "127.0.0.1",
      port: 0,
    });
    const { status, ms } = await closeDuring(url, gate, close);
    expect(status).toBe(200);
    expect(ms).toBeLessThan(1_500);
  }, 15_000);
});
