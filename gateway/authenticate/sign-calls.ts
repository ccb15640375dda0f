import { callLifetimeSeconds, type GrantClaims } from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";
import { type BatchParts, openBatchSigning } from "./sign-batches.js";

/** One call to a subgraph, as its token tells it. */
export interface SignedCall {
  readonly principal: Principal;
  readonly operationId: string;
  /** Name of the service, for example "platform". */
  readonly service: string;
}

/** Signs what the gateway says to subgraphs. Rejects where its key cannot be used. */
export interface CallSigner {
  /** The call token of one principal, operation and service; made once and used for every fetch of them, until half its life is over. */
  callToken(call: SignedCall): Promise<string>;
  /** A grant for one fetch; never used twice. */
  grant(service: string, claims: GrantClaims): Promise<string>;
}

interface Held {
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly token: Promise<string>;
}

/** INVARIANT: no token lives longer than `callLifetimeSeconds`, and none is shared between principals: the cache hangs on the principal of one request. */
export function openCallSigner({ keys, clock }: BatchParts): CallSigner {
  const sign = openBatchSigning({ keys, clock });
  const made = new WeakMap<Principal, Map<string, Held>>();

  return {
    callToken({ principal, operationId, service }) {
      const tokens = made.get(principal) ?? new Map<string, Held>();
      made.set(principal, tokens);
      const key = `${operationId}\n${service}`;
      const now = clock().getTime();
      const held = tokens.get(key);
      if (held !== undefined && now < held.until) return held.token;
      const token = sign("call", { aud: service, op: operationId, principal });
      tokens.set(key, { until: now + (callLifetimeSeconds / 2) * 1000, token });
      token.catch(() => tokens.delete(key));
      return token;
    },
    grant: (service, claims) => sign("grant", { ...claims, aud: service }),
  };
}
