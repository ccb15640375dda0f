import type { Principal } from "../../schema/principal.js";
import type { CallSigner } from "../authenticate/sign-calls.js";
import type { DoorParts } from "../door/open-door.js";
import type { SendPublic } from "../execute/transport.js";
import type { SendToSubgraph } from "./send-to-subgraph.js";
import { SubgraphUnreachable } from "./send-to-subgraph.js";

/** The service that answers for each half of the graph; null for the halves that the executor answers itself. */
export type ServiceOf = ReadonlyMap<string, string | null>;

/** Ordinary fetches of one operation: for its principal, without a grant. */
export function sendPublicFor(
  send: SendToSubgraph,
  serviceOf: ServiceOf,
): (principal: Principal, operationId: string) => SendPublic {
  return (principal, operationId) =>
    async ({ half, query, variables, idempotencyKey, signal }) =>
      send({
        service: serviceFor(half, serviceOf),
        principal,
        operationId,
        body: JSON.stringify({
          ...{ query, variables },
          ...(idempotencyKey !== undefined && { extensions: { idempotencyKey } }),
        }),
        signal,
      });
}

/** Identity fetches, as the door wrote them: the grant is signed for the service that answers, and sent along. */
export function sendIdentity(
  send: SendToSubgraph,
  signer: Pick<CallSigner, "grant">,
  serviceOf: ServiceOf,
): DoorParts["sendIdentity"] {
  return async ({ half, principal, operationId, body, grant, signal }) => {
    const service = serviceFor(half, serviceOf);
    return send({ service, principal, operationId, body, signal, grant: signer.grant(service, grant) });
  };
}

function serviceFor(half: string, serviceOf: ServiceOf): string {
  const service = serviceOf.get(half) ?? null;
  if (service === null) throw new SubgraphUnreachable(`no service answers for ${half}`);
  return service;
}
