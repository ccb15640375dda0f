import { readFileSync } from "node:fs";
import { expect } from "@jest/globals";
import { createLocalJWKSet, exportJWK, generateKeyPair } from "jose";
import { pino } from "pino";
import { parseRuleBook } from "../../../schema/law/parse-rule-book.js";
import type { Principal } from "../../../schema/principal.js";
import type { AskGateway } from "../../../subgraphs/kit/ask-graph.js";
import { openSubgraph, type RunningSubgraph } from "../../../subgraphs/kit/subgraph.js";
import { treaty } from "../../../subgraphs/treaty/index.js";
import { openEmbedded } from "../../kit/embedded-database.js";
import { signToken } from "../../kit/sign-token.js";

// biome-ignore lint/suspicious/noExplicitAny: a test reads answers of any shape.
export type Answer = { data?: any; errors?: { message: string; extensions: Record<string, unknown> }[] };

export interface TreatyUnderTest {
  readonly running: RunningSubgraph;
  ask(query: string, variables?: Record<string, unknown>, principal?: Principal): Promise<Answer>;
  /** What the gateway answers when treaty asks back; the questions it got. */
  graph: {
    answer: Record<string, unknown>;
    readonly asked: { query: string; variables: Readonly<Record<string, unknown>> }[];
  };
  close(): Promise<void>;
}

/** The first rule book, as it ships. */
export const firstText = readFileSync("subgraphs/treaty/data/rule-book-0.1.0.json", "utf8");
export const firstBook = parseRuleBook(JSON.parse(firstText));

export const now = new Date("2026-11-23T10:00:00Z");
export const engineer: Principal = { sub: "e", role: "ENGINEER", country: null, authority: null, platform: null };
export const gateway: Principal = { sub: "gateway", role: "GATEWAY", country: null, authority: null, platform: null };
export const parisJudge: Principal = {
  sub: "j",
  role: "JUDICIAL",
  country: "FR",
  authority: "fr-tj-paris",
  platform: null,
};

/** The treaty subgraph on an embedded database of its own, in memory, with the first rule book. */
export async function openTreaty(): Promise<TreatyUnderTest> {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA");
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), alg: "EdDSA", kid: "gateway" }] });
  const graph: TreatyUnderTest["graph"] = { answer: {}, asked: [] };
  const askGateway: AskGateway = async ({ query, variables }) => {
    graph.asked.push({ query, variables });
    return { data: graph.answer };
  };
  const pglite = await openEmbedded();
  const running = await openSubgraph(treaty, {
    database: { kind: "embedded", pglite },
    clock: () => now,
    gatewayKeys: keys,
    askGateway,
    log: pino({ level: "silent" }),
  });
  await running.migrate();
  await running.loadBase();
  return {
    running,
    graph,
    async ask(query, variables = {}, principal = engineer) {
      const claims = { aud: "treaty", op: "op-1", principal };
      const token = await signToken({ kind: "call", claims, issuedAt: now.getTime() / 1000 }, privateKey);
      const { body } = await running.handle({
        body: JSON.stringify({ query, variables }),
        headers: { authorization: `Bearer ${token}` },
      });
      return JSON.parse(body) as Answer;
    },
    async close() {
      await running.close();
      await pglite.close();
    },
  };
}

/** Asks and gives the data; an error in the answer fails the test. */
export function askerOf(treaty: () => TreatyUnderTest) {
  return async (
    query: string,
    variables: Record<string, unknown> = {},
    principal: Principal = engineer,
  ): Promise<Answer["data"]> => {
    const answer = await treaty().ask(query, variables, principal);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
}
