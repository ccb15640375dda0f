import { type DocumentNode, type GraphQLSchema, getDirectiveValues, getOperationAST, getVariableValues } from "graphql";

/** The one purpose for which an operation asks for identity data, as the client wrote it with `@warrant`. */
export interface Purpose {
  /** Null: the operation names no warrant. */
  readonly warrantId: string | null;
  readonly report: "ERRORS" | "EXTENSIONS";
  readonly dryRun: boolean;
}

const none: Purpose = { warrantId: null, report: "ERRORS", dryRun: false };

/**
 * Reads `@warrant(id, report, dryRun)` of the operation that runs. Document and variables are valid against the API schema, so the directive stands at most
 * once and its arguments have their types. Throws a broken invariant otherwise.
 */
export function readPurpose(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
  variables: Readonly<Record<string, unknown>>,
): Purpose {
  const operation = getOperationAST(document, operationName);
  const directive = schema.getDirective("warrant");
  if (!operation || !directive) throw new Error("the API schema knows no @warrant, or no operation runs");
  if (operation.directives === undefined || operation.directives.length === 0) return none;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (coerced === undefined) throw new Error("the variables were not checked");
  const written = getDirectiveValues(directive, operation, coerced);
  if (written === undefined) return none;
  return {
    warrantId: String(written.id),
    report: written.report === "EXTENSIONS" ? "EXTENSIONS" : "ERRORS",
    dryRun: written.dryRun === true,
  };
}
