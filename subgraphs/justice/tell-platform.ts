import { GraphUnavailable } from "../kit/ask-graph.js";
import type { SubgraphContext } from "../kit/subgraph.js";
import type { Warrant } from "./entities/warrant.js";

/**
 * After an act that may change what must be kept: the platform is told to look. It asks for what it must keep by itself, so that nothing can be pushed to it; and
 * again before it deletes anything, so that nothing is lost where it could not be told.
 */
export async function tellPlatform(
  { graph }: SubgraphContext,
  { kind, preservesId, platform }: Pick<Warrant, "kind" | "preservesId" | "platform">,
): Promise<void> {
  if (kind !== "PRESERVATION" && preservesId === null) return;
  try {
    await graph("mutation KeepData($platform: String!) { keepData(platform: $platform) }", { platform });
  } catch (error) {
    if (!(error instanceof GraphUnavailable)) throw error;
  }
}
