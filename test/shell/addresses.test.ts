import { beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import fastify from "fastify";
import { type Figures, printFigures, sumFigures } from "../../gateway/main/figures.js";
import { openMetrics } from "../../gateway/main/metrics.js";
import { openReadiness } from "../../gateway/main/readiness.js";
import { serveAddresses } from "../../gateway/main/serve-addresses.js";

let server: FastifyInstance;
let missing: string[];
let writer: string | null;
let log: string | null;
let figures: () => Promise<Figures>;
beforeEach(() => {
  server = fastify();
  figures = async () => openMetrics().figures();
  missing = [];
  writer = "ab".repeat(32);
  log = "log.example+00000000+AAAA";
  const publicJwk = { kty: "OKP", crv: "Ed25519", x: "x", kid: "k" };
  serveAddresses(server, {
    ready: async () => missing,
    figures: () => figures(),
    gatewayKeys: () => [publicJwk],
    logKeys: () => ({ log, writer }),
  });
});
const get = (url: string) => server.inject({ method: "GET", url });

test("alive means that the process answers", async () => {
  expect((await get("/health/live")).json()).toEqual({ status: "live" });
});

test("ready names what is missing", async () => {
  expect((await get("/health/ready")).statusCode).toBe(200);
  missing = ["treaty", "rule book"];
  const answer = await get("/health/ready");
  expect({ status: answer.statusCode, body: answer.json() }).toEqual({
    status: 503,
    body: { status: "not ready", missing: ["treaty", "rule book"] },
  });
});

test("the keys of the gateway and of the log are public", async () => {
  expect((await get("/.well-known/rogatory/jwks.json")).json()).toEqual({
    keys: [{ kty: "OKP", crv: "Ed25519", x: "x", kid: "k" }],
  });
  expect((await get("/.well-known/rogatory/log-key")).json()).toEqual({ algorithm: "Ed25519", log, writer });
  log = null;
  expect((await get("/.well-known/rogatory/log-key")).statusCode).toBe(503);
  log = "log.example+00000000+AAAA";
  writer = null;
  expect((await get("/.well-known/rogatory/log-key")).statusCode).toBe(503);
});

describe("the console", () => {
  test("allows no script but its own file, and nothing inline", async () => {
    const { headers, body } = await get("/");
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(body).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|style=/);
  });

  test.each(["console", "events", "examples", "show"])(
    "%s.js writes what an answer holds as text, never as markup, and asks nobody else",
    async (script) => {
      const { headers, body } = await get(`/${script}.js`);
      expect(headers["content-type"]).toBe("text/javascript; charset=utf-8");
      expect(body).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?:\/\//);
    },
  );

  test("has its style", async () => {
    expect((await get("/console.css")).headers["content-type"]).toBe("text/css; charset=utf-8");
  });
});

describe("readiness", () => {
  const ask = async (service: string) => {
    if (service === "audit") throw new Error("out of reach");
    return { __typename: "Query" };
  };

  const checkSubgraph = async (service: string) => {
    if (service === "justice") throw new Error("its database does not answer");
  };

  test("needs every subgraph, the database of each, a rule book, and a log that is integrated", async () => {
    const ready = openReadiness({
      services: ["treaty", "audit", "justice"],
      ask,
      checkSubgraph,
      ruleBook: () => Promise.reject(new Error("none")),
      integrated: () => false,
    });
    await expect(ready()).resolves.toEqual(["audit", "justice", "rule book", "integration of the log"]);
    const whole = openReadiness({
      services: ["treaty"],
      ask,
      checkSubgraph,
      ruleBook: async () => "book",
      integrated: () => true,
    });
    await expect(whole()).resolves.toEqual([]);
  });

  test("what does not answer within the time of a fetch is missing", async () => {
    jest.useFakeTimers();
    const hangs = openReadiness({
      services: ["treaty"],
      ask,
      checkSubgraph: () => new Promise(() => undefined),
      ruleBook: async () => "book",
      integrated: () => true,
    });
    const missing = hangs();
    await jest.advanceTimersByTimeAsync(10_000);
    await expect(missing).resolves.toEqual(["treaty"]);
    jest.useRealTimers();
  });

  test("many who ask at once cause one look", async () => {
    let looks = 0;
    const ready = openReadiness({
      services: ["treaty"],
      ask: async () => {
        looks += 1;
        return {};
      },
      checkSubgraph,
      ruleBook: async () => "book",
      integrated: () => true,
    });
    await Promise.all([ready(), ready(), ready()]);
    expect(looks).toBe(1);
    await ready();
    expect(looks).toBe(2);
  });
});

test("metrics are Prometheus text with cumulative buckets", async () => {
  const metrics = openMetrics();
  metrics.answered(200, 0.003);
  metrics.answered(200, 0.2);
  metrics.answered(401, 60);
  metrics.withheld("NO_ROUTE", 2);
  const text = printFigures(metrics.figures());
  expect(text).toContain('rogatory_http_requests_total{status="200"} 2\n');
  expect(text).toContain('rogatory_http_request_seconds_bucket{le="0.005"} 1\n');
  expect(text).toContain('rogatory_http_request_seconds_bucket{le="0.25"} 2\n');
  expect(text).toContain('rogatory_http_request_seconds_bucket{le="+Inf"} 3\n');
  expect(text).toContain('rogatory_withheld_paths_total{code="NO_ROUTE"} 2\n');
  expect(text.endsWith("\n")).toBe(true);
});

test("figures of several are summed name by name, and are as old as the eldest", () => {
  const [one, other] = [openMetrics(), openMetrics()];
  one.answered(200, 0.003);
  one.answered(401, 2);
  other.answered(200, 0.2);
  other.withheld("NO_ROUTE", 3);
  const [first, second] = [one.figures(), { ...other.figures(), uptimeSeconds: 1e6 }];
  expect(sumFigures([first, second])).toEqual({
    statuses: { "200": 2, "401": 1 },
    withheld: { NO_ROUTE: 3 },
    buckets: [1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3],
    seconds: expect.closeTo(2.203, 6),
    answers: 3,
    workers: 2,
    memoryBytes: first.memoryBytes + second.memoryBytes,
    uptimeSeconds: 1e6,
  });
});

test("where the figures are not known, none are given", async () => {
  figures = async () => Promise.reject(new Error("the primary is silent"));
  const { statusCode, body } = await get("/metrics");
  expect(statusCode).toBe(503);
  expect(body).not.toContain("rogatory_");
});
