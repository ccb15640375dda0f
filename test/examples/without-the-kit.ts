/**
 * A subgraph without the kit: a newspaper's comments, with nothing but Apollo Server, @apollo/subgraph, jose and zod. What it does about the two tokens is between the
 * two lines below; `subgraphs/kit/README.md` says the contract. Run it by itself:
 *
 *   GATEWAY_JWKS=http://127.0.0.1:4000/.well-known/rogatory/jwks.json PORT=4005 node dist/test/examples/without-the-kit.js
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLResolveInfo, parse } from "graphql";
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";

export const name = "comments";

export const sdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@shareable", "@composeDirective"])
  extend schema @link(url: "https://rogatory.example/identity/v1.0", import: ["@identity"]) @composeDirective(name: "@identity")
  directive @identity(category: DataCategory!, subject: String, at: String) on FIELD_DEFINITION
  enum DataCategory { SUBSCRIBER USER_IDENTIFICATION TRAFFIC CONTENT }
  scalar CountryCode
  scalar DateTime

  type Query { comments: [Comment!] }
  type Comment @key(fields: "id") {
    id: ID!
    text: String!
    author: Reader!
    sentFrom: Connection @identity(category: USER_IDENTIFICATION, subject: "author", at: "seenAt")
  }
  type Connection { address: String!  seenAt: DateTime! }
  type Reader @key(fields: "id") {
    id: ID!
    penName: String!
    jurisdiction: Jurisdiction! @inaccessible
    subscriptionName: String @identity(category: SUBSCRIBER)
  }
  type Jurisdiction @inaccessible @shareable {
    providerCountry: CountryCode!
    residence: CountryCode
    nationality: CountryCode
    locatedIn: CountryCode
    protectedRole: String
  }
`;

const french = { providerCountry: "IE", residence: "FR", nationality: "FR", locatedIn: "FR", protectedRole: null };
const readers = [
  { id: "reader-1", penName: "quill", jurisdiction: french, subscriptionName: "Specimen Reader One" },
  {
    id: "reader-2",
    penName: "nib",
    jurisdiction: { ...french, residence: "DE" },
    subscriptionName: "Specimen Reader Two",
  },
];
const comments = [
  {
    id: "comment-1",
    text: "First.",
    authorId: "reader-1",
    sentFrom: { address: "198.51.100.201", seenAt: "2026-11-01T12:00:00Z" },
  },
  {
    id: "comment-2",
    text: "Second.",
    authorId: "reader-2",
    sentFrom: { address: "198.51.100.202", seenAt: "2026-11-02T12:00:00Z" },
  },
];
type Reader = (typeof readers)[number];
type Comment = (typeof comments)[number];
const readerOf = (id: string): Reader | undefined => readers.find((reader) => reader.id === id);

// ── The contract ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
interface Trust {
  readonly keys: JWTVerifyGetKey;
  readonly now: () => Date;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string().min(1);
const digests = z.array(text).max(32);
/** Strict, here and below: a member that we do not know may narrow what is granted. */
const batch = z.strictObject({ iss: text, iat: z.int(), exp: z.int(), _sd_alg: z.literal("sha-256"), _sd: digests });
const salt = z.string().regex(/^[\w-]{22,}$/);
const call = z.object({ aud: z.literal(name), op: text });
const grantClaims = z.strictObject({
  ...{ aud: z.literal(name), op: text, bodyDigest: text },
  warrant: z.strictObject({ id: text, contentHash: hash }),
  receipt: z.strictObject({ writer: hash, batch: z.int() }),
  categories: z.array(text),
  period: z.strictObject({ from: text, to: text }).nullable(),
});
const grantScope = z.strictObject({
  subjects: z.array(z.strictObject({ id: text, facts: z.record(text, text.nullable()) })),
  entities: z.array(z.strictObject({ type: text, id: text, subject: text, fields: z.array(text) })),
  leafHashes: z.array(hash).min(1),
});
type Grant = z.infer<typeof grantClaims> & z.infer<typeof grantScope>;
const used = new Map<string, number>();

function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`not so: ${what}`);
}

const sha256 = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("base64url");

/** Both tokens: EdDSA by a published key, typ, iss, exp; a life of 60 s at most; not from the future; one disclosure that is listed, of this kind and for us. */
async function open<T>(token: string, kind: string, claims: z.ZodType<T>, { keys, now }: Trust) {
  const [jws = "", disclosure = "", ...rest] = token.split("~");
  demand(rest.length === 1 && rest[0] === "", "one disclosure");
  const must = { algorithms: ["EdDSA"], typ: "rogatory+sd-jwt", issuer: "rogatory-gateway", currentDate: now() };
  const { payload, protectedHeader } = await jwtVerify(jws, keys, must);
  const { iat, exp, _sd } = batch.parse(payload);
  demand(protectedHeader.kid !== undefined, "names its key");
  demand(exp - iat <= 60 && iat <= now().getTime() / 1000 + 5, "lives a minute");
  demand(new Set(_sd).size === _sd.length && _sd.includes(sha256(disclosure)), "listed, once");
  const parts = JSON.parse(Buffer.from(disclosure, "base64url").toString());
  const [nonce, , value] = z.tuple([salt, z.literal(kind), claims]).parse(parts);
  return { nonce, exp, value };
}

/** The grant: its claims, the call's operation, the digest of the bytes, the scope, and one use. */
async function openGrant(token: string, op: unknown, body: Buffer, scope: unknown, trust: Trust): Promise<Grant> {
  const { nonce, exp, value: claims } = await open(token, "grant", grantClaims, trust);
  demand(claims.op === op, "of the call's operation");
  demand(claims.bodyDigest === sha256(body), "for this body");
  const grant = { ...claims, ...grantScope.parse(scope) };
  for (const [old, expired] of used) if (expired < trust.now().getTime() / 1000 - 60) used.delete(old);
  demand(!used.has(nonce), "used once");
  used.set(nonce, exp);
  return grant;
}

/** In front of every @identity field: entity, field, category, period, subject, facts; the last two against our own data. */
function guard<T extends { id: string }, V>(
  category: string,
  subjectOf: (entity: T) => Reader | undefined,
  resolve: (entity: T) => V,
  at: ((value: V) => string) | null = null,
) {
  return (entity: T, _args: unknown, { grant }: Context, { parentType, fieldName }: GraphQLResolveInfo): V | null => {
    const subject = subjectOf(entity);
    const entry = grant?.entities.find(
      ({ type, id, fields }) => type === parentType.name && id === entity.id && fields.includes(fieldName),
    );
    const facts = grant?.subjects.find(({ id }) => id === entry?.subject)?.facts;
    demand(grant !== null && entry !== undefined, "granted");
    demand(grant.categories.includes(category), "of a granted category");
    demand(
      entry.subject === subject?.id && isDeepStrictEqual(facts, subject.jurisdiction),
      "about her, as we know her",
    );
    const value = resolve(entity);
    if (at === null) return value;
    demand(grant.period !== null, "granted for a period");
    const time = Date.parse(at(value));
    return time >= Date.parse(grant.period.from) && time < Date.parse(grant.period.to) ? value : null;
  };
}
// ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Context {
  readonly grant: Grant | null;
}

const resolvers = {
  Query: { comments: () => comments },
  Comment: {
    __resolveReference: ({ id }: { id: string }) => comments.find((comment) => comment.id === id),
    author: ({ authorId }: Comment) => readerOf(authorId),
    sentFrom: guard(
      "USER_IDENTIFICATION",
      ({ authorId }: Comment) => readerOf(authorId),
      ({ sentFrom }) => sentFrom,
      ({ seenAt }) => seenAt,
    ),
  },
  Reader: {
    __resolveReference: ({ id }: { id: string }) => readerOf(id),
    subscriptionName: guard(
      "SUBSCRIBER",
      (reader: Reader) => reader,
      ({ subscriptionName }) => subscriptionName,
    ),
  },
};

export interface ServeOptions {
  /** Address of the gateway's key set. */
  readonly jwks: string;
  readonly port: number;
  readonly now?: () => Date;
}

/** Serves it; `close` ends it. */
export async function serve({
  jwks,
  port,
  now = () => new Date(),
}: ServeOptions): Promise<{ readonly url: string; close(): Promise<void> }> {
  const trust = { keys: createRemoteJWKSet(new URL(jwks), { cooldownDuration: 10_000, cacheMaxAge: 60_000 }), now };
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  const plugins = [ApolloServerPluginInlineTraceDisabled()];
  const apollo = new ApolloServer<Context>({ schema, plugins, includeStacktraceInErrorResponses: false });
  await apollo.start();

  async function answer({ headers }: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const token = String(headers.authorization).replace(/^Bearer /, "");
    const called = await open(token, "call", call, trust).catch(() => null);
    if (called === null)
      return void response.writeHead(401).end('{"errors":[{"message":"a call of the gateway is needed"}]}');
    const { query, variables, operationName, extensions } = JSON.parse(body.toString());
    const granted = openGrant(String(headers["rogatory-grant"]), called.value.op, body, extensions?.rogatory, trust);
    const contextValue = { grant: await granted.catch(() => null) };
    const { body: answered } = await apollo.executeOperation({ query, variables, operationName }, { contextValue });
    response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(answered.kind === "single" ? answered.singleResult : {}));
  }
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    await answer(request, body, response).catch(() =>
      response.writeHead(400).end('{"errors":[{"message":"no GraphQL"}]}'),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await apollo.stop();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve({ jwks: process.env.GATEWAY_JWKS ?? "", port: Number(process.env.PORT ?? 0) });
  process.stdout.write(`the comments listen on ${url}\n`);
}
