import { createHash, randomUUID } from "node:crypto";
import { createLocalJWKSet, decodeJwt, exportJWK, generateKeyPair, SignJWT } from "jose";
import {
  callTokenType,
  type GrantClaims,
  type GrantedScope,
  gatewayIssuer,
  grantTokenType,
  type SubgraphHandler,
} from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";

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

/** What a test changes about a token: header, claims, lifetime, or the key. */
export interface Forged {
  readonly typ?: string;
  readonly iss?: string;
  readonly aud?: string | string[];
  /** "none" and "HS256" with the public key as secret: what a verifier must not fall for. */
  readonly alg?: "none" | "HS256";
  /** Null: none. */
  readonly kid?: string | null;
  readonly issuedAt?: number;
  readonly lifetime?: number;
  readonly jti?: string;
  readonly claims?: Record<string, unknown>;
  readonly withForeignKey?: boolean;
}

export interface GrantToSign {
  readonly scope: GrantedScope;
  readonly claims?: Partial<GrantClaims>;
  readonly forged?: Forged;
  /** Signs the digest of another body, or of the same one with another scope. */
  readonly overBody?: string;
  readonly digestOf?: GrantedScope;
  /** Claims changed after signing, the signature kept. */
  readonly edited?: Record<string, unknown>;
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

  async function sign(type: string, claims: Record<string, unknown>, forged: Forged = {}): Promise<string> {
    const issuedAt = forged.issuedAt ?? moment.getTime() / 1000;
    const { alg = "EdDSA", kid = "gateway" } = forged;
    const header = { alg, typ: forged.typ ?? type, ...(kid !== null && { kid }) };
    const payload = {
      iss: forged.iss ?? gatewayIssuer,
      aud: forged.aud ?? audience,
      iat: issuedAt,
      exp: issuedAt + (forged.lifetime ?? 60),
      jti: forged.jti ?? randomUUID(),
      ...claims,
      ...forged.claims,
    };
    if (alg === "none") return `${part(header)}.${part(payload)}.`;
    if (alg === "HS256") return new SignJWT(payload).setProtectedHeader(header).sign(Buffer.from(JSON.stringify(jwk)));
    return new SignJWT(payload)
      .setProtectedHeader(header)
      .sign(forged.withForeignKey ? foreign.privateKey : own.privateKey);
  }

  const signCall = (principal: Principal, forged?: Forged): Promise<string> =>
    sign(callTokenType, { op: "op-1", principal }, forged);

  const signGrant = (body: string, claims: Partial<GrantClaims> = {}, forged?: Forged): Promise<string> =>
    sign(
      grantTokenType,
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
      headers["rogatory-grant"] = grant.edited === undefined ? signed : edit(signed, grant.edited);
    }
    const response = await handle({ body, headers: { ...headers, ...question.headers } });
    return { status: response.status, ...JSON.parse(response.body), text: response.body };
  }

  return { keys, signCall, signGrant, ask, jwk };
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** The token with other claims and the signature it had. */
function edit(token: string, change: Record<string, unknown>): string {
  const [header, , signature] = token.split(".");
  return `${header}.${part({ ...decodeJwt(token), ...change })}.${signature}`;
}

const grantClaims: Omit<GrantClaims, "bodyDigest"> = {
  op: "op-1",
  warrant: { id: "warrant-1", contentHash: "0a".repeat(32) },
  receipt: { writer: "0b".repeat(32), batch: 1 },
  categories: ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"],
  period: { from: "2026-09-01T00:00:00Z", to: "2026-11-01T00:00:00Z" },
};
