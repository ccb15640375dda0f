import type { LogLevel } from "../../../schema/ledger/vocabulary.js";
import { loadBy } from "../../kit/load-by.js";
import type { EntityManager, SubgraphContext } from "../../kit/subgraph.js";

/** Up to which size the log has come to each level; 0: nothing has. */
export type Levels = Readonly<Record<Exclude<LogLevel, "RECORDED">, number>>;

/** A checkpoint counts as witnessed once the policy's number of witnesses has signed it. */
async function readLevels(em: EntityManager): Promise<Levels> {
  const [row] = await em.execute<Record<"integrated" | "witnessed" | "exported", string | number>[]>(
    `select size as integrated, witnessed_size as witnessed,
       (select coalesce(max(size), 0) from audit.audit_export) as exported
     from audit.audit_head where id = 1`,
  );
  return {
    INTEGRATED: Number(row?.integrated ?? 0),
    WITNESSED: Number(row?.witnessed ?? 0),
    EXPORTED: Number(row?.exported ?? 0),
  };
}

/** How far the proof of the leaf at `index` has come; one look for each request. */
export async function levelOf(context: SubgraphContext, index: number): Promise<LogLevel> {
  const levels = await loadBy<string, Levels>(context, "levels of the log", async (keys) => {
    const read = await readLevels(context.em);
    return new Map(keys.map((key) => [key, read]));
  }).load("levels");
  if (levels == null) throw new Error("the access log has no head");
  const reached = (["EXPORTED", "WITNESSED", "INTEGRATED"] as const).find((level) => index < levels[level]);
  return reached ?? "RECORDED";
}
