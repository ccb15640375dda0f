import { randomUUID } from "node:crypto";
import type { CallClaims, GrantClaims } from "../../schema/calls.js";
import { callLifetimeSeconds, callTokenType, gatewayIssuer, grantTokenType } from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";
import type { SigningKeys } from "./keep-signing-keys.js";
import { encodePart, signCompact } from "./sign-compact.js";
import type { SigningKey } from "./signing-key.js";

/** One call to a subgraph, as its token tells it. */
export interface SignedCall {
  readonly principal: Principal;
  readonly operationId: string;
  /** Name of the service, for example "platform". */
  readonly service: string;
}

/** Signs what the gateway says to subgraphs. */
export interface CallSigner {
  /** The call token of one principal, operation and service; made once and used for every fetch of them, until half its life is over. */
  callToken(call: SignedCall): string;
  /** A grant for one fetch; never used twice. */
  grant(service: string, claims: GrantClaims): string;
}

export interface CallSignerParts {
  readonly keys: Pick<SigningKeys, "signing">;
  readonly clock: () => Date;
}

/** INVARIANT: no token lives longer than `callLifetimeSeconds`, and none is shared between principals: the cache hangs on the principal of one request. */
export function openCallSigner({ keys, clock }: CallSignerParts): CallSigner {
  const made = new WeakMap<Principal, Map<string, { readonly until: number; readonly token: string }>>();
  const headers = new WeakMap<SigningKey, Map<string, string>>();

  const headerFor = (typ: string, key: SigningKey): string => {
    const known = headers.get(key) ?? new Map<string, string>();
    headers.set(key, known);
    const header = known.get(typ) ?? encodePart({ alg: "EdDSA", typ, kid: key.kid });
    known.set(typ, header);
    return header;
  };

  const sign = (typ: string, service: string, claims: CallClaims | GrantClaims): string => {
    const now = Math.floor(clock().getTime() / 1000);
    const key = keys.signing();
    const life = { iss: gatewayIssuer, aud: service, iat: now, exp: now + callLifetimeSeconds, jti: randomUUID() };
    return signCompact(headerFor(typ, key), { ...claims, ...life }, key.privateKey);
  };

  return {
    callToken({ principal, operationId, service }) {
      const tokens = made.get(principal) ?? new Map();
      made.set(principal, tokens);
      const key = `${operationId}\n${service}`;
      const held = tokens.get(key);
      if (held !== undefined && clock().getTime() < held.until) return held.token;
      const token = sign(callTokenType, service, { op: operationId, principal });
      tokens.set(key, { until: clock().getTime() + (callLifetimeSeconds / 2) * 1000, token });
      return token;
    },
    grant: (service, claims) => sign(grantTokenType, service, claims),
  };
}
