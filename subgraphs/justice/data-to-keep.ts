import type { EntityManager } from "../kit/subgraph.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { WarrantTarget } from "./entities/warrant-target.js";
import { inForce } from "./life.js";
import { itemStatusAt, statusAt } from "./status-at.js";
import type { DataToKeep } from "./types/data-to-keep.js";
import type { ItemStatus } from "./words.js";

/** An item of which the data are still kept: the provider has it, or had it accepted. */
const open: readonly ItemStatus[] = ["ORDERED", "ACCEPTED", "HELD", "CONTESTED"];

interface Standing {
  readonly warrant: Warrant;
  /** Account and category of every open item. */
  readonly items: readonly {
    readonly id: string;
    readonly accountId: string;
    readonly category: WarrantItem["category"];
  }[];
}

/**
 * What a platform must keep now: the open items of every preservation in force, from its issue on, whether or not it was answered. Once a preservation holds only for
 * a production order on its way, what that order still asks for.
 */
export async function dataToKeep(em: EntityManager, platform: string, now: Date): Promise<DataToKeep[]> {
  const where = {
    kind: "PRESERVATION",
    platform,
    issuedAt: { $ne: null },
    status: { $in: [...inForce] },
    endsAt: { $gt: now },
  } as const;
  const preservations = await em.find(Warrant, where);
  const followUps = await em.find(Warrant, {
    preservesId: { $in: preservations.map(({ id }) => id) },
    issuedAt: { $ne: null },
    status: { $in: [...inForce] },
  });
  const standing = await standingOf(em, [...preservations, ...followUps], now);
  const asked = new Set(
    standing.flatMap(({ warrant, items }) => items.map((item) => keyOf(warrant.preservesId, item))),
  );
  return standing
    .filter(({ warrant }) => warrant.kind === "PRESERVATION")
    .flatMap(({ warrant, items }) => {
      const byItself = warrant.heldByItselfUntil !== null && now < warrant.heldByItselfUntil;
      const kept = byItself ? items : items.filter((item) => asked.has(keyOf(warrant.id, item)));
      return kept.map(({ id: itemId, accountId, category }) => ({
        ...{ warrantId: warrant.id, itemId, accountId, category },
        ...{ from: warrant.periodFrom, to: warrant.periodTo, until: warrant.endsAt },
      }));
    });
}

const keyOf = (preservation: string | null, { accountId, category }: { accountId: string; category: string }): string =>
  JSON.stringify([preservation, accountId, category]);

async function standingOf(em: EntityManager, warrants: readonly Warrant[], now: Date): Promise<Standing[]> {
  const alive = warrants.filter((warrant) => inForce.some((status) => status === statusAt(warrant, now)));
  const of = { warrantId: { $in: alive.map(({ id }) => id) } };
  const items = await em.find(WarrantItem, of, { orderBy: { position: "asc" } });
  const targets = new Map((await em.find(WarrantTarget, of)).map((target) => [target.id, target.accountId]));
  return alive.map((warrant) => ({
    warrant,
    items: items.flatMap((item) => {
      const accountId = targets.get(item.targetId) ?? null;
      const isOpen = item.warrantId === warrant.id && open.includes(itemStatusAt(item, warrant, now));
      return isOpen && accountId !== null ? [{ id: item.id, accountId, category: item.category }] : [];
    }),
  }));
}
