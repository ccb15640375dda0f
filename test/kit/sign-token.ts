import { randomBytes } from "node:crypto";
import { type CryptoKey, SignJWT } from "jose";
import { batchTokenType, gatewayIssuer, type SignedKind } from "../../schema/calls.js";
import { digestOf, encodeDisclosure } from "../../schema/sd-jwt.js";

/** A call token or a grant as a gateway would sign it, and what a test changes about that. */
export interface TokenToSign {
  readonly kind: SignedKind;
  /** Value of the disclosure: aud, op and so on. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly kid?: string;
  readonly lifetime?: number;
  readonly salt?: unknown;
  /** Of the protected header; undefined takes one away. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Of the payload, beside iss, iat, exp, _sd_alg and _sd; undefined takes one away. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** Signs one, in a batch of its own. The key: Ed25519, or the secret of an HMAC. */
export async function signToken(token: TokenToSign, key: CryptoKey | Uint8Array): Promise<string> {
  const { kid = "gateway", header, payload } = token;
  const disclosure = discloseToken(token);
  const jws = await new SignJWT({ ...batchOf(token, [disclosure]), ...payload })
    .setProtectedHeader({ alg: "EdDSA", typ: batchTokenType, kid, ...header } as never)
    .sign(key);
  return `${jws}~${disclosure}~`;
}

/** The disclosure alone. */
export function discloseToken({ kind, claims, salt = newSalt() }: TokenToSign): string {
  return encodeDisclosure({ salt: salt as string, name: kind, value: claims });
}

/** Payload of a batch that lists these disclosures. */
export function batchOf(
  { issuedAt, lifetime = 60 }: TokenToSign,
  disclosures: readonly string[],
): Record<string, unknown> {
  const life = { iat: issuedAt, exp: issuedAt + lifetime };
  return { iss: gatewayIssuer, ...life, _sd_alg: "sha-256", _sd: disclosures.map(digestOf).sort() };
}

export function newSalt(): string {
  return randomBytes(16).toString("base64url");
}
