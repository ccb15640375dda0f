import type { Finding } from "../catalog.js";
import type { Subgraph } from "../subgraph.js";

/** What a rule of the lint found: where, and what to write instead. */
export type Violation = Omit<Finding, "rule">;

/** One rule of the lint. It sees the whole graph, since a field that is harmless in its own subgraph may be a way around the door in another. */
export interface LintRule {
  readonly name: string;
  readonly check: (subgraphs: readonly Subgraph[]) => readonly Violation[];
}
