import type { SubgraphContext, SubgraphDefinition } from "./definition.js";

/** Stands for an entity in an outcome: given again, it is read anew, as the caller may see it then. */
export class EntityReference {
  constructor(
    readonly type: string,
    readonly id: string,
  ) {}
}

const mark = "$entity";

/** What a mutation answered, as text: entities of the subgraph by type and id, all else as it is. */
export function outcomeText(outcome: unknown, { entities }: Pick<SubgraphDefinition, "entities">): string {
  const write = (value: unknown): unknown => {
    if (value === undefined) return null;
    if (value instanceof EntityReference) return { [mark]: [value.type, value.id] };
    if (Array.isArray(value)) return value.map(write);
    if (value === null || typeof value !== "object" || value instanceof Date) return value;
    if (entities.includes(value.constructor)) return { [mark]: [value.constructor.name, (value as { id: string }).id] };
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, write(each)]));
  };
  return JSON.stringify(write(outcome));
}

/** The outcome again, its entities read by the subgraph's own references. */
export async function readOutcome(
  text: string,
  { references }: Pick<SubgraphDefinition, "references">,
  context: SubgraphContext,
): Promise<unknown> {
  const read = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(read));
    if (value === null || typeof value !== "object") return value;
    if (mark in value) {
      const [type, id] = value[mark] as [string, string];
      return references[type]?.({ __typename: type, id }, context) ?? null;
    }
    const fields = await Promise.all(
      Object.entries(value).map(async ([name, each]) => [name, await read(each)] as const),
    );
    return Object.fromEntries(fields);
  };
  return read(JSON.parse(text));
}
