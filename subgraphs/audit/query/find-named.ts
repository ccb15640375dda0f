import type { EntityManager } from "../../kit/subgraph.js";
import { readConditions } from "./conditions.js";
import { actsOf, type Scope } from "./scope.js";

/** Those of the ids that some record of the scope names as its warrant, or as its case, in their order: of an access, or of an act. */
export async function findNamed(
  em: EntityManager,
  reference: "warrant" | "case",
  ids: readonly string[],
  scope: Scope,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { entry } = readConditions(null, scope);
  const conditions = [`entry.${reference}_id = wanted.id`, ...entry.sql].join(" and ");
  const acts = Object.entries(actsOf(scope));
  const found = await em.execute<{ id: string }[]>(
    `select wanted.id from jsonb_array_elements_text(?::jsonb) with ordinality as wanted(id, place)
     where exists (select from audit.audit_entry as entry where ${conditions})
       or exists (select from audit.audit_warrant_entry as act where act.${reference}_id = wanted.id${acts.map(([column]) => ` and act.${column} = ?`).join("")})
     order by wanted.place`,
    [JSON.stringify(ids), ...entry.values, ...acts.map(([, value]) => value)],
  );
  return found.map(({ id }) => id);
}
