import type { EntityManager } from "../kit/subgraph.js";
import { covers, policyInForce } from "./acceptance-policy.js";
import type { AcceptancePolicy } from "./entities/acceptance-policy.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { WarrantTarget } from "./entities/warrant-target.js";
import type { ReasonForPerson } from "./words.js";

/** What the register and earlier orders say about a warrant's way to be accepted by policy. */
export interface Background {
  /** In force for the platform; null: none. */
  readonly policy: AcceptancePolicy | null;
  /** A person at this provider has accepted an order of this authority before. */
  readonly authorityKnown: boolean;
  /** And one under each of the keys that signed this warrant. */
  readonly keysKnown: boolean;
  /** Targets about whose account an authority of the same state has declared something else, here or in another order. */
  readonly declaredOtherwise: ReadonlySet<string>;
}

/** Reads the background of an issued warrant. */
export async function backgroundOf(
  em: EntityManager,
  warrant: Warrant,
  targets: readonly WarrantTarget[],
): Promise<Background> {
  const { authorityId, signingKeyId, validatingAuthorityId, validationKeyId } = warrant;
  const [policy, authorityKnown, signed, validated, declaredOtherwise] = await Promise.all([
    policyInForce(em, warrant.platform),
    acceptedByPerson(em, warrant, { authorityId }),
    signingKeyId === null || acceptedByPerson(em, warrant, { authorityId, signingKeyId }),
    validationKeyId === null || acceptedByPerson(em, warrant, { validatingAuthorityId, validationKeyId }),
    othersSay(em, warrant, targets),
  ]);
  return { policy, authorityKnown, keysKnown: signed && validated, declaredOtherwise };
}

/** Why a person decides about an item, as far as the order itself tells; none: the policy may. What the known facts tell is the gateway's to say. */
export function reasonsForPerson(
  item: WarrantItem,
  target: WarrantTarget,
  warrant: Warrant,
  { policy, authorityKnown, keysKnown, declaredOtherwise }: Background,
): ReasonForPerson[] {
  const resolved = target.accountId !== null;
  const found: readonly [ReasonForPerson, boolean][] = [
    ["NOT_COVERED", policy === null || !covers(policy, item.category, warrant)],
    ["EMERGENCY", warrant.emergency],
    ["HELD", item.heldUntil !== null],
    ["PROTECTED_ROLE", target.protectedRole !== null],
    ["NOT_RESOLVED", !resolved],
    ["NOT_DECLARED", resolved && target.residence === null],
    ["DECLARED_OTHERWISE", declaredOtherwise.has(target.id)],
    ["FIRST_ORDER", !authorityKnown],
    ["FIRST_WITH_KEY", authorityKnown && !keysKnown],
  ];
  return found.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

async function acceptedByPerson(em: EntityManager, { id, platform }: Warrant, ofWhom: object): Promise<boolean> {
  const others = em
    .createQueryBuilder(Warrant)
    .select("id")
    .where({ platform, id: { $ne: id }, ...ofWhom })
    .toRaw();
  const accepted = { status: { $in: ["ACCEPTED" as const, "DISCLOSED" as const] }, policyVersion: null };
  return (await em.count(WarrantItem, { ...accepted, warrantId: { $in: others } } as never)) > 0;
}

/** Whoever tries one belief after the other learns from the one that is accepted: so the second one is for a person. */
async function othersSay(
  em: EntityManager,
  { country, platform }: Warrant,
  targets: readonly WarrantTarget[],
): Promise<ReadonlySet<string>> {
  const accounts = targets.flatMap(({ accountId }) => accountId ?? []);
  if (accounts.length === 0) return new Set();
  const issued = em
    .createQueryBuilder(Warrant)
    .select("id")
    .where({ country, platform, issuedAt: { $ne: null } })
    .toRaw();
  const same = await em.find(WarrantTarget, { accountId: { $in: accounts }, warrantId: { $in: issued } } as never);
  const differs = (target: WarrantTarget): boolean =>
    same.some((other) => other.accountId === target.accountId && beliefText(other) !== beliefText(target));
  return new Set(targets.filter(differs).map(({ id }) => id));
}

function beliefText({ nationality, residence, locatedIn, protectedRole }: WarrantTarget): string {
  return JSON.stringify([nationality, residence, locatedIn, protectedRole]);
}
