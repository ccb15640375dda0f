import type { EntityManager } from "../../kit/subgraph.js";
import { AccessRecord } from "../entities/access-record.js";
import type { LogEntry } from "../entities/log-entry.js";
import { SystemRecord } from "../entities/system-record.js";
import { WarrantRecord } from "../entities/warrant-record.js";
import { actsOf, type Scope } from "./scope.js";

/** The entries of a scope from an index on, oldest first: its access records, the acts on its warrants, and what the log says of itself. At most `limit`. */
export async function listEntries(em: EntityManager, scope: Scope, from: number, limit: number): Promise<LogEntry[]> {
  const { country, platform, cases } = scope;
  const records = await em.find(
    AccessRecord,
    {
      index: { $gte: from },
      ...(country !== null && { country }),
      ...(platform !== null && { platform }),
      ...(!cases && { ofLog: false }),
    },
    { orderBy: { index: "asc" }, limit },
  );
  const acts = await em.find(
    WarrantRecord,
    { index: { $gte: from }, ...actsOf(scope) },
    { orderBy: { index: "asc" }, limit },
  );
  const system = await em.find(SystemRecord, { index: { $gte: from } }, { orderBy: { index: "asc" }, limit });
  return [...records, ...acts, ...system].sort((one, other) => one.index - other.index).slice(0, limit);
}
