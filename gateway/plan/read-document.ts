import { createHash } from "node:crypto";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  Kind,
  type OperationDefinitionNode,
  print,
  validate,
  visit,
} from "graphql";
import { refuse } from "../respond/refuse.js";

/** An operation of a document that is valid against the API schema, with what its plan depends on. */
export interface ReadOperation {
  /** Stands for the document and the operation in it. */
  readonly key: string;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Variables whose values decide what is selected; the plan is made for their values. */
  readonly conditionVariables: readonly string[];
}

/**
 * Reads documents and remembers each while it lives. Validation stands here and not only at the front, because it is what keeps inaccessible fields out
 * of a plan and must have seen the very document that is planned.
 */
export class DocumentReader {
  readonly #read = new WeakMap<DocumentNode, ReadonlyMap<string, ReadOperation>>();

  constructor(private readonly schema: GraphQLSchema) {}

  /**
   * The operation to run; the only one where no name is given.
   * @throws GraphQLError GRAPHQL_VALIDATION_FAILED, or BAD_USER_INPUT where there is no such operation.
   */
  operation(document: DocumentNode, name: string | null | undefined): ReadOperation {
    let operations = this.#read.get(document);
    if (!operations) {
      operations = readOperations(document, this.schema);
      this.#read.set(document, operations);
    }
    const found = name ? operations.get(name) : operations.size === 1 ? [...operations.values()][0] : undefined;
    if (!found) throw refuse("BAD_USER_INPUT", "The document holds no such operation, or several and none was named.");
    return found;
  }
}

function readOperations(document: DocumentNode, schema: GraphQLSchema): ReadonlyMap<string, ReadOperation> {
  refuseDeferral(document);
  const [fault] = validate(schema, document, undefined, { maxErrors: 1 });
  if (fault) throw refuse("GRAPHQL_VALIDATION_FAILED", fault.message);
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations = new Map<string, ReadOperation>();
  const hash = createHash("sha256").update(print(document)).digest("base64");
  const conditions = conditionVariables(document);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const name = definition.name?.value ?? "";
    const own = new Set(definition.variableDefinitions?.map(({ variable }) => variable.name.value));
    const key = `${hash} ${name}`;
    operations.set(name, {
      key,
      definition,
      fragments,
      conditionVariables: conditions.filter((each) => own.has(each)),
    });
  }
  return operations;
}

function refuseDeferral(document: DocumentNode): void {
  visit(document, {
    Directive({ name }) {
      if (name.value === "defer" || name.value === "stream")
        throw refuse(
          "GRAPHQL_VALIDATION_FAILED",
          `@${name.value} is not served: every answer comes whole. Ask without it.`,
        );
    },
  });
}

function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      if (directive.name.value !== GraphQLSkipDirective.name && directive.name.value !== GraphQLIncludeDirective.name)
        return;
      for (const { value } of directive.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}
