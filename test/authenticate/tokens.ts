import type { CryptoKey, JWTHeaderParameters } from "jose";
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair, SignJWT } from "jose";
import type { Authenticate } from "../../gateway/authenticate/authenticate.js";
import { openAuthenticator } from "../../gateway/authenticate/authenticate.js";
import { oneSigningKey } from "../../gateway/authenticate/keep-signing-keys.js";
import { openKeys } from "../../gateway/authenticate/open-keys.js";
import type { CallSigner } from "../../gateway/authenticate/sign-calls.js";
import { openCallSigner } from "../../gateway/authenticate/sign-calls.js";
import type { SigningKey } from "../../gateway/authenticate/signing-key.js";
import type { Vouching } from "../../gateway/authenticate/trust.js";

export const now = new Date("2026-11-23T10:00:00Z");
export const seconds = now.getTime() / 1000;
export const clock = () => now;
export const iss = "https://login.justice.example";

export const judge = { sub: "judge", role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };

/** An issuer with one key, the gateway's own key, and an authenticator that trusts both. */
export interface Office {
  readonly privateKey: CryptoKey;
  readonly kid: string;
  readonly publicJwk: Record<string, unknown>;
  readonly signer: CallSigner;
  readonly gatewayKey: SigningKey;
  readonly authenticate: Authenticate;
  /** A token with these claims over the good ones; undefined takes one away. */
  token(claims?: Record<string, unknown>, header?: Partial<JWTHeaderParameters>): Promise<string>;
}

export async function openOffice(alg = "EdDSA", vouching: Partial<Vouching> = {}): Promise<Office> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: "office-1", alg };
  const gateway = await generateKeyPair("EdDSA", { extractable: true });
  const gatewayJwk = await exportJWK(gateway.publicKey);
  const gatewayKid = await calculateJwkThumbprint(gatewayJwk);
  const gatewayKey = { privateKey: gateway.privateKey, kid: gatewayKid, publicJwk: { ...gatewayJwk, kid: gatewayKid } };
  const signer = openCallSigner({ keys: oneSigningKey(gatewayKey), clock });
  const mayVouchFor = {
    roles: ["JUDICIAL", "AUDITOR", "PROVIDER", "CENTRAL_AUTHORITY", "ENGINEER"],
    countries: ["FR"],
    authorities: ["fr-*"],
    platforms: ["FACEBOOK"],
    centralAuthorityMayRevoke: false,
    ...vouching,
  };
  return {
    privateKey,
    kid: "office-1",
    publicJwk,
    signer,
    gatewayKey,
    authenticate: openAuthenticator({
      trust: { issuers: [{ iss, keys: { jwks: { keys: [publicJwk] } }, mayVouchFor }] },
      services: {
        keys: openKeys({ jwks: { keys: [gatewayKey.publicJwk] } }),
        names: ["platform", "justice", "treaty"],
      },
      clock,
    }),
    token: (claims = {}, header = {}) =>
      new SignJWT(without({ iss, aud: "rogatory", iat: seconds, exp: seconds + 600, ...judge, ...claims }))
        .setProtectedHeader({ alg, kid: "office-1", typ: "JWT", ...header })
        .sign(privateKey),
  };
}

function without(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** Base64url of a JSON part, to forge tokens by hand. */
export function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** The two parts of a token of the gateway: what it signed, and what this one discloses. */
export function read(token: string): {
  readonly jws: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly said: unknown;
} {
  const [jws = "", disclosure = ""] = token.split("~");
  return { jws, claims: decodeJwt(jws), said: JSON.parse(Buffer.from(disclosure, "base64url").toString()) };
}
