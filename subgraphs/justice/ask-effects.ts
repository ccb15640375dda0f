import type { Effect } from "../../schema/law/vocabulary.js";
import { GraphUnavailable } from "../kit/ask-graph.js";
import type { Graph } from "../kit/subgraph.js";

export interface ItemEffect {
  readonly effect: Effect;
  readonly ruleId: string | null;
}

interface Answer {
  readonly warrant: {
    readonly items: {
      readonly nodes: readonly {
        readonly id: string;
        readonly decision: { readonly effect: Effect; readonly rule: { readonly id: string } | null } | null;
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
}

const document = `query DecidedItems($id: ID!, $after: String) {
  warrant(id: $id) {
    items(first: 100, after: $after) { nodes { id decision { effect rule { id } } } pageInfo { hasNextPage endCursor } }
  }
}`;

/** What the law says today of every item of a warrant, on the declared facts, by item id. Throws GraphUnavailable unless it says it of all. */
export async function askEffects(graph: Graph, warrantId: string): Promise<Map<string, ItemEffect>> {
  const effects = new Map<string, ItemEffect>();
  let after: string | null = null;
  do {
    const { warrant }: Answer = await graph<Answer>(document, { id: warrantId, after });
    if (warrant === null) throw new GraphUnavailable([]);
    for (const { id, decision } of warrant.items.nodes) {
      if (decision === null) throw new GraphUnavailable([]);
      effects.set(id, { effect: decision.effect, ruleId: decision.rule?.id ?? null });
    }
    after = warrant.items.pageInfo.hasNextPage ? warrant.items.pageInfo.endCursor : null;
  } while (after !== null);
  return effects;
}
