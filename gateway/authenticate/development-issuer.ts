import { join } from "node:path";
import { SignJWT } from "jose";
import { clientRoles } from "../../schema/principal.js";
import { readClaims } from "./read-claims.js";
import { openSigningKey } from "./signing-key.js";
import type { Issuer } from "./trust.js";

/** What a demo token shall say. */
export interface TokenRequest {
  readonly role: string;
  readonly country?: string | undefined;
  readonly authority?: string | undefined;
  readonly platform?: string | undefined;
  readonly sub?: string | undefined;
  /** Seconds from the clock's now; a day where it is not said. */
  readonly ttl?: number | undefined;
}

/** An issuer for trying and testing: it vouches for anybody, so production refuses it. */
export interface DevelopmentIssuer {
  readonly issuer: Issuer;
  /** Throws Unauthenticated for claims that the gateway would refuse. */
  token(request: TokenRequest): Promise<string>;
}

const iss = "rogatory-development";
const dayInSeconds = 86_400;

/** Opens the development issuer, whose key lies in `home` and is made where there is none. */
export async function openDevelopmentIssuer(home: string, clock: () => Date): Promise<DevelopmentIssuer> {
  const { kid, privateKey, publicJwk } = await openSigningKey(join(home, "development-issuer.json"));
  const issuer: Issuer = {
    iss,
    keys: { jwks: { keys: [publicJwk] } },
    mayVouchFor: {
      roles: clientRoles,
      countries: ["*"],
      authorities: ["*"],
      platforms: ["*"],
      centralAuthorityMayRevoke: true,
    },
  };
  return {
    issuer,
    async token({ role, country, authority, platform, sub, ttl }) {
      const claims = { sub: sub ?? `demo-${role.toLowerCase()}`, role, country, authority, platform };
      readClaims(claims, issuer);
      const now = Math.floor(clock().getTime() / 1000);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: "EdDSA", typ: "JWT", kid })
        .setIssuer(iss)
        .setAudience("rogatory")
        .setIssuedAt(now)
        .setExpirationTime(now + (ttl ?? dayInSeconds))
        .sign(privateKey);
    },
  };
}
