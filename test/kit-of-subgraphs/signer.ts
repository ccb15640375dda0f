import { createHash } from "node:crypto";
import { createLocalJWKSet, decodeJwt, exportJWK, generateKeyPair } from "jose";
import type { GrantClaims, GrantedScope, SignedKind, SubgraphHandler } from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";
import { digestOf, encodeDisclosure } from "../../schema/sd-jwt.js";
import { signToken } from "../kit/sign-token.js";

/** The moment at which these tests stand still. */
export const moment = new Date("2026-11-23T10:00:00Z");

export const judge: Principal = {
  sub: "judge-1",
  role: "JUDICIAL",
  country: "FR",
  authority: "fr-tj-paris",
  platform: null,
};
export const engineer: Principal = {
  sub: "engineer-1",
  role: "ENGINEER",
  country: null,
  authority: null,
  platform: null,
};
export const gateway: Principal = { sub: "gateway", role: "GATEWAY", country: null, authority: null, platform: null };

/** What a test changes about a token: header, payload, disclosure, lifetime, or the key. */
export interface Forged {
  readonly typ?: string;
  /** Name of the disclosure's claim. */
  readonly kind?: SignedKind;
  readonly aud?: string | string[];
  /** "none" and "HS256" with the public key as secret: what a verifier must not fall for. */
  readonly alg?: "none" | "HS256";
  /** Null: none. */
  readonly kid?: string | null;
  readonly issuedAt?: number;
  readonly lifetime?: number;
  readonly salt?: unknown;
  /** Claims of the disclosure, and of the JWS around it. */
  readonly claims?: Record<string, unknown>;
  readonly payload?: Record<string, unknown>;
  readonly withForeignKey?: boolean;
}

export interface GrantToSign {
  readonly scope: GrantedScope;
  readonly claims?: Partial<GrantClaims>;
  readonly forged?: Forged;
  /** Signs the digest of another body, or of the same one with another scope. */
  readonly overBody?: string;
  readonly digestOf?: GrantedScope;
  /** Claims changed after signing, the signature kept; `listed`: in the list of digests as well. */
  readonly edited?: Record<string, unknown>;
  readonly listed?: true;
  readonly token?: string;
}

export interface Question {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly principal?: Principal;
  readonly grant?: GrantToSign;
  /** What is changed about the call token. */
  readonly call?: Forged;
  readonly headers?: Record<string, string>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are compared whole.
export type Answer = { status: number; data: any; errors: any[] | undefined; text: string };

/** Plays the gateway: signs calls and grants, and puts questions to a subgraph. */
export async function openSigner(audience: string) {
  const own = await generateKeyPair("EdDSA", { extractable: true });
  const foreign = await generateKeyPair("EdDSA");
  const jwk = { ...(await exportJWK(own.publicKey)), kid: "gateway", alg: "EdDSA", use: "sig" };
  const keys = createLocalJWKSet({ keys: [jwk] });

  async function sign(kind: SignedKind, claims: Record<string, unknown>, forged: Forged = {}): Promise<string> {
    const { alg = "EdDSA", kid = "gateway", typ, salt, lifetime, payload } = forged;
    const token = {
      kind: forged.kind ?? kind,
      claims: { aud: forged.aud ?? audience, ...claims, ...forged.claims },
      issuedAt: forged.issuedAt ?? moment.getTime() / 1000,
      header: { alg, kid: kid ?? undefined, ...(typ !== undefined && { typ }) },
      ...("salt" in forged && { salt }),
      ...(lifetime !== undefined && { lifetime }),
      ...(payload && { payload }),
    };
    if (alg === "HS256") return signToken(token, Buffer.from(JSON.stringify(jwk)));
    const key = forged.withForeignKey ? foreign.privateKey : own.privateKey;
    if (alg === "EdDSA") return signToken(token, key);
    const [, ...rest] = (await signToken({ ...token, header: {} }, key)).split(/[.~]/);
    return `${part(token.header)}.${rest[0]}.~${rest[2]}~`;
  }

  const signCall = (principal: Principal, forged?: Forged): Promise<string> =>
    sign("call", { op: "op-1", principal }, forged);

  const signGrant = (body: string, claims: Partial<GrantClaims> = {}, forged?: Forged): Promise<string> =>
    sign(
      "grant",
      { ...grantClaims, bodyDigest: createHash("sha256").update(body).digest("base64url"), ...claims },
      forged,
    );

  async function ask(handle: SubgraphHandler, question: Question): Promise<Answer> {
    const { query, variables = {}, principal = judge, grant } = question;
    const bodyWith = (scope?: GrantedScope): string =>
      JSON.stringify({ query, variables, ...(scope && { extensions: { rogatory: scope } }) });
    const body = bodyWith(grant?.scope);
    const headers: Record<string, string> = { authorization: `Bearer ${await signCall(principal, question.call)}` };
    if (grant) {
      const over = grant.overBody ?? (grant.digestOf === undefined ? body : bodyWith(grant.digestOf));
      const signed = grant.token ?? (await signGrant(over, grant.claims, grant.forged));
      headers["rogatory-grant"] = grant.edited === undefined ? signed : edit(signed, grant.edited, grant.listed);
    }
    const response = await handle({ body, headers: { ...headers, ...question.headers } });
    return { status: response.status, ...JSON.parse(response.body), text: response.body };
  }

  return { keys, signCall, signGrant, ask, jwk, privateKey: own.privateKey };
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** The token with other claims and the signature it had. */
export function edit(token: string, change: Record<string, unknown>, listed = false): string {
  const [jws = "", disclosure = ""] = token.split("~");
  const [salt, name, value] = JSON.parse(Buffer.from(disclosure, "base64url").toString());
  const edited = encodeDisclosure({ salt, name, value: { ...value, ...change } });
  const [header, , signature] = jws.split(".");
  const payload = part({ ...decodeJwt(jws), _sd: [digestOf(edited)] });
  return `${listed ? `${header}.${payload}.${signature}` : jws}~${edited}~`;
}

const grantClaims: Omit<GrantClaims, "bodyDigest"> = {
  op: "op-1",
  warrant: { id: "warrant-1", contentHash: "0a".repeat(32) },
  receipt: { writer: "0b".repeat(32), batch: 1 },
  categories: ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"],
  period: { from: "2026-09-01T00:00:00Z", to: "2026-11-01T00:00:00Z" },
};
