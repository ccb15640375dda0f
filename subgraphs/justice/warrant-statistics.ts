import type { FilterQuery } from "@mikro-orm/core";
import { Refusal } from "../kit/refusal.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { WarrantCounter } from "./count-warrants.js";
import { Warrant } from "./entities/warrant.js";
import { WarrantItem } from "./entities/warrant-item.js";
import { warrantsSeenBy } from "./sight.js";
import type { WarrantCount } from "./types/warrant-count.js";
import type { WarrantDimension } from "./words.js";

/** Orders read at once. */
const batch = 500;

export interface Counting {
  readonly by: readonly WarrantDimension[];
  /** Issued at this moment or later; null: since ever. */
  readonly from: Date | null;
  /** Issued before this moment; null: until now. */
  readonly to: Date | null;
}

/**
 * Counts the orders that the caller sees and that were issued in the period, by their items: what states owe under Art 28 of Regulation (EU) 2023/1543, and a
 * provider's transparency table. Null where she sees none. Throws Refusal STATISTICS unless `by` names one to four different dimensions, PERIOD, and GraphUnavailable.
 */
export async function warrantStatistics(
  context: SubgraphContext,
  { by, from, to }: Counting,
): Promise<WarrantCount[] | null> {
  if (by.length < 1 || by.length > 4 || new Set(by).size !== by.length) throw new Refusal("STATISTICS");
  if (from !== null && to !== null && from >= to) throw new Refusal("PERIOD");
  const sight = await warrantsSeenBy(context);
  if (sight === null) return null;
  const counter = new WarrantCounter(by, context.clock());
  // Nothing was issued before 1970, and no database holds every moment that a client can write.
  if (to !== null && to.getTime() <= 0) return [];
  const issued = {
    issuedAt: { $ne: null, ...(from && from.getTime() > 0 && { $gte: from }), ...(to && { $lt: to }) },
  };
  for (let after = ""; ; ) {
    const where = { $and: [sight.where, issued, { id: { $gt: after } }] } as FilterQuery<Warrant>;
    const rows = await context.em.find(Warrant, where, {
      orderBy: { id: "asc" },
      limit: batch,
      disableIdentityMap: true,
    });
    const seen = sight.choose === null ? rows : await sight.choose(rows);
    const items = await context.em.find(
      WarrantItem,
      { warrantId: { $in: seen.map(({ id }) => id) } },
      { disableIdentityMap: true },
    );
    const byWarrant = Map.groupBy(items, ({ warrantId }) => warrantId);
    for (const warrant of seen) counter.add({ warrant, items: byWarrant.get(warrant.id) ?? [] });
    const last = rows.at(-1);
    if (last === undefined || rows.length < batch) return counter.counts();
    after = last.id;
  }
}
