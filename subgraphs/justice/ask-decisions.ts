import type { Effect, ObligationKind, Party } from "../../schema/law/vocabulary.js";
import { GraphUnavailable } from "../kit/ask-graph.js";
import type { Graph } from "../kit/subgraph.js";

/** A duty that comes with a decision. */
export interface Duty {
  readonly kind: ObligationKind;
  readonly owner: Party;
  /** Hours after issue; null where the rule sets none. */
  readonly dueHours: number | null;
  readonly text: string;
}

/** What the law says of one item, as far as its order keeps it. */
export interface ItemDecision {
  readonly effect: Effect;
  readonly ruleId: string | null;
  /** Hours after issue; null where the rule sets none. */
  readonly deadlineHours: number | null;
  /** Where the provider is addressed. */
  readonly providerCountry: string | null;
  readonly duties: readonly Duty[];
  /** For how long the rule has data preserved; null: it is about something else. */
  readonly preservation: PreservationTime | null;
}

export interface PreservationTime {
  readonly days: number;
  /** Days by which it is extended once; null: it is not. */
  readonly extensionDays: number | null;
}

interface Answer {
  readonly warrant: {
    readonly items: {
      readonly nodes: readonly {
        readonly id: string;
        readonly decision: {
          readonly effect: Effect;
          readonly rule: { readonly id: string; readonly preservation: PreservationTime | null } | null;
          readonly deadlineHours: number | null;
          readonly providerCountry: string | null;
          readonly obligations: readonly Duty[];
        } | null;
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
}

const document = `query DecidedItems($id: ID!, $after: String) {
  warrant(id: $id) {
    items(first: 100, after: $after) {
      nodes { id decision { effect rule { id preservation { days extensionDays } } deadlineHours providerCountry obligations { kind owner dueHours text } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** What the law says today of every item of a warrant, on the declared facts, by item id. Throws GraphUnavailable unless it says it of all. */
export async function askDecisions(graph: Graph, warrantId: string): Promise<Map<string, ItemDecision>> {
  const decisions = new Map<string, ItemDecision>();
  let after: string | null = null;
  do {
    const { warrant }: Answer = await graph<Answer>(document, { id: warrantId, after });
    if (warrant === null) throw new GraphUnavailable([]);
    for (const { id, decision } of warrant.items.nodes) {
      if (decision === null) throw new GraphUnavailable([]);
      const { rule, obligations: duties, ...said } = decision;
      decisions.set(id, { ...said, ruleId: rule?.id ?? null, duties, preservation: rule?.preservation ?? null });
    }
    after = warrant.items.pageInfo.hasNextPage ? warrant.items.pageInfo.endCursor : null;
  } while (after !== null);
  return decisions;
}

/**
 * Hours after issue during which nothing may be disclosed, unless the enforcing authority clears it; null: no hold. Where immunities must be checked that
 * check holds the item too: Regulation (EU) 2023/1543, Art 12(1)(a).
 */
export function holdHoursOf({ duties }: ItemDecision): number | null {
  const hours = duties.flatMap(({ kind, dueHours }) =>
    (kind === "HOLD" || kind === "CHECK_IMMUNITY") && dueHours !== null ? [dueHours] : [],
  );
  return hours.length === 0 ? null : Math.max(...hours);
}

/** The state whose enforcing authority has a say about the item; null: none. */
export function notifiedCountryOf({ duties, providerCountry }: ItemDecision): string | null {
  const hasSay = duties.some(({ kind }) => kind === "NOTIFY_ENFORCING_AUTHORITY" || kind === "CHECK_IMMUNITY");
  return hasSay ? providerCountry : null;
}
