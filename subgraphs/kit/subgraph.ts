import type { JWTVerifyGetKey } from "jose";
import type { Logger } from "pino";
import type { AskGateway } from "./ask-graph.js";
import { type Database, openDatabase } from "./database.js";
import type { Clock, RunningSubgraph, SubgraphDefinition } from "./definition.js";
import { openHandler } from "./open-handler.js";
import { rememberUsedGrants } from "./used-grants.js";

export { printSubgraphSdl } from "./build-schema.js";
export type {
  Clock,
  EntityManager,
  Grant,
  Graph,
  MarkedClass,
  NamedMigration,
  ResolveReference,
  RunningSubgraph,
  SubgraphContext,
  SubgraphDefinition,
} from "./definition.js";
export { openGatewayKeys } from "./gateway-keys.js";
export { listenSubgraph } from "./listen-subgraph.js";

export interface OpenSubgraphOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** The gateway's public keys: for calls and grants. */
  readonly gatewayKeys: JWTVerifyGetKey;
  readonly askGateway: AskGateway;
  readonly log: Logger;
  /** See RunningSubgraph; none by default. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Opens the database and builds the schema. Call `migrate` before the first request. */
export async function openSubgraph(
  definition: SubgraphDefinition,
  options: OpenSubgraphOptions,
): Promise<RunningSubgraph> {
  const { clock } = options;
  const database = await openDatabase(definition, options.database);
  const useNonce = rememberUsedGrants(definition.name, database.em, clock);
  const handle = openHandler(definition, { ...options, em: database.em, useNonce });
  let stop: (() => Promise<void>) | null = null;
  const running: RunningSubgraph = {
    name: definition.name,
    handle,
    clock,
    files: options.files ?? {},
    em: database.em,
    migrate: database.migrate,
    ready: database.ready,
    drift: database.drift,
    async loadBase() {
      await definition.loadBase?.(database.em());
    },
    async loadDemo(law) {
      await definition.loadDemo?.(database.em(), clock, law);
    },
    async start() {
      stop ??= (await definition.afterStart?.(running)) ?? (async () => undefined);
    },
    async close() {
      await stop?.();
      await database.close();
    },
  };
  return running;
}
