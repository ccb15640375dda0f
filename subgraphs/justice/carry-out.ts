import { randomUUID } from "node:crypto";
import type { Party } from "../../schema/law/vocabulary.js";
import { Refusal } from "../kit/refusal.js";
import type { EntityManager } from "../kit/subgraph.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantEvent } from "./entities/warrant-event.js";
import { WarrantItem } from "./entities/warrant-item.js";
import type { Transition } from "./life.js";
import type { RefusalGround } from "./refusal-grounds.js";
import type { ItemStatus } from "./words.js";

export interface Deed {
  /** As it was read; the deed is void if it has changed since. */
  readonly warrant: Warrant;
  readonly transition: Transition;
  /** Ids of the items that the act names; ignored where the transition moves all. */
  readonly named: readonly string[];
  readonly by: Party;
  /** `sub` of the person who acts. */
  readonly actor: string;
  readonly now: Date;
  readonly reason: string | null;
  readonly refusalGround?: RefusalGround;
}

/**
 * Carries out one transition in one transaction: status, items and history, or nothing. Throws Refusal CHANGED_MEANWHILE where somebody else
 * acted on the warrant since it was read.
 */
export async function carryOut(em: EntityManager, deed: Deed): Promise<void> {
  const { warrant, transition, now } = deed;
  await em.transactional(async (transaction) => {
    const changed = await transaction.nativeUpdate(
      Warrant,
      { id: warrant.id, version: warrant.version, status: transition.from },
      {
        status: transition.to,
        version: warrant.version + 1,
        changedAt: now,
        ...(transition.act === "ISSUE" && transition.to === "ISSUED" && { issuedAt: now }),
      },
    );
    if (changed !== 1) throw new Refusal("CHANGED_MEANWHILE");
    await moveItems(transaction as EntityManager, deed);
    await transaction.insert(WarrantEvent, eventOf(deed));
  });
}

async function moveItems(
  transaction: EntityManager,
  { warrant, transition, named, by, now, reason, refusalGround }: Deed,
): Promise<void> {
  const which = transition.items === "NAMED" ? { id: { $in: [...named] } } : {};
  for (const [from, to] of Object.entries(transition.moves) as [ItemStatus, ItemStatus][]) {
    const refusal = to === "REFUSED" && refusalGround !== undefined;
    const moved = await transaction.nativeUpdate(
      WarrantItem,
      { warrantId: warrant.id, status: from, ...which },
      {
        status: to,
        ...(refusal && { refusalGround, refusalBy: by, refusalReason: reason, refusalAt: now }),
      },
    );
    if (transition.items === "NAMED" && moved !== named.length) throw new Refusal("CHANGED_MEANWHILE");
  }
}

function eventOf({ warrant, transition, by, actor, now, reason }: Deed): WarrantEvent {
  return {
    id: `event-${randomUUID()}`,
    warrantId: warrant.id,
    version: warrant.version + 1,
    at: now,
    from: transition.from,
    to: transition.to,
    by,
    actor,
    reason,
  };
}
