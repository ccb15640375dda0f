import type { Principal, Role } from "../../schema/principal.js";
import { loadEntity } from "../kit/load-entity.js";
import { Refusal } from "../kit/refusal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { Authority } from "./entities/authority.js";

/** Roles whose token must name an authority of the register. */
const needAuthority: readonly string[] = ["JUDICIAL", "ENFORCING_AUTHORITY"];

/**
 * Who asks in the end, also through other subgraphs. Throws Refusal REGISTER unless the token's authority is in the
 * register, of the token's country.
 */
export async function readCaller(context: SubgraphContext): Promise<Principal> {
  let caller = context.principal;
  while (caller.role === "SERVICE" && caller.onBehalfOf !== undefined) caller = caller.onBehalfOf;
  if (caller.authority === null) {
    if (needAuthority.includes(caller.role)) throw new Refusal("REGISTER");
    return caller;
  }
  const authority = await loadEntity(context, Authority, caller.authority);
  if (authority === null || authority.country !== caller.country) throw new Refusal("REGISTER");
  return caller;
}

/** Who revokes: a judge, or a central authority that the trust file lets revoke. Throws Refusal ROLE, REGISTER. */
export async function actToRevoke(context: SubgraphContext): Promise<Principal> {
  const { role, mayRevoke } = context.principal;
  return actAs(context, role === "CENTRAL_AUTHORITY" && mayRevoke === true ? role : "JUDICIAL");
}

/** The caller of an act. Throws Refusal ROLE for another role, and for a subgraph: nobody acts on somebody's behalf. */
export async function actAs(
  context: SubgraphContext,
  role: "JUDICIAL" | "PROVIDER" | "ENFORCING_AUTHORITY" | "CENTRAL_AUTHORITY",
): Promise<Principal> {
  if (context.principal.role !== role) throw new Refusal("ROLE");
  return readCaller(context);
}

const parties: readonly Role[] = ["JUDICIAL", "PROVIDER", "ENFORCING_AUTHORITY", "CENTRAL_AUTHORITY"];

/** The caller of an act that any party to a warrant may have to do. Throws Refusal ROLE, REGISTER. */
export async function actAsParty(context: SubgraphContext): Promise<Principal> {
  if (!parties.includes(context.principal.role)) throw new Refusal("ROLE");
  return readCaller(context);
}
