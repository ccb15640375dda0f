import type { AuthorityTest } from "./rule.js";
import type { AuthorityKind } from "./vocabulary.js";

/** "JUDGE, COURT or POLICE". */
export function describeKinds(kinds: readonly AuthorityKind[]): string {
  const [before, last] = [kinds.slice(0, -1).join(", "), kinds.slice(-1)];
  return (before === "" ? last : [before, ...last]).join(" or ");
}

/** Who may ask under a rule, in words. */
export function describeAuthorities(entries: readonly AuthorityTest[]): string {
  return entries.length === 0 ? "any authority" : entries.map(describeEntry).join("; or ");
}

function describeEntry({
  kinds,
  validatedBy,
  emergencyWithoutPriorValidation,
  expostValidationHours,
  via,
}: AuthorityTest): string {
  const validation = validatedBy === undefined ? "" : ` validated by ${describeKinds(validatedBy)}`;
  const within = expostValidationHours === undefined ? "" : ` within ${expostValidationHours} hours`;
  const afterwards = emergencyWithoutPriorValidation === true ? `, in an emergency afterwards${within}` : "";
  const channel = via === undefined ? "" : ` through the ${via}`;
  return `${describeKinds(kinds)}${validation}${afterwards}${channel}`;
}
