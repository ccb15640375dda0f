import { randomUUID } from "node:crypto";
import type { Principal } from "../../schema/principal.js";
import type { AskService } from "../door/load-warrants.js";
import type { SendToSubgraph } from "./send-to-subgraph.js";
import { SubgraphUnreachable } from "./send-to-subgraph.js";

/** The gateway asks for itself, with the principal GATEWAY: a warrant for the door, the rule book, whether a subgraph answers. */
export function openAskService(send: SendToSubgraph): AskService {
  return async (service, query, variables) => {
    const principal: Principal = { sub: "gateway", role: "GATEWAY", country: null, authority: null, platform: null };
    const body = JSON.stringify({ query, variables });
    const { data, errors } = await send({ service, principal, operationId: randomUUID(), body });
    if (errors !== undefined && errors.length > 0)
      throw new SubgraphUnreachable(`${service} answered the gateway with an error`);
    if (data === null || data === undefined)
      throw new SubgraphUnreachable(`${service} answered the gateway without data`);
    return data;
  };
}
