/** Who asks. Made by the gateway from a token it has checked, and told to the subgraphs in a signed call. */

export const clientRoles = [
  "JUDICIAL",
  "PROVIDER",
  "ENFORCING_AUTHORITY",
  "CENTRAL_AUTHORITY",
  "AUDITOR",
  "ENGINEER",
] as const;
export type ClientRole = (typeof clientRoles)[number];

/**
 * GATEWAY: the gateway asks for itself (a warrant for the door, the rule book). SERVICE: a subgraph asks back on behalf of a caller.
 * No token carries either; only signed calls do.
 */
export type Role = ClientRole | "GATEWAY" | "SERVICE";

export interface Principal {
  readonly sub: string;
  readonly role: Role;
  /** ISO 3166-1 alpha-2, or null where the role has none. */
  readonly country: string | null;
  /** Authority id of the register, or null. */
  readonly authority: string | null;
  /** Platform code, or null. */
  readonly platform: string | null;
  /** Only for CENTRAL_AUTHORITY: its issuer's entry in the trust file lets it revoke. */
  readonly mayRevoke?: true;
  /** Only for SERVICE: the subgraph that asks, and for whom. */
  readonly service?: string;
  readonly onBehalfOf?: Principal;
  /** Only for SERVICE: how many subgraphs ask through each other, from 1. */
  readonly hops?: number;
}
