import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { Trust } from "../../gateway/authenticate/trust.js";
import { clientRoles } from "../../schema/principal.js";
import { storyMoment } from "../kit/start-rogatory.js";

/** Makes so many tokens of judges of Paris, no two of one judge. */
export type MakeTokens = (count: number) => Promise<readonly string[]>;

const iss = "rogatory-bench";

/** Opens an issuer that signs with RS256, which OpenID Connect has as its default, and writes whom a gateway must believe into `home`. */
export async function openTokens(home: string): Promise<MakeTokens> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "bench", alg: "RS256" };
  const mayVouchFor = { roles: clientRoles, countries: ["*"], authorities: ["*"], platforms: [] };
  const trust = { issuers: [{ iss, keys: { jwks: { keys: [jwk] } }, mayVouchFor }] };
  writeFileSync(trustFile(home), JSON.stringify(trust));
  // A gateway's clock stands there when it starts, and a token from the future is none.
  const now = Date.parse(storyMoment) / 1000;
  let made = 0;
  const token = (): Promise<string> => {
    made += 1;
    const claims = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris", sub: `judge-${made}` };
    const signed = new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "JWT", kid: "bench" });
    return signed
      .setIssuer(iss)
      .setAudience("rogatory")
      .setIssuedAt(now)
      .setExpirationTime(now + 86_400)
      .sign(privateKey);
  };
  return (count) => Promise.all(Array.from({ length: count }, token));
}

export function readTrustOf(home: string): Trust {
  return JSON.parse(readFileSync(trustFile(home), "utf8")) as Trust;
}

function trustFile(home: string): string {
  return path.join(home, "trust.json");
}
