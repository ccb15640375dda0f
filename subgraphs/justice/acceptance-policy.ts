import { randomUUID } from "node:crypto";
import { UniqueConstraintViolationException } from "@mikro-orm/core";
import type { DataCategory } from "../../schema/law/vocabulary.js";
import type { Principal } from "../../schema/principal.js";
import { Refusal } from "../kit/refusal.js";
import type { EntityManager, SubgraphContext } from "../kit/subgraph.js";
import { AcceptancePolicy } from "./entities/acceptance-policy.js";
import type { Warrant } from "./entities/warrant.js";
import { refuseIfAny } from "./rule-broken.js";
import type { AcceptancePolicyInput } from "./types/acceptance.js";
import { type UserError, userError } from "./types/user-error.js";

/** All versions of a platform's policy, the one in force first; none: nothing is accepted without a person. */
export function policiesOf(em: EntityManager, platform: string): Promise<AcceptancePolicy[]> {
  return em.find(AcceptancePolicy, { platform }, { orderBy: { version: "desc" } });
}

/** The policy in force for a platform; null: none was ever set. */
export async function policyInForce(em: EntityManager, platform: string): Promise<AcceptancePolicy | null> {
  return em.findOne(AcceptancePolicy, { platform }, { orderBy: { version: "desc" } });
}

/** Whether a policy accepts a category by itself under a warrant: of those that order data to be produced, when an authority of a state that it names gives it. */
export function covers({ allows }: AcceptancePolicy, category: DataCategory, { kind, country }: Warrant): boolean {
  const named = allows.some((one) => one.category === category && one.countries.includes(country));
  return named && kind === "PRODUCTION";
}

/** Sets the next version for the provider's own platform. Throws RuleBroken, and Refusal CHANGED_MEANWHILE where another than the one she read is in force. */
export async function setPolicy(
  { em, clock }: SubgraphContext,
  { platform, sub }: Principal,
  { replaces, allows, earliestMinutes, latestMinutes }: AcceptancePolicyInput,
): Promise<AcceptancePolicy> {
  if (platform === null) throw new Refusal("ROLE");
  refuseIfAny([...checkAllows(allows), ...checkMinutes(earliestMinutes, latestMinutes)]);
  const before = await policyInForce(em, platform);
  if ((before?.version ?? 0) !== replaces) throw new Refusal("CHANGED_MEANWHILE");
  const policy: AcceptancePolicy = {
    id: `policy-${randomUUID()}`,
    platform,
    version: replaces + 1,
    allows: allows.map(({ category, countries }) => ({ category, countries })),
    ...{ earliestMinutes, latestMinutes },
    setAt: clock(),
    setBy: sub,
  };
  await em.insert(AcceptancePolicy, policy).catch((error: unknown) => {
    throw error instanceof UniqueConstraintViolationException ? new Refusal("CHANGED_MEANWHILE") : error;
  });
  return policy;
}

/** Shortest stretch over which acceptances are spread, and longest time after the issue, in minutes. */
const shortestSpread = 60;
const longest = 10 * 24 * 60;

function checkMinutes(earliest: number, latest: number): UserError[] {
  if (earliest >= 0 && latest - earliest >= shortestSpread && latest <= longest) return [];
  const message = `From \`earliestMinutes\`, 0 or more, to \`latestMinutes\`, ${longest} or fewer, it is ${shortestSpread} minutes at least: who is accepted at once, and who is not, would say what is known of her.`;
  return [userError("POLICY_MINUTES", message, ["latestMinutes"])];
}

function checkAllows(allows: AcceptancePolicyInput["allows"]): UserError[] {
  return allows.flatMap(({ category, countries }, index) => {
    const field = ["allows", index];
    if (allows.findIndex((one) => one.category === category) < index)
      return [userError("CATEGORY_TWICE", `${category} is named twice.`, [...field, "category"])];
    if (countries.length === 0 || new Set(countries).size < countries.length)
      return [userError("COUNTRIES", `Name the states for ${category}, each once.`, [...field, "countries"])];
    return [];
  });
}
