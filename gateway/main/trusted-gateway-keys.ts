import type { CryptoKey, JWK, JWTVerifyGetKey } from "jose";
import { errors } from "jose";
import { openKeys } from "../authenticate/open-keys.js";
import type { Settings } from "./settings.js";

/** The keys that a subgraph of its own process trusts for calls and grants: those the settings name, or those the gateway shows. */
export function keysForSubgraph({ gatewayJwks, gatewayUrl }: Settings): JWTVerifyGetKey {
  return keysAt(gatewayJwks ?? new URL("/.well-known/rogatory/jwks.json", gatewayUrl).toString());
}

/** The keys that a gateway trusts for the call tokens subgraphs show it: its own, and those the settings name for gateways beside it. */
export function keysForGateway({ gatewayJwks }: Settings, own: JWK): JWTVerifyGetKey {
  const ours = openKeys({ jwks: { keys: [own] } });
  if (gatewayJwks === null) return ours;
  const others = keysAt(gatewayJwks);
  return async (header, token): Promise<CryptoKey> => {
    try {
      return (await ours(header, token)) as CryptoKey;
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return (await others(header, token)) as CryptoKey;
    }
  };
}

function keysAt(place: string): JWTVerifyGetKey {
  return openKeys(/^https?:\/\//.test(place) ? { url: place } : { file: place });
}
