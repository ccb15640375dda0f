import type { Role } from "../../schema/principal.js";
import type { SubgraphContext } from "./definition.js";
import { Refusal } from "./refusal.js";

/** Throws Refusal ROLE unless the caller has one of the roles. Internal roots: `onlyFor(context, "GATEWAY")`. */
export function onlyFor({ principal }: SubgraphContext, ...roles: readonly Role[]): void {
  if (!roles.includes(principal.role)) throw new Refusal("ROLE");
}

/** Throws Refusal ROLE unless this subgraph asks, on behalf of whomever. Roots that one subgraph serves for another: `onlyForService(context, "platform")`. */
export function onlyForService({ principal }: SubgraphContext, service: string): void {
  if (principal.role !== "SERVICE" || principal.service !== service) throw new Refusal("ROLE");
}
