import type { Graph } from "../kit/subgraph.js";
import type { TargetKind, TargetResolution } from "./words.js";

export interface Resolved {
  readonly accountId: string | null;
  readonly resolution: TargetResolution;
}

interface Account {
  readonly id: string;
  readonly platform: string;
}

interface Way {
  readonly variable: "ID!" | "String!" | "URL!";
  readonly field: (alias: string, variable: string) => string;
  readonly account: (answer: unknown) => Account | null;
}

/** Kinds whose account is public; who stands behind the others is identity data. */
const ways: { readonly [kind in TargetKind]?: Way } = {
  ACCOUNT_ID: {
    variable: "ID!",
    field: (alias, variable) => `${alias}: user(id: ${variable}) { id platform }`,
    account: (answer) => answer as Account | null,
  },
  HANDLE: {
    variable: "String!",
    field: (alias, variable) => `${alias}: userByHandle(platform: $platform, handle: ${variable}) { id platform }`,
    account: (answer) => answer as Account | null,
  },
  POST_URL: {
    variable: "URL!",
    field: (alias, variable) => `${alias}: postByUrl(url: ${variable}) { author { id platform } }`,
    account: (answer) => (answer as { author: Account | null } | null)?.author ?? null,
  },
};

/** Targets asked for in one operation, so that a long warrant stays below every limit of cost. */
const batchSize = 20;

/** The accounts that the targets name on the platform now, in their order. Throws GraphUnavailable. */
export async function resolveTargets(
  graph: Graph,
  platform: string,
  targets: readonly { readonly kind: TargetKind; readonly value: string }[],
): Promise<Resolved[]> {
  const resolved: Resolved[] = [];
  for (let start = 0; start < targets.length; start += batchSize) {
    resolved.push(...(await resolveBatch(graph, platform, targets.slice(start, start + batchSize))));
  }
  return resolved;
}

async function resolveBatch(
  graph: Graph,
  platform: string,
  targets: readonly { readonly kind: TargetKind; readonly value: string }[],
): Promise<Resolved[]> {
  const asked = targets.flatMap(({ kind, value }, index) => {
    const way = ways[kind];
    return way ? [{ way, value, index }] : [];
  });
  if (asked.length === 0) return targets.map(() => ({ accountId: null, resolution: "NOT_YET" }));
  const usesPlatform = targets.some(({ kind }) => kind === "HANDLE");
  const variables = asked.map(({ way, index }) => `$v${index}: ${way.variable}`);
  const fields = asked.map(({ way, index }) => way.field(`t${index}`, `$v${index}`));
  const answers = await graph<Record<string, unknown>>(
    `query ResolveTargets(${[...(usesPlatform ? ["$platform: String!"] : []), ...variables].join(", ")}) { ${fields.join(" ")} }`,
    { ...(usesPlatform && { platform }), ...Object.fromEntries(asked.map(({ value, index }) => [`v${index}`, value])) },
  );
  return targets.map(({ kind }, index) => {
    const way = ways[kind];
    if (!way) return { accountId: null, resolution: "NOT_YET" };
    const account = way.account(answers[`t${index}`]);
    if (account === null || account.platform !== platform) return { accountId: null, resolution: "UNKNOWN" };
    return { accountId: account.id, resolution: "RESOLVED" };
  });
}
