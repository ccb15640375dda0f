import { type DocumentNode, executeSync, type FieldNode, type GraphQLSchema, Kind } from "graphql";
import type { Variables } from "./coerce-variables.js";
import { homeKey } from "./normalize.js";
import type { ReadOperation } from "./read-document.js";

/** Answers `__schema` and `__type` from the API schema; no subgraph is asked about itself. */
export function introspector(
  schema: GraphQLSchema,
  { definition, fragments }: ReadOperation,
  fields: readonly FieldNode[],
): (variables: Variables) => Record<string, unknown> {
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...definition, directives: [], selectionSet: { kind: Kind.SELECTION_SET, selections: fields } },
      ...fragments.values(),
    ],
  };
  return (variables) => {
    const { data, errors } = executeSync({ schema, document, variableValues: variables });
    if (errors?.[0]) throw errors[0];
    return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [homeKey(key), value]));
  };
}
