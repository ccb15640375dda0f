import type { EntityManager } from "../kit/subgraph.js";
import type { Deed } from "./deed.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { findTransition, inForce, ordinarily } from "./life.js";
import { statusAt } from "./status-at.js";
import type { WarrantStatus } from "./words.js";

/**
 * What an act on a production order does to the preservation that it follows: while the production is on its way the data are kept, and when the last one is over,
 * no longer than the preservation holds by itself (Regulation (EU) 2023/1543, Art 11). Null: nothing. `to` is where the act leads.
 */
export async function followUpOf(em: EntityManager, deed: Deed, to: WarrantStatus): Promise<Deed | null> {
  const { warrant: production, transition, actor, now } = deed;
  const begins = transition.to === "ISSUED";
  const ends = stands(transition.from) && !stands(to);
  if (production.preservesId === null || !(begins || ends)) return null;
  const preserved = await em.findOneOrFail(Warrant, { id: production.preservesId }, { refresh: true });
  if (!stands(statusAt(preserved, now))) return null;
  const [act, by] = begins ? (["FOLLOW", "ISSUING_AUTHORITY"] as const) : (["RELEASE", null] as const);
  const made = findTransition(act, preserved.status, by, { ...ordinarily, preservation: true });
  if ("code" in made) throw new Error(`warrant ${preserved.id}: ${made.message}`);
  const endsAt = begins
    ? latest([preserved.endsAt, production.endsAt])
    : await withoutIt(em, preserved, production, now);
  return {
    warrant: preserved,
    items: await em.find(WarrantItem, { warrantId: preserved.id }, { orderBy: { position: "asc" } }),
    transition: made,
    named: [],
    by: "ISSUING_AUTHORITY",
    ...{ actor, now },
    reason: begins
      ? `The production order ${production.id} follows: the data are kept while it is on its way, until ${endsAt.toISOString()} at the latest.`
      : `The production order ${production.id} is over (${to}): the data are kept until ${endsAt.toISOString()}.`,
    sets: { endsAt },
  };
}

const stands = (status: WarrantStatus): boolean => inForce.some((one) => one === status);

/** When the preservation ends without this production: now at the earliest. */
async function withoutIt(em: EntityManager, preserved: Warrant, production: Warrant, now: Date): Promise<Date> {
  const others = await em.find(Warrant, {
    preservesId: preserved.id,
    id: { $ne: production.id },
    issuedAt: { $ne: null },
  });
  const open = others.filter((other) => stands(statusAt(other, now)));
  return latest([now, preserved.heldByItselfUntil ?? now, ...open.map((other) => other.endsAt)]);
}

function latest(moments: readonly Date[]): Date {
  return new Date(Math.max(...moments.map((moment) => moment.getTime())));
}
