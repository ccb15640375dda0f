import type { Role } from "../../schema/principal.js";
import type { SubgraphContext } from "./definition.js";
import { Refusal } from "./refusal.js";

/** Throws Refusal ROLE unless the caller has one of the roles. Internal roots: `onlyFor(context, "GATEWAY")`. */
export function onlyFor({ principal }: SubgraphContext, ...roles: readonly Role[]): void {
  if (!roles.includes(principal.role)) throw new Refusal("ROLE");
}
