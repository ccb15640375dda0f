import type { Finding } from "../../schema/identity/catalog.js";

/** A graph that does not pass: nothing is served on it. One sentence for each thing that is wrong, and where. */
export class GraphRefused extends Error {
  override readonly name = "GraphRefused";
  constructor(
    readonly folder: string,
    readonly faults: readonly string[],
  ) {
    super(`the graph in ${folder} is refused:\n${faults.join("\n")}`);
  }
}

/** A finding on one line: where, which rule, and what to write instead. */
export function describeFinding({ subgraph, coordinate, rule, message }: Finding): string {
  return `${[...new Set([subgraph, coordinate])].join(" ")} (${rule}): ${message}`;
}
