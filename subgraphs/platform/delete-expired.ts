import type { DataCategory } from "../../schema/law/vocabulary.js";
import type { EntityManager, SubgraphContext } from "../kit/subgraph.js";
import { PreservedData } from "./entities/preserved-data.js";
import { countRows, keeps, rowsOf } from "./held-rows.js";
import { askDataToKeep, freeze, oneAtATime } from "./keep-data.js";
import { readPlatforms } from "./platforms.js";
import { reportLifted } from "./report-lifted.js";
import type { DeletionPayload, ExpiredRows } from "./types/deletion.js";

/**
 * Deletes what a platform keeps no longer under its own retention (`Holding.retentionDays`), but nothing that a preservation keeps: it asks what must be kept before
 * it deletes, and where it gets no answer deletes nothing. Marks that nothing holds any more are lifted in the same transaction, with what became of their data, and
 * whoever ordered them is told. Throws GraphUnavailable.
 */
export async function deleteExpired(context: SubgraphContext, platform: string): Promise<DeletionPayload> {
  const now = context.clock();
  const known = await context.em.find(PreservedData, { platform, liftedAt: null });
  const toKeep = await askDataToKeep(context.graph, platform);
  const holds = (await readPlatforms()).find(({ code }) => code === platform)?.holds ?? [];
  const done = await context.em.transactional(async (inner) => {
    const em = inner as EntityManager;
    await oneAtATime(em);
    await freeze(em, { platform, toKeep, now });
    const lifted = await em.find(PreservedData, { liftedAt: null, itemId: { $in: unheld(known, toKeep) } });
    const before = await countRows(em, lifted);
    await em.nativeUpdate(PreservedData, { itemId: { $in: lifted.map(({ itemId }) => itemId) } }, { liftedAt: now });
    const expired: ExpiredRows[] = [];
    for (const { category, retentionDays } of holds)
      if (retentionDays !== null)
        expired.push(...(await deleteRows(em, platform, category, daysBefore(now, retentionDays))));
    const after = await countRows(em, lifted);
    for (const { itemId } of lifted) {
      const rows = after.get(itemId) ?? 0;
      await em.nativeUpdate(PreservedData, { itemId }, { deleted: (before.get(itemId) ?? 0) - rows, kept: rows });
    }
    return { expired, lifted: lifted.length };
  });
  context.em.clear();
  await reportLifted(context, platform);
  return done;
}

/** Of the marks that stood before it was asked what to keep, those that nothing holds; what was frozen since stays. */
function unheld(known: readonly PreservedData[], toKeep: readonly { readonly itemId: string }[]): string[] {
  const held = new Set(toKeep.map(({ itemId }) => itemId));
  return known.flatMap(({ itemId }) => (held.has(itemId) ? [] : [itemId]));
}

async function deleteRows(
  em: EntityManager,
  platform: string,
  category: DataCategory,
  before: Date,
): Promise<ExpiredRows[]> {
  const of = rowsOf[category];
  if (of === undefined) return [];
  const expired = `from platform.${of.table} r where r.${of.at} < ? and r.user_id in (select id from platform.users where platform = ?)`;
  const preserved = `exists (select 1 from platform.preserved_data m where m.lifted_at is null and m.category = ? and ${keeps(of.at)})`;
  const values = [before, platform, category];
  const [row]: { rows: number }[] = await em.execute(
    `select count(*)::int as rows ${expired} and ${preserved}`,
    values,
  );
  const deleted: unknown[] = await em.execute(`delete ${expired} and not ${preserved} returning r.id`, values);
  return [{ category, deleted: deleted.length, preserved: row?.rows ?? 0 }];
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
