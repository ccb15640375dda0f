import type { SubgraphDefinition } from "../../subgraphs/kit/subgraph.js";

/** A subgraph of this installation. */
export interface ListedSubgraph {
  readonly name: string;
  /** True where what `loadBase` loads is a demo register; production does not load it. */
  readonly baseIsDemo: boolean;
  readonly load: () => Promise<SubgraphDefinition>;
}

/** Every subgraph, one line each. A gateway of its own process reads the names alone. */
export const subgraphs: readonly ListedSubgraph[] = [
  {
    name: "platform",
    baseIsDemo: true,
    load: async () => (await import("../../subgraphs/platform/index.js")).platform,
  },
  { name: "justice", baseIsDemo: true, load: async () => (await import("../../subgraphs/justice/index.js")).justice },
  { name: "treaty", baseIsDemo: false, load: async () => (await import("../../subgraphs/treaty/index.js")).treaty },
  { name: "audit", baseIsDemo: false, load: async () => (await import("../../subgraphs/audit/index.js")).audit },
];
