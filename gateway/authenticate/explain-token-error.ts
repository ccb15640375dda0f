import { errors } from "jose";
import { Unauthenticated } from "./unauthenticated.js";

/** Says in one sentence why a token is not good. The token's own bytes are never part of it. */
export function explainTokenError(error: unknown, now: Date): Unauthenticated {
  if (error instanceof Unauthenticated) return error;
  return new Unauthenticated(sentence(error, now), { cause: error });
}

function sentence(error: unknown, now: Date): string {
  if (error instanceof errors.JWTExpired) {
    const expired = new Date(Number(error.payload.exp) * 1000).toISOString();
    return `The token's claim "exp" does not hold: it expired at ${expired}, and the gateway's clock says ${now.toISOString()}.`;
  }
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The token's claim "${error.claim}" does not hold: ${claimReason(error)}.`;
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return "The token's signature does not verify with the key that its kid names.";
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The token\'s header "kid" does not hold: its issuer has no such key for this alg.';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token\'s header "kid" does not hold: its issuer has several keys of this name.';
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'The token\'s header "alg" does not hold: it is not allowed here.';
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid)
    return "The token is not a signed JWT with JSON claims.";
  return "The token cannot be checked just now: the keys of its issuer cannot be read or used.";
}

function claimReason(error: errors.JWTClaimValidationFailed): string {
  if (error.reason === "missing") return "it is missing";
  const expected: Readonly<Record<string, string>> = {
    aud: "expected rogatory",
    iss: "it is not the issuer whose key signed",
    nbf: "the token is not valid yet",
    exp: "expected a time in seconds",
    iat: "expected a time in seconds",
    typ: "it is not a token of this kind",
  };
  return expected[error.claim] ?? "it has not the expected value";
}
