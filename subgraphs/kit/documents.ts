import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";

/** Documents kept parsed and validated; the gateway's texts are few, one for each plan and combination of groups. */
const capacity = 1_000;
/** Longer texts are not kept. */
const keptLength = 65_536;

/** Parses and validates a text, once. Throws a GraphQLError with a code where it is no valid operation of this subgraph. */
export function readDocuments(schema: GraphQLSchema, limit = capacity): (text: string) => DocumentNode {
  const byText = new Map<string, DocumentNode>();
  return (text) => {
    const document = byText.get(text) ?? validDocument(schema, text);
    byText.delete(text);
    if (text.length <= keptLength) byText.set(text, document);
    const oldest = byText.keys().next();
    if (byText.size > limit && !oldest.done) byText.delete(oldest.value);
    return document;
  };
}

function validDocument(schema: GraphQLSchema, text: string): DocumentNode {
  const document = parse(text, { noLocation: true, maxTokens: 200_000 });
  const [error] = validate(schema, document);
  if (!error) return document;
  throw new GraphQLError("not a valid operation of this subgraph", {
    extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
  });
}
