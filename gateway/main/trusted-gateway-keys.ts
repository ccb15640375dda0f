import type { JWTVerifyGetKey } from "jose";
import { createLocalJWKSet } from "jose";
import { jwksPath } from "../../schema/calls.js";
import { openGatewayKeys } from "../../subgraphs/kit/gateway-keys.js";
import type { SigningKeys } from "../authenticate/keep-signing-keys.js";
import type { Settings } from "./settings.js";

/** The keys that a subgraph of its own process trusts for calls and grants: those the settings name, or those the gateway shows. */
export function keysForSubgraph({ gatewayJwks, gatewayUrl }: Settings): JWTVerifyGetKey {
  return openGatewayKeys(gatewayJwks.length > 0 ? gatewayJwks : [new URL(jwksPath, gatewayUrl).toString()]);
}

/** The keys that a gateway trusts for the call tokens subgraphs show it: its own, and those the settings name for gateways beside it. */
export function keysForGateway({ gatewayJwks }: Settings, own: Pick<SigningKeys, "published">): JWTVerifyGetKey {
  const others = gatewayJwks.length > 0 ? openGatewayKeys(gatewayJwks) : null;
  return async (header, token) => {
    const keys = own.published();
    if (others === null || keys.some(({ kid }) => kid === header?.kid))
      return createLocalJWKSet({ keys: [...keys] })(header, token);
    return others(header, token);
  };
}
