import { GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode, parse, validate } from "graphql";
import { limitDocument } from "../limit-document.js";
import { limits } from "../limits.js";

/** A document that a gateway would run on this schema, or every reason why it would not, each with line and column where it has a place. */
export type CheckedDocument =
  | { readonly name: string; readonly type: OperationDefinitionNode["operation"] }
  | { readonly faults: readonly string[] };

/** Holds a document against the limits and the schema before anybody asks it. It holds one operation, and that has a name. */
export function checkDocument(text: string, schema: GraphQLSchema): CheckedDocument {
  if (Buffer.byteLength(text) > limits.bodyBytes) return { faults: [`too long: at most ${limits.bodyBytes} bytes`] };
  try {
    limitDocument(text);
    const document = parse(text, { maxTokens: limits.documentTokens });
    const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const [operation] = operations as OperationDefinitionNode[];
    if (operation === undefined || operations.length > 1)
      return { faults: [`holds ${operations.length} operations: expected one`] };
    if (operation.name === undefined) return { faults: ["its operation has no name: expected one"] };
    const type = operation.operation;
    if (!schema.getRootType(type)) return { faults: [`a ${type} is not served`] };
    const errors = validate(schema, document);
    return errors.length === 0 ? { name: operation.name.value, type } : { faults: errors.map(describe) };
  } catch (error) {
    if (error instanceof GraphQLError) return { faults: [describe(error)] };
    throw error;
  }
}

function describe({ message, locations }: GraphQLError): string {
  const [at] = locations ?? [];
  return at === undefined ? message : `${at.line}:${at.column} ${message}`;
}
