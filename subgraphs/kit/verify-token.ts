import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { gatewayIssuer, livesTooLong } from "../../schema/calls.js";
import type { Clock } from "./definition.js";
import { GatewayKeysUnavailable } from "./gateway-keys.js";

/** Why a token is none of a gateway's for this subgraph, in the order in which it is looked at. */
export type TokenProblem =
  | "SIGNATURE"
  | "ALGORITHM"
  | "KEY"
  | "KEYS_UNAVAILABLE"
  | "TYPE"
  | "ISSUER"
  | "AUDIENCE"
  | "EXPIRED"
  | "LIFETIME"
  | "CLAIMS";

export class TokenRefused extends Error {
  override readonly name = "TokenRefused";
  constructor(readonly problem: TokenProblem) {
    super(`not a token of a gateway for this subgraph: ${problem}`);
  }
}

export interface TokenCheck {
  readonly type: string;
  /** Name of this service. */
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
}

/**
 * Checks a compact JWS of a gateway: EdDSA alone, by a key it published, then typ, iss, aud (this service, and no other beside it), exp, and a life of at most
 * `callLifetimeSeconds`. Answers the claims, unread. Throws TokenRefused.
 */
export async function verifyToken(token: string, { type, audience, keys, clock }: TokenCheck): Promise<JWTPayload> {
  const now = clock();
  const { payload } = await jwtVerify(token, byName(keys), {
    algorithms: ["EdDSA"],
    typ: type,
    issuer: gatewayIssuer,
    audience,
    currentDate: now,
    requiredClaims: ["iat", "exp"],
  }).catch((error: unknown) => {
    throw new TokenRefused(problemOf(error));
  });
  if (payload.aud !== audience) throw new TokenRefused("AUDIENCE");
  const { iat, exp } = payload;
  if (iat === undefined || exp === undefined || livesTooLong({ iat, exp }, now.getTime() / 1000))
    throw new TokenRefused("LIFETIME");
  return payload;
}

/** A gateway names its key, also while it has only one. */
function byName(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return (header, token) => {
    if (typeof header.kid !== "string") throw new errors.JWKSNoMatchingKey();
    return keys(header, token);
  };
}

const ofClaim: Readonly<Record<string, TokenProblem>> = {
  typ: "TYPE",
  iss: "ISSUER",
  aud: "AUDIENCE",
  iat: "LIFETIME",
  exp: "LIFETIME",
  nbf: "LIFETIME",
};

/** What is no JWS at all, or not signed by the key it names, is the first of the list. */
function problemOf(error: unknown): TokenProblem {
  if (error instanceof errors.JWTExpired) return "EXPIRED";
  if (error instanceof errors.JWTClaimValidationFailed) return ofClaim[error.claim] ?? "CLAIMS";
  if (error instanceof errors.JOSEAlgNotAllowed) return "ALGORITHM";
  if (error instanceof errors.JWKSNoMatchingKey) return "KEY";
  if (error instanceof GatewayKeysUnavailable) return "KEYS_UNAVAILABLE";
  return "SIGNATURE";
}
