import type { Principal } from "../../schema/principal.js";
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

/** Identity fetches, as the door wrote them, each with the grant it is made under. */
export function sendIdentity(send: SendToSubgraph, serviceOf: ServiceOf): DoorParts["sendIdentity"] {
  return async ({ half, ...fetch }) => send({ ...fetch, service: serviceFor(half, serviceOf) });
}

function serviceFor(half: string, serviceOf: ServiceOf): string {
  const service = serviceOf.get(half) ?? null;
  if (service === null) throw new SubgraphUnreachable(`no service answers for ${half}`);
  return service;
}
