import { createHash, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWTVerifyGetKey, SignJWT } from "jose";
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
  readonly aud?: string;
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
  /** Signs the digest of another body. */
  readonly overBody?: string;
  readonly token?: string;
}

export interface Question {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly principal?: Principal;
  readonly grant?: GrantToSign;
  readonly headers?: Record<string, string>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are compared whole.
export type Answer = { status: number; data: any; errors: any[] | undefined; text: string };

/** Plays the gateway: signs calls and grants, and puts questions to a subgraph. */
export async function openSigner(audience: string) {
  const own = await generateKeyPair("EdDSA", { extractable: true });
  const foreign = await generateKeyPair("EdDSA");
  const keys: JWTVerifyGetKey = async () => own.publicKey;

  async function sign(type: string, claims: Record<string, unknown>, forged: Forged = {}): Promise<string> {
    const issuedAt = forged.issuedAt ?? moment.getTime() / 1000;
    return new SignJWT({ ...claims, ...forged.claims })
      .setProtectedHeader({ alg: "EdDSA", typ: forged.typ ?? type })
      .setIssuer(forged.iss ?? gatewayIssuer)
      .setAudience(forged.aud ?? audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + (forged.lifetime ?? 60))
      .setJti(forged.jti ?? randomUUID())
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
    const body = JSON.stringify({ query, variables, ...(grant && { extensions: { rogatory: grant.scope } }) });
    const headers: Record<string, string> = { authorization: `Bearer ${await signCall(principal)}` };
    if (grant)
      headers["rogatory-grant"] = grant.token ?? (await signGrant(grant.overBody ?? body, grant.claims, grant.forged));
    const response = await handle({ body, headers: { ...headers, ...question.headers } });
    return { status: response.status, ...JSON.parse(response.body), text: response.body };
  }

  return { keys, signCall, signGrant, ask, jwk: () => exportJWK(own.publicKey) };
}

const grantClaims: Omit<GrantClaims, "bodyDigest"> = {
  op: "op-1",
  warrant: { id: "warrant-1", contentHash: "00" },
  receipt: { writer: "w", batch: 1 },
  categories: ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"],
  period: { from: "2026-09-01T00:00:00Z", to: "2026-11-01T00:00:00Z" },
};
