import type { EntityManager } from "../../kit/subgraph.js";
import { projectionTables } from "../integrate/project.js";
import { countCutVolumes } from "./count-volumes.js";
import { actChecks, among, decideAgain, entryChecks, ofWarrant } from "./decide-findings.js";

/**
 * Takes out of the projection what lies below the minimum index, in the transaction that raises it. Checks are decided by the leaves that are there: what stands
 * under warrants and authorities that lost some is decided anew, as a projection built again would.
 */
export async function forgetBelow(transaction: EntityManager, minimum: number): Promise<void> {
  const indexesOf = async (sql: string): Promise<number[]> =>
    (await transaction.execute<{ index: string | number }[]>(sql.replaceAll("minimum", String(minimum)))).map(
      ({ index }) => Number(index),
    );
  const entries = await indexesOf(accessesThatLose);
  const acts = await indexesOf(actsThatLose);
  for (const table of projectionTables)
    await transaction.execute(`delete from audit.${table} where index < ?`, [minimum]);
  if (entries.length > 0) await decideAgain(transaction, ofWarrant(entryChecks), among("entry", entries));
  if (acts.length > 0) await decideAgain(transaction, actChecks, among("act", acts));
  await countCutVolumes(transaction, minimum);
}

const accessesThatLose = `select entry.index from audit.audit_entry as entry where entry.index >= minimum
  and entry.warrant_id in (select warrant_id from audit.audit_warrant_entry where index < minimum)`;

const actsThatLose = `select act.index from audit.audit_warrant_entry as act where act.index >= minimum and (
  act.warrant_id in (
    select warrant_id from audit.audit_warrant_entry where index < minimum union select warrant_id from audit.audit_entry where index < minimum)
  or act.act = 'ISSUE' and act.authority_id in (select authority_id from audit.audit_warrant_entry where index < minimum and act = 'ISSUE'))`;
