import { findIdentifiers } from "./find-identifiers.js";
import type { Finding } from "./finding.js";
import type { MarkedRoot } from "./marked-type.js";
import { rightSearch, type SearchContext, searchChecks } from "./search-checks.js";
import type { RawAnswer, SubgraphUnderProbe } from "./subgraph-under-probe.js";

/**
 * Proves that a root field which searches answers nothing without a grant for this very search: looks among the known identity values for an identifier that finds
 * somebody under a right grant, so that no check passes on an empty answer, and asks for the same in every wrong way. `platform`: null where it was not named.
 */
export async function* probeSearch(
  probed: SubgraphUnderProbe,
  root: MarkedRoot,
  platform: string | null,
  values: unknown,
): AsyncGenerator<Finding> {
  const say = (outcome: Finding["outcome"], check: string, sentence: string, ...problems: string[]): Finding => {
    return { outcome, check, type: "Query", fields: [root.coordinate], sentence, problems };
  };
  const right = "answers a search under a right grant";
  if (root.kind === null || platform === null) {
    const why = root.kind === null ? "no warrant names such an identifier" : "name the platform, with --platform CODE";
    yield say("NOT_TRIED", "right-search", `${right}: ${why}`);
    return;
  }
  const identifiers = findIdentifiers(root.kind, values);
  if (identifiers.length === 0) {
    yield say("NOT_TRIED", "right-search", `${right}: no identity value of an entity reads as ${root.kind}`);
    return;
  }
  const contexts = identifiers.map((identifier): SearchContext => ({ probed, root, identifier, platform }));
  const found = await firstThatFinds(contexts, root.field);
  if (found === null) {
    yield say(
      "FAILED",
      "right-search",
      right,
      `${root.coordinate} found nobody: the grant was not believed, or --platform ${platform} is not theirs`,
    );
    return;
  }
  yield say("PASSED", "right-search", right);
  for (const { name, sentence, draft } of searchChecks) {
    const answer = await probed.send(draft(found));
    const problems = peopleIn(answer, root.field).length > 0 ? [`${root.coordinate} was answered`] : [];
    yield say(problems.length === 0 ? "PASSED" : "FAILED", name, `refuses ${sentence}`, ...problems);
  }
}

async function firstThatFinds(contexts: readonly SearchContext[], field: string): Promise<SearchContext | null> {
  for (const context of contexts) {
    if (peopleIn(await context.probed.send(rightSearch(context)), field).length > 0) return context;
  }
  return null;
}

/** The persons in an answer: an empty page tells of nobody. */
function peopleIn({ data }: RawAnswer, field: string): readonly unknown[] {
  const { edges } = (data?.[field] ?? {}) as { edges?: unknown };
  return Array.isArray(edges) ? edges : [];
}
