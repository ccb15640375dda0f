import type { JWTVerifyGetKey } from "jose";
import type { Logger } from "pino";
import type { AskGateway } from "../../subgraphs/kit/ask-graph.js";
import type { Database } from "../../subgraphs/kit/database.js";
import type { RunningSubgraph } from "../../subgraphs/kit/subgraph.js";
import { openSubgraph } from "../../subgraphs/kit/subgraph.js";
import { subgraphs } from "./subgraphs.js";

export interface SubgraphParts {
  readonly database: Database;
  readonly clock: () => Date;
  readonly gatewayKeys: JWTVerifyGetKey;
  readonly askGateway: AskGateway;
  readonly log: Logger;
  /** By subgraph, the files of this machine that are its own. */
  readonly files?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A subgraph of this process, and whether its base data is a demo register. */
export interface OpenedSubgraph {
  readonly running: RunningSubgraph;
  readonly baseIsDemo: boolean;
}

/** Opens these subgraphs, in the order of the list. */
export async function openSubgraphs(
  names: readonly string[],
  { files = {}, ...parts }: SubgraphParts,
): Promise<readonly OpenedSubgraph[]> {
  const chosen = subgraphs.filter(({ name }) => names.includes(name));
  return Promise.all(
    chosen.map(async ({ name, load, baseIsDemo }) => {
      const own = { log: parts.log.child({ subgraph: name }), files: files[name] ?? {} };
      const running = await openSubgraph(await load(), { ...parts, ...own });
      return { running, baseIsDemo };
    }),
  );
}

/** What to load beside the tables. */
export interface Loading {
  readonly production: boolean;
  readonly base: boolean;
  readonly demo: boolean;
}

/** Brings the database to this build, and loads what was asked for; production loads no demo register and no demo cases. In order: demo cases name what others hold. */
export async function prepareSubgraphs(
  opened: readonly OpenedSubgraph[],
  { production, base, demo }: Loading,
): Promise<void> {
  if (base) {
    for (const { running, baseIsDemo } of opened) {
      await running.migrate();
      if (!(production && baseIsDemo)) await running.loadBase();
    }
  }
  if (demo && !production) {
    const { newestShipped } = await import("../../subgraphs/treaty/index.js");
    const law = await newestShipped();
    for (const { running } of opened) await running.loadDemo(law);
  }
}
