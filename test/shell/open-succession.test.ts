import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { buildSchema } from "graphql";
import pino from "pino";
import type { Walk } from "../../gateway/main/answer-operation.js";
import { closeServer } from "../../gateway/main/close-server.js";
import { openKeptDocuments } from "../../gateway/main/documents/keep-documents.js";
import { openMetrics } from "../../gateway/main/metrics.js";
import { openApollo } from "../../gateway/main/open-apollo.js";
import { openHttpServer } from "../../gateway/main/open-http-server.js";
import { openSuccession, type Serving, type Succession } from "../../gateway/main/open-succession.js";
import { post } from "../kit/start-rogatory.js";

const log = pino({ level: "silent" });
const principal = { sub: "somebody", role: "JUDICIAL", country: null, authority: null, platform: null } as const;

/** A graph with one root of this name, whose operations are answered when `answer` resolves. */
async function serve(root: string, answer: () => Promise<string>, closed: () => void): Promise<Serving> {
  const walk: Walk = {
    begin: async (_authorization, method, { gone, ended }) => ({
      operation: { id: "1", principal, method, signal: gone, ended, name: null, logFailed: false },
    }),
    happened: async () => ({ cursor: "0", events: [] }),
    execute: async () => ({ data: { [root]: await answer() } }),
  };
  const apiSchema = buildSchema(`type Query { ${root}: String }`);
  const front = await openApollo({ apiSchema, supergraphSdl: "", walk, log, production: false });
  return {
    ...front,
    walk,
    documents: openKeptDocuments(),
    async close() {
      await front.apollo.stop();
      closed();
    },
  };
}

/** Something that a test waits for. */
function event(): { readonly happened: Promise<void>; happen(): void } {
  let happen = (): void => undefined;
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { happened, happen: () => happen() };
}

const begun = event();
const released = event();
const firstClosed = event();
const ends: string[] = [];
const closing = { second: (): void => undefined };
let succession: Succession;
let server: ReturnType<typeof openHttpServer>;
let url: string;
beforeAll(async () => {
  const first = await serve(
    "first",
    async () => {
      begun.happen();
      await released.happened;
      return "one";
    },
    () => {
      ends.push("first");
      firstClosed.happen();
    },
  );
  succession = openSuccession(first, (fault) => ends.push(String(fault)));
  server = openHttpServer({ succession, metrics: openMetrics(), log });
  await server.listen({ port: 0, host: "127.0.0.1" });
  url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/graphql`;
});
afterAll(async () => {
  await closeServer(server);
  await succession.close();
  expect(ends).toEqual(["first", "second", "third"]);
});

test("an operation ends on the graph that it began on, which is closed after it; new ones know only the next graph", async () => {
  const inFlight = post(url, "t", { query: "{ first }" });
  await begun.happened;
  succession.follow(
    await serve(
      "second",
      async () => "two",
      () => {
        ends.push("second");
        closing.second();
      },
    ),
  );

  expect(await post(url, "t", { query: "{ second }" })).toMatchObject({
    status: 200,
    body: { data: { second: "two" } },
  });
  const late = await post(url, "t", { query: "{ first }" });
  expect({ status: late.status, code: late.body.errors?.[0]?.extensions.code }).toEqual({
    status: 400,
    code: "GRAPHQL_VALIDATION_FAILED",
  });
  expect(ends).toEqual([]);

  released.happen();
  expect(await inFlight).toMatchObject({ status: 200, body: { data: { first: "one" } } });
  await firstClosed.happened;
  expect(ends).toEqual(["first"]);
});

test("a graph that nothing runs on is closed when the next one follows, and one in use is not, however often it is let go", async () => {
  const secondClosed = event();
  closing.second = secondClosed.happen;
  const one = succession.use();
  const another = succession.use();
  one.release();
  one.release();
  succession.follow(
    await serve(
      "third",
      async () => "three",
      () => ends.push("third"),
    ),
  );
  expect(await post(url, "t", { query: "{ third }" })).toMatchObject({
    status: 200,
    body: { data: { third: "three" } },
  });
  expect(ends).toEqual(["first"]);
  another.release();
  await secondClosed.happened;
  expect(ends).toEqual(["first", "second"]);
});
