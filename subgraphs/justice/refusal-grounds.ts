import type { Party } from "../../schema/law/vocabulary.js";
import { enumOf } from "../kit/enums.js";

export const refusalGrounds = [
  "INCOMPLETE",
  "MANIFEST_ERROR",
  "INSUFFICIENT_INFORMATION",
  "DATA_NOT_HELD",
  "DE_FACTO_IMPOSSIBILITY",
  "AUTHORITY_NOT_COMPETENT",
  "OFFENCE_NOT_COVERED",
  "SERVICE_NOT_COVERED",
  "IMMUNITY_OR_PRIVILEGE",
  "CONFLICT_OF_LAW",
  "FUNDAMENTAL_RIGHTS",
  "NE_BIS_IN_IDEM",
  "NOT_AN_OFFENCE_IN_ENFORCING_STATE",
  "OVERBROAD",
  "OTHER",
] as const;
export type RefusalGround = (typeof refusalGrounds)[number];

export const RefusalGroundEnum: { readonly [word in RefusalGround]: word } = enumOf(
  "RefusalGround",
  refusalGrounds,
  "Why an order is not followed: Regulation (EU) 2023/1543, Art 10(5)–(7), Art 12 and Annex III, and what providers name on voluntary routes.",
);

/**
 * Ground × party: who may use which. The addressee has the grounds of Annex III and, on voluntary routes, those its own review gives it;
 * the enforcing authority has those of Art 12(1). Any other party refuses nothing.
 */
const partiesByGround: Readonly<Record<RefusalGround, readonly Party[]>> = {
  INCOMPLETE: ["PROVIDER"],
  MANIFEST_ERROR: ["PROVIDER"],
  INSUFFICIENT_INFORMATION: ["PROVIDER"],
  DATA_NOT_HELD: ["PROVIDER"],
  DE_FACTO_IMPOSSIBILITY: ["PROVIDER"],
  AUTHORITY_NOT_COMPETENT: ["PROVIDER"],
  OFFENCE_NOT_COVERED: ["PROVIDER"],
  SERVICE_NOT_COVERED: ["PROVIDER"],
  IMMUNITY_OR_PRIVILEGE: ["PROVIDER", "ENFORCING_AUTHORITY"],
  CONFLICT_OF_LAW: ["PROVIDER"],
  FUNDAMENTAL_RIGHTS: ["PROVIDER", "ENFORCING_AUTHORITY"],
  NE_BIS_IN_IDEM: ["ENFORCING_AUTHORITY"],
  NOT_AN_OFFENCE_IN_ENFORCING_STATE: ["ENFORCING_AUTHORITY"],
  OVERBROAD: ["PROVIDER"],
  OTHER: ["PROVIDER"],
};

/** Whether this party may refuse on this ground. */
export function mayRefuseOn(ground: RefusalGround, party: Party): boolean {
  return partiesByGround[ground].includes(party);
}

/** The grounds that are open to a party, in the order of the list. */
export function groundsOf(party: Party): readonly RefusalGround[] {
  return refusalGrounds.filter((ground) => mayRefuseOn(ground, party));
}
