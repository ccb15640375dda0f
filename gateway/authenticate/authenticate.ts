import type { JWTPayload, JWTVerifyGetKey, ProtectedHeaderParameters } from "jose";
import { decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { batchTokenType } from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";
import type { ServiceTrust } from "./accept-service-call.js";
import { acceptServiceCall } from "./accept-service-call.js";
import { explainTokenError } from "./explain-token-error.js";
import { openKeys } from "./open-keys.js";
import { readClaims } from "./read-claims.js";
import type { Issuer, Trust } from "./trust.js";
import { Unauthenticated } from "./unauthenticated.js";
import { openSignatureCheck } from "./verify-signature.js";

/**
 * A token becomes a principal here, and nowhere else. Two kinds of token are known: a client's JWT from an issuer of the trust file, and the call token that
 * this gateway signed itself, shown by a subgraph that asks back. Which one it is, the header's `typ` says; each is checked against its own keys alone.
 */

/** Makes the principal of an `authorization` header. Throws Unauthenticated. */
export type Authenticate = (authorization: string | undefined) => Promise<Principal>;

export interface AuthenticatorParts {
  readonly trust: Trust;
  readonly services: ServiceTrust;
  readonly clock: () => Date;
}

/** Signatures a client's token may carry; RFC 8725, 3.1: the list is closed, and never read from the token. */
const algorithms = ["EdDSA", "ES256", "RS256"];
/** Seconds that an issuer's clock may run ahead of ours; `exp` is kept to the second. */
const issuedAheadSeconds = 60;
const audience = "rogatory";
const longestToken = 8_192;
const noJwt = "The authorization header does not hold one signed JWT: expected `Bearer <JWT>`.";
/** Header parameters that offer a key or a way to one; RFC 7515, 4.1.2–4.1.8. */
const keyOffers = ["jku", "jwk", "x5u", "x5c"] as const;

export function openAuthenticator({ trust, services, clock }: AuthenticatorParts): Authenticate {
  const verifies = openSignatureCheck();
  const issuers = new Map(trust.issuers.map((issuer) => [issuer.iss, { issuer, keys: openKeys(issuer.keys) }]));
  return async (authorization) => {
    const token = readBearer(authorization);
    const header = readHeader(token);
    if (header.typ === batchTokenType) return acceptServiceCall(token, services, clock);
    if (token.includes("~")) throw new Unauthenticated(noJwt);
    checkHeader(header);
    const claims = readPayload(token);
    const entry = issuers.get(claims.iss ?? "");
    if (entry === undefined)
      throw new Unauthenticated('The token\'s claim "iss" does not hold: the issuer is not in the trust file.');
    const plain = holds(claims, entry.issuer, clock()) && (await verifies(token, header, entry.keys));
    return readClaims(plain ? claims : await verify(token, entry, clock), entry.issuer);
  };
}

async function verify(
  token: string,
  { issuer, keys }: { issuer: Issuer; keys: JWTVerifyGetKey },
  clock: () => Date,
): Promise<JWTPayload> {
  const now = clock();
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms,
      issuer: issuer.iss,
      audience,
      currentDate: now,
      requiredClaims: ["iss", "aud", "sub", "exp", "iat", "role"],
    });
    if ((payload.iat ?? 0) > now.getTime() / 1000 + issuedAheadSeconds) {
      throw new Unauthenticated(
        `The token's claim "iat" does not hold: it was issued at ${new Date((payload.iat ?? 0) * 1000).toISOString()}, and the gateway's clock says ${now.toISOString()}.`,
      );
    }
    return payload;
  } catch (error) {
    throw explainTokenError(error, now);
  }
}

function readBearer(authorization: string | undefined): string {
  if (authorization === undefined || authorization.trim() === "") {
    throw new Unauthenticated("A token is needed: send the header `authorization: Bearer <JWT>`.");
  }
  const token = /^Bearer +([A-Za-z0-9_.~-]+)$/i.exec(authorization.trim())?.[1];
  if (token === undefined) throw new Unauthenticated(noJwt);
  if (token.length > longestToken)
    throw new Unauthenticated(`The token is too long: at most ${longestToken} characters.`);
  return token;
}

function readHeader(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new Unauthenticated("The token is not a signed JWT: its header cannot be read.");
  }
}

function checkHeader(header: ProtectedHeaderParameters): void {
  if (header.typ !== undefined && !/^(application\/)?(at\+)?jwt$/i.test(String(header.typ))) {
    throw new Unauthenticated('The token\'s header "typ" does not hold: expected JWT.');
  }
  if (typeof header.alg !== "string" || !algorithms.includes(header.alg)) {
    throw new Unauthenticated(`The token's header "alg" does not hold: expected one of ${algorithms.join(", ")}.`);
  }
  if (typeof header.kid !== "string")
    throw new Unauthenticated("The token's header \"kid\" is missing: it names the issuer's key.");
  if ("crit" in header || "b64" in header)
    throw new Unauthenticated("The token's header asks for an extension that is not understood here.");
  const offer = keyOffers.find((name) => name in header);
  if (offer !== undefined)
    throw new Unauthenticated(`The token's header "${offer}" does not hold: keys come from the trust file alone.`);
}

function readPayload(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw new Unauthenticated("The token is not a signed JWT: its claims cannot be read.");
  }
}

/**
 * Whether every claim that `verify` looks at plainly holds. Where one does not, or its signature does not, the whole token goes to jose, which decides and says
 * what is wrong: this only spares the good ones that.
 */
function holds({ iss, aud, sub, exp, iat, nbf, role }: JWTPayload, issuer: Issuer, now: Date): boolean {
  const seconds = Math.floor(now.getTime() / 1000);
  return (
    iss === issuer.iss &&
    aud === audience &&
    typeof sub === "string" &&
    typeof role === "string" &&
    typeof exp === "number" &&
    exp > seconds &&
    typeof iat === "number" &&
    iat <= seconds + issuedAheadSeconds &&
    nbf === undefined
  );
}
