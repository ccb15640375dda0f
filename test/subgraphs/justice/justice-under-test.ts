import { randomUUID } from "node:crypto";
import type { PGlite } from "@electric-sql/pglite";
import { generateKeyPair } from "jose";
import { pino } from "pino";
import type { Principal } from "../../../schema/principal.js";
import { justice } from "../../../subgraphs/justice/index.js";
import { openSubgraph, type RunningSubgraph } from "../../../subgraphs/kit/subgraph.js";
import { createDatabase } from "../../kit/databases.js";
import { openEmbedded } from "../../kit/embedded-database.js";
import { signToken } from "../../kit/sign-token.js";
import { fakeGateway, freshWorld, type World } from "./fake-graph.js";

export type Who = Omit<Principal, "service" | "onBehalfOf">;

const person = { country: null, authority: null, platform: null };
export const paris: Who = { ...person, sub: "judge-1", role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
export const prosecutor: Who = { ...paris, sub: "prosecutor-1", authority: "fr-parquet-paris" };
export const berlin: Who = { ...person, sub: "judge-2", role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" };
export const facebook: Who = { ...person, sub: "provider-1", role: "PROVIDER", platform: "FACEBOOK" };
export const fjordnet: Who = { ...facebook, sub: "provider-2", platform: "FJORDNET" };
export const centralFr: Who = { ...person, sub: "central-1", role: "CENTRAL_AUTHORITY", country: "FR" };
export const auditor = (scope: Partial<Who> = {}): Who => ({ ...person, sub: "auditor-1", role: "AUDITOR", ...scope });
export const enforcer: Who = {
  ...person,
  sub: "e-1",
  role: "ENFORCING_AUTHORITY",
  country: "IE",
  authority: "ie-hc-dublin",
};
export const engineer: Who = { ...person, sub: "engineer-1", role: "ENGINEER" };
export const gateway: Who = { ...person, sub: "gateway", role: "GATEWAY" };

export type Answer = {
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes and assert the values.
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
};

export interface JusticeUnderTest {
  readonly running: RunningSubgraph;
  readonly world: World;
  /** Business time; set it to move it. */
  now: Date;
  /** `idempotencyKey`: as the gateway hands on what stands in `@idempotent(key:)`. */
  ask(
    who: Who | Principal,
    query: string,
    variables?: Record<string, unknown>,
    idempotencyKey?: string,
  ): Promise<Answer>;
  /** The same on connections of its own, as another process would ask; on a server alone. */
  beside(): Promise<JusticeUnderTest["ask"]>;
  close(): Promise<void>;
}

/** An embedded database for several tests of one file: a new one costs seconds. */
export const embeddedDatabase = (): Promise<PGlite> => openEmbedded();

/**
 * The justice subgraph on an empty database with the demo register, before a graph of the test's making. `shared` is emptied first and left
 * open at the end.
 */
export async function openJustice(
  kind: "embedded" | "server",
  now: string,
  shared?: PGlite,
): Promise<JusticeUnderTest> {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519" });
  const temporary = kind === "server" ? await createDatabase() : null;
  const pglite = kind === "embedded" ? (shared ?? (await embeddedDatabase())) : null;
  await shared?.exec("drop schema if exists justice cascade");
  const world = freshWorld();
  const under = { now: new Date(now), world } as JusticeUnderTest & { running: RunningSubgraph };
  const itemsOf = async (id: string) =>
    (await under.running
      .em()
      .execute("select id, category from justice.warrant_items where warrant_id = ? order by position", [id])) as {
      id: string;
      category: string;
    }[];
  const open = (): Promise<RunningSubgraph> =>
    openSubgraph(justice, {
      database: pglite ? { kind: "embedded", pglite } : { kind: "server", url: temporary?.url ?? "" },
      clock: () => under.now,
      gatewayKeys: async () => publicKey,
      askGateway: fakeGateway(world, itemsOf),
      log: pino({ level: "silent" }),
    });
  const askOf =
    (running: RunningSubgraph): JusticeUnderTest["ask"] =>
    async (who, query, variables = {}, idempotencyKey = undefined) => {
      const claims = { aud: "justice", op: randomUUID(), principal: who };
      const issuedAt = Math.floor(under.now.getTime() / 1000);
      const token = await signToken({ kind: "call", claims, issuedAt }, privateKey);
      const response = await running.handle({
        body: JSON.stringify({ query, variables, ...(idempotencyKey && { extensions: { idempotencyKey } }) }),
        headers: { authorization: `Bearer ${token}` },
      });
      if (response.status !== 200) throw new Error(`${response.status}: ${response.body}`);
      return JSON.parse(response.body) as Answer;
    };
  const others: RunningSubgraph[] = [];
  under.running = await open();
  await under.running.migrate();
  await under.running.loadBase();
  under.ask = askOf(under.running);
  under.beside = async () => {
    if (temporary === null) throw new Error("an embedded database is one session");
    const other = await open();
    others.push(other);
    return askOf(other);
  };
  under.close = async () => {
    for (const running of [under.running, ...others]) await running.close();
    if (pglite !== shared) await pglite?.close();
    await temporary?.drop();
  };
  return under;
}
