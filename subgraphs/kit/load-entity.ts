import type { EntityClass, FilterQuery } from "@mikro-orm/core";
import type { SubgraphContext } from "./definition.js";
import { loadBy } from "./load-by.js";

/** Loads one entity by its `id`, together with all others of its class that the request asks for: one query for all. Null where there is none. */
export function loadEntity<Row extends { id: string }>(
  context: SubgraphContext,
  entity: EntityClass<Row>,
  id: string,
): Promise<Row | null> {
  const name = `${(entity as { name: string }).name} by id`;
  return loadBy<string, Row>(context, name, async (ids) => {
    const rows = await context.em.find(entity, { id: { $in: [...ids] } } as unknown as FilterQuery<Row>);
    return new Map((rows as Row[]).map((row) => [row.id, row]));
  }).load(id);
}
