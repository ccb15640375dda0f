import type { KnownFacts } from "../../schema/calls.js";

/** Whether two accounts of one person's facts agree in every fact. */
export function sameFacts(one: KnownFacts, other: KnownFacts): boolean {
  return (
    one.providerCountry === other.providerCountry &&
    one.residence === other.residence &&
    one.nationality === other.nationality &&
    one.locatedIn === other.locatedIn &&
    one.protectedRole === other.protectedRole
  );
}
