import type { Party } from "../../schema/law/vocabulary.js";
import type { Principal } from "../../schema/principal.js";
import type { Warrant } from "./entities/warrant.js";

/** As which party to a warrant that she sees somebody acts. */
export function partyOf({ role, authority }: Principal, warrant: Warrant): Party {
  switch (role) {
    case "PROVIDER":
      return "PROVIDER";
    case "ENFORCING_AUTHORITY":
      return "ENFORCING_AUTHORITY";
    case "CENTRAL_AUTHORITY":
      return "CENTRAL_AUTHORITY";
    default:
      return authority === warrant.authorityId ? "ISSUING_AUTHORITY" : "VALIDATING_AUTHORITY";
  }
}
