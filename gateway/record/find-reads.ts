import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  visit,
} from "graphql";
import { logReadNames, logReads } from "./log-reads.js";

/** One question to the log, as the client put it, and where its answer stands. */
export interface FoundRead {
  /** Schema coordinate, one of `logReads`. */
  readonly field: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Entries of the log, or groups of them, that the answer holds. */
  readonly rows: number;
  readonly path: readonly (string | number)[];
  /** Takes the answer away: null, as if it had not come. */
  drop(): void;
}

type Answer = Record<string, unknown>;

const asking = new WeakMap<DocumentNode, boolean>();

/** Whether a document names any field that reads the log, wherever. */
function mayRead(document: DocumentNode): boolean {
  let may = asking.get(document);
  if (may === undefined) {
    may = false;
    visit(document, {
      Field({ name }) {
        may ||= logReadNames.has(name.value);
      },
    });
    asking.set(document, may);
  }
  return may;
}

/** The questions to the log that an answered operation put: whatever stands in its answer at a field that reads the log, null included. */
export function findReads(
  schema: GraphQLSchema,
  { document, operationName, variables }: AskedOperation,
  data: Answer | null,
): FoundRead[] {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (data === null || !operation || !root || !mayRead(document)) return [];
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const search = new Search(schema, document, coerced);
  search.look(data, root, operation.selectionSet, []);
  return [...search.found.values()];
}

export interface AskedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

class Search {
  /** By path: one field may be selected in several places. */
  readonly found = new Map<string, FoundRead>();
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    this.fragments = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
      ),
    );
  }

  /** Looks at an object of the answer. What is not in it was skipped, or is of a fragment of another type. */
  look(data: Answer, type: GraphQLCompositeType, { selections }: SelectionSetNode, path: FoundRead["path"]): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) this.field(data, type, selection, path);
      else {
        const node = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
        const condition = node?.typeCondition && this.schema.getType(node.typeCondition.name.value);
        if (node) this.look(data, isCompositeType(condition) ? condition : type, node.selectionSet, path);
      }
    }
  }

  private field(data: Answer, type: GraphQLCompositeType, node: FieldNode, above: FoundRead["path"]): void {
    const key = (node.alias ?? node.name).value;
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (definition === undefined || !Object.hasOwn(data, key)) return;
    const field = `${type.name}.${node.name.value}`;
    const path = [...above, key];
    if (logReads.has(field))
      this.found.set(JSON.stringify(path), {
        field,
        arguments: getArgumentValues(definition, node, this.variables),
        rows: rowsOf(data[key]),
        path,
        drop: () => {
          data[key] = null;
        },
      });
    const below = getNamedType(definition.type);
    if (node.selectionSet && isCompositeType(below)) this.below(data[key], below, node.selectionSet, path);
  }

  private below(value: unknown, type: GraphQLCompositeType, selected: SelectionSetNode, path: FoundRead["path"]): void {
    if (Array.isArray(value))
      for (const [place, item] of value.entries()) this.below(item, type, selected, [...path, place]);
    else if (typeof value === "object" && value !== null) this.look(value as Answer, type, selected, path);
  }
}

/** How much was told: the length of a list, or of the longest list of a connection; 1 for anything else. */
function rowsOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (Array.isArray(value)) return value.length;
  const lists = Object.values(value).filter(Array.isArray);
  return lists.length === 0 ? 1 : Math.max(...lists.map(({ length }) => length));
}
