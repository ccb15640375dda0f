import { GraphUnavailable } from "../kit/ask-graph.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import { PreservedData } from "./entities/preserved-data.js";

const document = `mutation ReportDeletion($warrantId: ID!, $said: [DeletedInput!]!) {
  reportDeletion(warrantId: $warrantId, said: $said) { userErrors { code } }
}`;

/** Tells justice what became of the data of every preservation of which all marks are lifted, once. What could not be told is told after the next deletion. */
export async function reportLifted({ em, graph, clock }: SubgraphContext, platform: string): Promise<void> {
  const marks = await em.find(PreservedData, { platform, reportedAt: null }, { orderBy: { itemId: "asc" } });
  const byWarrant = Map.groupBy(marks, ({ warrantId }) => warrantId);
  for (const [warrantId, of] of byWarrant) {
    if (of.some(({ liftedAt }) => liftedAt === null)) continue;
    if (await isTold(graph, { warrantId, said: sumsOf(of) }))
      await em.nativeUpdate(PreservedData, { warrantId }, { reportedAt: clock() });
  }
}

function sumsOf(marks: readonly PreservedData[]): object[] {
  const sum = (values: readonly (number | null)[]): number => values.reduce<number>((all, one) => all + (one ?? 0), 0);
  return [...Map.groupBy(marks, ({ category }) => category)].map(([category, of]) => ({
    category,
    deleted: sum(of.map(({ deleted }) => deleted)),
    kept: sum(of.map(({ kept }) => kept)),
  }));
}

async function isTold(graph: SubgraphContext["graph"], variables: Record<string, unknown>): Promise<boolean> {
  try {
    const { reportDeletion } = await graph<{ reportDeletion: { userErrors: unknown[] } }>(document, variables);
    return reportDeletion.userErrors.length === 0;
  } catch (error) {
    if (error instanceof GraphUnavailable) return false;
    throw error;
  }
}
