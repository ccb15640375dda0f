import type { EntityManager } from "../kit/subgraph.js";
import { carryOut } from "./carry-out.js";
import type { AcceptancePolicy } from "./entities/acceptance-policy.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { WarrantTarget } from "./entities/warrant-target.js";
import { findTransition, ordinarily } from "./life.js";
import { backgroundOf, reasonsForPerson } from "./reasons-for-person.js";
import { statusAt } from "./status-at.js";
import type { JudgedItemInput } from "./types/acceptance.js";
import type { ReasonForPerson } from "./words.js";

/**
 * Carries out what came of a look at items whose moment had come: those that nothing stands against are accepted in the name of whoever set the policy, the others are
 * left to a person with the reason, for good. An item that was answered meanwhile stays as it is. Returns how many were accepted. Throws Refusal CHANGED_MEANWHILE
 * where somebody acts on the warrant this moment; the next look finds what is left.
 */
export async function acceptByPolicy(
  em: EntityManager,
  now: Date,
  warrantId: string,
  judged: readonly JudgedItemInput[],
): Promise<number> {
  const warrant = await em.findOne(Warrant, { id: warrantId });
  if (warrant === null) return 0;
  const [items, targets] = await Promise.all([
    em.find(WarrantItem, { warrantId }),
    em.find(WarrantTarget, { warrantId }),
  ]);
  const background = await backgroundOf(em, warrant, targets);
  const accepted: WarrantItem[] = [];
  for (const { id, forPerson = null } of judged) {
    const item = items.find((one) => one.id === id && one.status === "ORDERED" && one.forPerson === null);
    const target = targets.find((one) => one.id === item?.targetId);
    if (item === undefined || target === undefined) continue;
    const [reason = forPerson] = reasonsForPerson(item, target, warrant, background);
    if (reason === null) accepted.push(item);
    else if (reason !== "NOT_COVERED") await leave(em, item, reason);
  }
  const { policy } = background;
  return policy === null || accepted.length === 0 ? 0 : accept(em, { warrant, items, accepted, policy, now });
}

/** No act of anybody: neither the warrant's version nor its time of change move, so that nobody can tell. */
async function leave(em: EntityManager, { id }: WarrantItem, forPerson: ReasonForPerson): Promise<void> {
  await em.nativeUpdate(WarrantItem, { id, status: "ORDERED", forPerson: null }, { forPerson });
}

interface Accepting {
  readonly warrant: Warrant;
  readonly items: readonly WarrantItem[];
  readonly accepted: readonly WarrantItem[];
  readonly policy: AcceptancePolicy;
  readonly now: Date;
}

async function accept(em: EntityManager, { warrant, items, accepted, policy, now }: Accepting): Promise<number> {
  const standing = { ...ordinarily, policyAccepts: true };
  const transition = findTransition("ACCEPT_BY_POLICY", statusAt(warrant, now), "PROVIDER", standing);
  if ("code" in transition) return 0;
  const named = accepted.map(({ id }) => id);
  await carryOut(em, {
    ...{ warrant, items, transition, named, by: "PROVIDER", actor: policy.setBy, now, reason: null },
    policyVersion: policy.version,
  });
  return accepted.length;
}
