import type { Graph } from "../kit/subgraph.js";
import type { WarrantTarget } from "./entities/warrant-target.js";
import { resolveTargets } from "./resolve-targets.js";
import { refuseIfAny } from "./rule-broken.js";
import { userError } from "./types/user-error.js";

/**
 * A handle may pass to somebody else, a post may change hands: the account that each target names now must be the one that was pinned at the
 * draft. Throws RuleBroken otherwise, and GraphUnavailable.
 */
export async function checkTargetsUnchanged(
  graph: Graph,
  platform: string,
  targets: readonly WarrantTarget[],
): Promise<void> {
  const now = await resolveTargets(graph, platform, targets);
  const changed = targets.filter((target, index) => now[index]?.accountId !== target.accountId);
  refuseIfAny(
    changed.map(({ kind, value }) => {
      const message = `${kind} ${value} names another account than when the warrant was drafted: draft a new warrant.`;
      return userError("TARGET_CHANGED", message, ["id"]);
    }),
  );
}
