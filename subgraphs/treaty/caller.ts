import type { Principal } from "../../schema/principal.js";
import type { SubgraphContext } from "../kit/subgraph.js";

/** Who asks in the end, also through other subgraphs. */
export function callerOf({ principal }: SubgraphContext): Principal {
  let caller = principal;
  while (caller.role === "SERVICE" && caller.onBehalfOf !== undefined) caller = caller.onBehalfOf;
  return caller;
}
