import { errors, type JWTVerifyGetKey } from "jose";
import { batchSize, batchTokenType, gatewayIssuer, livesTooLong, type SignedKind } from "../../schema/calls.js";
import { readDisclosure, splitSdJwt } from "../../schema/sd-jwt.js";
import type { Clock } from "./definition.js";
import { GatewayKeysUnavailable } from "./gateway-keys.js";
import { rememberBatches, type VerifiedBatch } from "./verify-batch.js";

/** Why a token is none of a gateway's for this subgraph, in the order in which it is looked at; what is no SD-JWT with one disclosure is the first. */
export type TokenProblem =
  | "DISCLOSURE"
  | "SIGNATURE"
  | "ALGORITHM"
  | "KEY"
  | "KEYS_UNAVAILABLE"
  | "TYPE"
  | "ISSUER"
  | "EXPIRED"
  | "LIFETIME"
  | "CLAIMS"
  | "KIND"
  | "AUDIENCE";

export class TokenRefused extends Error {
  override readonly name = "TokenRefused";
  constructor(readonly problem: TokenProblem) {
    super(`not a token of a gateway for this subgraph: ${problem}`);
  }
}

export interface TokenCheck {
  /** Name of this service. */
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
}

/** What a token says, its claims unread. */
export interface VerifiedToken {
  /** Of its disclosure. */
  readonly salt: string;
  /** Seconds since 1970. */
  readonly exp: number;
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * Checks a token of a gateway (RFC 9901, 7.1): one JWS, by EdDSA and a key it published, and one disclosure; typ, iss, exp, a life of at most `callLifetimeSeconds`, no
 * claim beside; that the JWS lists the disclosure, which is of this kind and for this service and no other. Throws TokenRefused.
 */
export type VerifyToken = (token: string, kind: SignedKind) => Promise<VerifiedToken>;

export function openTokenCheck({ audience, keys, clock }: TokenCheck): VerifyToken {
  const verifyBatch = rememberBatches(keys);
  return async (token, kind) => {
    const parts = splitSdJwt(token);
    if (parts === null) throw new TokenRefused("DISCLOSURE");
    const batch = await verifyBatch(parts.jws).catch((error: unknown) => {
      throw new TokenRefused(problemOf(error));
    });
    const exp = checkLife(batch, clock().getTime() / 1000);
    const disclosed = readDisclosure(batch.claims, parts.disclosure);
    if (disclosed === null) throw new TokenRefused("DISCLOSURE");
    const { salt, name, value } = disclosed;
    if (name !== kind) throw new TokenRefused("KIND");
    const claims = Object(value) as VerifiedToken["claims"];
    if (claims.aud !== audience) throw new TokenRefused("AUDIENCE");
    return { salt, exp, claims };
  };
}

/** Gives `exp`. `now` in seconds since 1970. */
function checkLife({ type, claims }: VerifiedBatch, now: number): number {
  const { iss, iat, exp, _sd_alg: _algorithm, _sd: digests, ...others } = claims;
  if (type !== batchTokenType) throw new TokenRefused("TYPE");
  if (iss !== gatewayIssuer) throw new TokenRefused("ISSUER");
  if (typeof iat !== "number" || typeof exp !== "number") throw new TokenRefused("LIFETIME");
  if (exp <= now) throw new TokenRefused("EXPIRED");
  if (livesTooLong({ iat, exp }, now)) throw new TokenRefused("LIFETIME");
  if (!Array.isArray(digests) || digests.length > batchSize || Object.keys(others).length > 0)
    throw new TokenRefused("CLAIMS");
  return exp;
}

/** What is no JWS at all, or not signed by the key it names, is SIGNATURE. */
function problemOf(error: unknown): TokenProblem {
  if (error instanceof errors.JOSEAlgNotAllowed) return "ALGORITHM";
  if (error instanceof errors.JWKSNoMatchingKey) return "KEY";
  if (error instanceof GatewayKeysUnavailable) return "KEYS_UNAVAILABLE";
  return "SIGNATURE";
}
