import { createHash, createHmac } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, type GraphQLResolveInfo, parse } from "graphql";
import { createLocalJWKSet, type JWK, jwtVerify } from "jose";
import { sdl as exampleSdl } from "../examples/without-the-kit.js";

/** What a subgraph may forget to check, or do besides. */
export type Omission =
  | "call-token"
  | "call-token-for-service"
  | "signature"
  | "key-id"
  | "alg-none"
  | "alg-hmac"
  | "typ"
  | "kind"
  | "listed"
  | "one-disclosure"
  | "hash"
  | "digests"
  | "unknown-batch"
  | "salt"
  | "iss"
  | "aud"
  | "exp"
  | "life"
  | "future"
  | "grant"
  | "op"
  | "digest"
  | "warrant"
  | "receipt"
  | "unknown-claims"
  | "replay"
  | "unknown-scope"
  | "leaves"
  | "entity"
  | "field"
  | "response-key"
  | "category"
  | "subject"
  | "own-facts"
  | "echoed-facts"
  | "echoed-subject"
  | "period"
  | "rows"
  | "error-text"
  | "header"
  | "roots"
  | "answers-nothing"
  | "one-for-all"
  | "tires";

// biome-ignore lint/suspicious/noExplicitAny: claims of every form come here, and that is what is looked at
type Claims = Record<string, any>;
type Entry = { type: string; id: string; subject: string; fields: string[] };
type Facts = Record<string, string | null>;
type Scope = { subjects: { id: string; facts: Facts }[]; entities: Entry[]; leafHashes: string[] };
interface Context {
  readonly grant: { readonly claims: Claims; readonly scope: Scope } | null;
  readonly response: ServerResponse;
}
interface Reader {
  id: string;
  jurisdiction: Facts;
}

const name = "comments";
/** The comments of the example, with a second identity field, and one type alone. */
const sdl = exampleSdl
  .replace(
    "text: String!",
    'text: String!  sentWith: String @identity(category: USER_IDENTIFICATION, subject: "author")',
  )
  .replace("subscriptionName: String @identity(category: SUBSCRIBER)", "");
const facts: Facts = {
  providerCountry: "IE",
  residence: "FR",
  nationality: "FR",
  locatedIn: "FR",
  protectedRole: null,
};
const readers: Reader[] = [1, 2].map((n) => ({
  id: `reader-${n}`,
  penName: "quill",
  jurisdiction: facts,
}));
const comments = [1, 2].map((n) => ({
  id: `comment-${n}`,
  text: "So.",
  author: readers[n - 1] as Reader,
  sentWith: `Specimen Browser ${n}`,
  sentFrom: { address: `198.51.100.20${n}`, seenAt: "2026-11-01T12:00:00Z" },
}));
const hash = /^[0-9a-f]{64}$/;

/** Served by somebody who forgot these things; nothing forgotten: as it ought to be. */
export async function serveCarelessly(
  trusted: JWK,
  omissions: ReadonlySet<Omission>,
): Promise<{ url: string; close(): Promise<void> }> {
  const omits = (one: Omission): boolean => omissions.has(one);
  const demand = (holds: boolean, unless?: Omission): void => {
    if (!holds && !(unless && omissions.has(unless))) throw new Error("refused");
  };
  const used = new Set<string>();
  let answered = 0;

  async function verify(token: string, kind: string): Promise<{ claims: Claims; salt: string }> {
    const [jws = "", disclosure = "", ...rest] = token.split("~");
    demand(rest.join() === "" && token.endsWith("~"), "one-disclosure");
    const [head = "", body = "", signature = ""] = jws.split(".");
    const [header, batch] = [head, body].map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
    const hmac = createHmac("sha256", JSON.stringify(trusted)).update(`${head}.${body}`).digest("base64url");
    const isForged =
      (omits("alg-none") && header.alg === "none") ||
      (omits("alg-hmac") && header.alg === "HS256" && signature === hmac);
    if (!isForged && !omits("signature")) {
      const keys = createLocalJWKSet({ keys: [omits("key-id") ? { ...trusted, kid: header.kid } : trusted] });
      demand(header.kid !== undefined, "key-id");
      await jwtVerify(jws, keys, { algorithms: ["EdDSA"], currentDate: new Date(0) });
    }
    const now = Date.now() / 1000;
    demand(header.typ === "rogatory+sd-jwt", "typ");
    demand(batch.iss === "rogatory-gateway", "iss");
    demand(batch.exp > now || batch.exp === undefined, "exp");
    demand(batch.exp - batch.iat <= 60, "life");
    demand(batch.iat <= now + 5, "future");
    demand(
      Object.keys(batch).every((claim) => "iss iat exp _sd_alg _sd".includes(claim)),
      "unknown-batch",
    );
    demand(batch._sd_alg === "sha-256", "hash");
    const digest = createHash("sha256").update(disclosure).digest("base64url");
    const times = batch._sd?.filter((one: string) => one === digest).length ?? 0;
    demand(times > 0, "listed");
    demand(times < 2 && !(batch._sd?.length > 32), "digests");
    const [salt, said, claims] = JSON.parse(Buffer.from(disclosure, "base64url").toString());
    demand(/^[\w-]{22,}$/.test(salt ?? ""), "salt");
    demand(said === kind, "kind");
    demand(claims.aud === name, "aud");
    return { claims, salt };
  }

  async function openGrant(token: string, op: string, body: Buffer, scope: Scope): Promise<Context["grant"]> {
    const { claims, salt } = await verify(token, "grant");
    const { warrant, receipt, period } = claims;
    demand(
      Object.keys(claims).every((claim) => "aud op bodyDigest warrant receipt categories period".includes(claim)),
      "unknown-claims",
    );
    demand(hash.test(warrant?.contentHash ?? ""), "warrant");
    demand(hash.test(receipt?.writer ?? ""), "receipt");
    demand(claims.op === op, "op");
    demand(claims.bodyDigest === createHash("sha256").update(body).digest("base64url"), "digest");
    demand(
      JSON.stringify(scope.subjects.map((one) => [Object.keys(one), Object.keys(one.facts)])).search(/alias|age/) < 0,
      "unknown-scope",
    );
    demand(
      Object.keys(scope).length === 3 && scope.entities.every((one) => Object.keys(one).length === 4),
      "unknown-scope",
    );
    demand(scope.leafHashes?.length > 0 && scope.leafHashes.every((leaf) => hash.test(leaf)), "leaves");
    demand(!used.has(salt), "replay");
    used.add(salt);
    demand(period === null || Date.parse(period?.from) >= 0, "period");
    return { claims, scope };
  }

  const guard =
    <T extends { id: string }>(
      category: string,
      subjectOf: (entity: T) => Reader,
      read: (entity: T) => unknown,
      isTimed: boolean,
    ) =>
    (entity: T, _args: unknown, { grant, response }: Context, info: GraphQLResolveInfo): unknown => {
      const value = read(entity);
      if (omits("header")) response.appendHeader("x-cache-key", JSON.stringify(value));
      try {
        if (omits("grant") || (omits("roots") && rootOf(info) !== "_entities")) return value;
        demand(grant !== null && !omits("answers-nothing"));
        const entities = (grant as NonNullable<Context["grant"]>).scope.entities;
        const asked = omits("response-key") ? String(info.path.key) : info.fieldName;
        if (omits("one-for-all")) demand(entities.length === 2);
        const entry = entities.find(
          (one) =>
            (omits("entity") || (one.type === info.parentType.name && one.id === entity.id)) &&
            (omits("field") || one.fields.includes(asked) || (omits("response-key") && asked === "id")),
        );
        const person = subjectOf(entity);
        demand(entry !== undefined);
        demand((grant?.claims.categories as string[] | undefined)?.includes(category) === true, "category");
        demand(entry === undefined || entry.subject === person.id, "subject");
        const granted = grant?.scope.subjects.find(({ id }) => id === entry?.subject);
        if (entry !== undefined && !omits("subject")) demand(granted !== undefined);
        demand(
          granted === undefined || JSON.stringify(granted.facts) === JSON.stringify(person.jurisdiction),
          "own-facts",
        );
        if (!isTimed) return value;
        const period = grant?.claims.period as { from: string; to: string } | null | undefined;
        demand(Boolean(period), "period");
        const at = "2026-11-01T12:00:00Z";
        return omits("rows") || omits("period") || (period && period.from <= at && at < period.to) ? value : null;
      } catch {
        throw new Error(omits("error-text") ? `no grant for ${JSON.stringify(value)}` : "no grant");
      }
    };
  const reference = <T extends { id: string }>(all: T[], given: Record<string, unknown>): T | undefined => {
    const found = all.find(({ id }) => id === given.id);
    const said = omits("echoed-facts")
      ? { jurisdiction: given.jurisdiction, author: given.author }
      : omits("echoed-subject")
        ? { author: given.author }
        : {};
    const defined = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    return found && { ...found, ...defined };
  };
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(sdl),
      resolvers: {
        Query: { comments: () => comments },
        Comment: {
          __resolveReference: (given: Record<string, unknown>) => reference(comments, given),
          sentWith: guard(
            "USER_IDENTIFICATION",
            ({ author }: (typeof comments)[number]) => author,
            ({ sentWith }) => sentWith,
            false,
          ),
          sentFrom: guard(
            "USER_IDENTIFICATION",
            ({ author }: (typeof comments)[number]) => author,
            ({ sentFrom }) => sentFrom,
            true,
          ),
        },
        Reader: { __resolveReference: (given: Record<string, unknown>) => reference(readers, given) },
      } as never,
    },
  ]);

  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { query, variables, extensions } = JSON.parse(body.toString());
    const isService = omits("call-token-for-service") && query.includes("_service");
    const call = await verify(String(request.headers.authorization).slice("Bearer ".length), "call").catch(() => null);
    answered += 1;
    const isTired = omits("tires") && answered > 40;
    if ((call === null && !omits("call-token") && !isService) || isTired) return response.writeHead(401).end("{}");
    const token = String(request.headers["rogatory-grant"] ?? "");
    const grant = await openGrant(token, String(call?.claims.op), body, extensions?.rogatory).catch(() => null);
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: variables,
      contextValue: { grant, response },
    });
    return response.end(JSON.stringify(result));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function rootOf({ path }: GraphQLResolveInfo): string | number {
  let step = path;
  while (step.prev !== undefined) step = step.prev;
  return step.key;
}
