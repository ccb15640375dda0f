import { decodeCursor, encodeCursor, listKey } from "../../kit/cursor.js";
import { Refusal } from "../../kit/refusal.js";
import { mostEvents, type Since } from "../../kit/since.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { AccessRecord } from "../entities/access-record.js";
import { readHead } from "../integrate/head.js";
import type { Scope } from "./scope.js";

const key = listKey("accessLogAppended");

/**
 * The records of a scope from an index on, as they become searchable, in the order of the log; without a place, from its end. Who reads the log is not among them: every
 * event told is such a read. The cursor is the index of the leaf to go on
 * from. Throws Refusal LOG_RANGE, CURSOR.
 */
export async function recordsSince(
  em: EntityManager,
  { after, from, scope }: { readonly after: string | null; readonly from: number | null; readonly scope: Scope },
): Promise<Since<AccessRecord>> {
  const { size, searchable } = await readHead(em);
  if (from !== null && (from < 0 || from > size)) throw new Refusal("LOG_RANGE");
  const start = after === null ? (from ?? searchable) : readIndex(after);
  const { country, platform } = scope;
  const where = { ofLog: false, ...(country !== null && { country }), ...(platform !== null && { platform }) };
  const nodes = await em.find(
    AccessRecord,
    { index: { $gte: start, $lt: searchable }, ...where },
    { orderBy: { index: "asc" }, limit: mostEvents },
  );
  const last = nodes.length === mostEvents ? (nodes.at(-1)?.index ?? 0) + 1 : Math.max(start, searchable);
  return { cursor: encodeCursor(key, [last]), nodes };
}

function readIndex(cursor: string): number {
  const [index] = decodeCursor(key, cursor);
  if (typeof index !== "number" || !Number.isSafeInteger(index) || index < 0) throw new Refusal("CURSOR");
  return index;
}
