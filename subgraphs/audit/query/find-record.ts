import type { EntityManager } from "../../kit/subgraph.js";
import { AccessRecord } from "../entities/access-record.js";
import type { Scope } from "./scope.js";

/** The access record at an index; null where the leaf is none, or none of this scope. */
export function findRecord(em: EntityManager, index: number, scope: Scope): Promise<AccessRecord | null> {
  const { country, platform, cases } = scope;
  return em.findOne(AccessRecord, {
    index,
    ...(country !== null && { country }),
    ...(platform !== null && { platform }),
    ...(!cases && { ofLog: false }),
  });
}
