import type { FilterQuery } from "@mikro-orm/core";
import type { Principal } from "../../schema/principal.js";
import type { EntityManager } from "../kit/subgraph.js";
import { Case } from "./entities/case.js";
import { Warrant } from "./entities/warrant.js";

/**
 * Who sees what, in one place, as a condition of every query. What one may not see is not found. A provider, and an auditor of a platform,
 * sees a warrant from its issue on: a draft that was revoked was never theirs to know.
 */

/** The warrants that the principal sees; null: none. */
export function warrantsSeenBy({ role, authority, country, platform }: Principal): FilterQuery<Warrant> | null {
  switch (role) {
    case "JUDICIAL":
      return authority === null ? null : { authorityId: authority };
    case "PROVIDER":
      return platform === null ? null : issuedTo(platform);
    case "CENTRAL_AUTHORITY":
      return country === null ? null : { country };
    case "AUDITOR":
      return { $and: [country === null ? {} : { country }, platform === null ? {} : issuedTo(platform)] };
    default:
      return null;
  }
}

/** The cases that the principal sees; null: none. */
export function casesSeenBy(
  em: EntityManager,
  { role, authority, country, platform }: Principal,
): FilterQuery<Case> | null {
  switch (role) {
    case "JUDICIAL":
      return authority === null ? null : { authorityId: authority };
    case "CENTRAL_AUTHORITY":
      return country === null ? null : { country };
    case "AUDITOR":
      return { $and: [country === null ? {} : { country }, platform === null ? {} : withWarrantTo(em, platform)] };
    default:
      return null;
  }
}

/** The register of authorities is open to everybody who deals with orders. */
export function seesAuthorities({ role }: Principal): boolean {
  return role !== "ENGINEER" && role !== "GATEWAY" && role !== "SERVICE";
}

/** Everybody else may read why the data are needed; the provider never. */
export function seesNecessity({ role }: Principal): boolean {
  return role !== "PROVIDER";
}

function issuedTo(platform: string): FilterQuery<Warrant> {
  return { platform, issuedAt: { $ne: null } };
}

function withWarrantTo(em: EntityManager, platform: string): FilterQuery<Case> {
  const cases = em
    .createQueryBuilder(Warrant)
    .select("caseId")
    .where({ platform, issuedAt: { $ne: null } })
    .toRaw();
  return { id: { $in: cases } } as unknown as FilterQuery<Case>;
}
