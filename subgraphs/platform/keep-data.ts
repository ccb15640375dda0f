import type { DataCategory } from "../../schema/law/vocabulary.js";
import type { EntityManager, Graph, SubgraphContext } from "../kit/subgraph.js";
import { PreservedData } from "./entities/preserved-data.js";
import { User } from "./entities/user.js";

/** What justice says must be kept now, for one item of a preservation. Times are RFC 3339. */
interface DataToKeep {
  readonly warrantId: string;
  readonly itemId: string;
  readonly accountId: string;
  readonly category: DataCategory;
  readonly from: string | null;
  readonly to: string | null;
  readonly until: string;
}

const document = `query DataToKeep($platform: String!) {
  dataToKeep(platform: $platform) { warrantId itemId accountId category from to until }
}`;

/** Asks what must be kept on a platform. Throws GraphUnavailable: then it is not known, and nothing may be deleted. */
export async function askDataToKeep(graph: Graph, platform: string): Promise<readonly DataToKeep[]> {
  return (await graph<{ dataToKeep: DataToKeep[] }>(document, { platform })).dataToKeep;
}

/** Asks what must be kept, and freezes it: at once, and nothing is lifted here. Throws GraphUnavailable. */
export async function keepData(context: SubgraphContext, platform: string): Promise<void> {
  const toKeep = await askDataToKeep(context.graph, platform);
  await context.em.transactional(async (transaction) => {
    await oneAtATime(transaction as EntityManager);
    await freeze(transaction as EntityManager, { platform, toKeep, now: context.clock() });
  });
}

/** Until the transaction ends nobody else freezes or deletes, in whatever process: what is frozen is frozen before a deletion, or after it. */
export async function oneAtATime(em: EntityManager): Promise<void> {
  await em.execute("select pg_advisory_xact_lock(hashtext('platform keeps or deletes'))");
}

export interface Freezing {
  readonly platform: string;
  readonly toKeep: readonly DataToKeep[];
  readonly now: Date;
}

/** Sets a mark for whatever has none, and moves the end of the others. A mark that was lifted stays lifted. */
export async function freeze(em: EntityManager, { platform, toKeep, now }: Freezing): Promise<void> {
  if (toKeep.length === 0) return;
  const own = await em.find(
    User,
    { platform, id: { $in: toKeep.map(({ accountId }) => accountId) } },
    { fields: ["id"] },
  );
  const accounts = new Set(own.map(({ id }) => id));
  const marks = toKeep
    .filter(({ accountId }) => accounts.has(accountId))
    .map(({ warrantId, itemId, accountId, category, from, to, until }) => ({
      ...{ itemId, warrantId, platform, userId: accountId, category },
      periodFrom: from === null ? null : new Date(from),
      periodTo: to === null ? null : new Date(to),
      frozenAt: now,
      until: new Date(until),
      ...{ liftedAt: null, deleted: null, kept: null, reportedAt: null },
    }));
  if (marks.length === 0) return;
  await em.upsertMany(PreservedData, marks, {
    onConflictFields: ["itemId"],
    onConflictAction: "merge",
    onConflictMergeFields: ["until"],
  });
}
