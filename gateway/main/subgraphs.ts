import type { SubgraphDefinition } from "../../subgraphs/kit/subgraph.js";

/** A subgraph of this installation. */
export interface ListedSubgraph {
  readonly name: string;
  /** True where what `loadBase` loads is a demo register; production does not load it. */
  readonly baseIsDemo: boolean;
  /** What it may ask back on behalf of a client: the graph, whether something of an id exists for her, or nothing. */
  readonly asksBack: "GRAPH" | "EXISTENCE" | "NOTHING";
  /** Root fields that it may ask beside, whole, acts too: what another subgraph serves for it, or what every role may read. */
  readonly errands: readonly string[];
  readonly load: () => Promise<SubgraphDefinition>;
}

/** Every subgraph, one line each. A gateway of its own process reads the names alone. */
export const subgraphs: readonly ListedSubgraph[] = [
  {
    name: "platform",
    baseIsDemo: true,
    asksBack: "EXISTENCE",
    errands: ["dataToKeep", "reportDeletion"],
    load: async () => (await import("../../subgraphs/platform/index.js")).platform,
  },
  {
    name: "justice",
    baseIsDemo: true,
    asksBack: "GRAPH",
    errands: ["keepData"],
    load: async () => (await import("../../subgraphs/justice/index.js")).justice,
  },
  {
    name: "treaty",
    baseIsDemo: false,
    asksBack: "GRAPH",
    errands: [],
    load: async () => (await import("../../subgraphs/treaty/index.js")).treaty,
  },
  {
    name: "audit",
    baseIsDemo: false,
    asksBack: "NOTHING",
    errands: ["ruleBook"],
    load: async () => (await import("../../subgraphs/audit/index.js")).audit,
  },
];
