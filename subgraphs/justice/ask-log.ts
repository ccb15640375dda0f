import type { SubgraphContext } from "../kit/subgraph.js";

type Kind = "warrants" | "cases";

const document = `query NamedInLog($warrants: [ID!]!, $cases: [ID!]!) {
  namedInLog(warrantIds: $warrants, caseIds: $cases) { warrants cases }
}`;

/**
 * Those of the rows that records in the calling auditor's scope name, in their order; asked of the log on her behalf. Throws GraphUnavailable: what
 * she may see is not known then, and she sees nothing.
 */
export async function chooseNamed<Row extends { readonly id: string }>(
  { graph }: SubgraphContext,
  kind: Kind,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  if (rows.length === 0) return rows;
  const ids = { warrants: [], cases: [], [kind]: rows.map(({ id }) => id) };
  const { namedInLog } = await graph<{ namedInLog: Record<Kind, string[]> }>(document, ids);
  const named = new Set(namedInLog[kind]);
  return rows.filter(({ id }) => named.has(id));
}
