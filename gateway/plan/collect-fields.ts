import {
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isInterfaceType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { refuse } from "../respond/refuse.js";
import type { Variables } from "./coerce-variables.js";
import type { ReadOperation } from "./read-document.js";

/** Counts what the expansion of an operation comes to, and ends it in time: nested fragments and unions multiply. */
export class Budget {
  #left: number;

  constructor(private readonly cap: number) {
    this.#left = cap;
  }

  /** @throws GraphQLError OPERATION_TOO_COSTLY once the cap is passed. */
  spend(): void {
    this.#left -= 1;
    if (this.#left < 0)
      throw refuse(
        "OPERATION_TOO_COSTLY",
        `The operation selects more than ${this.cap} fields once its fragments are expanded.`,
      );
  }
}

/** What decides which selections count: the operation, the values of the variables in its conditions, and how much may be expanded. */
export interface Expansion {
  readonly schema: GraphQLSchema;
  /** Field names that may be plan keys. */
  readonly plain: ReadonlySet<string>;
  /** By coordinate: forms that a field has in halves and not in the API. */
  readonly otherForms: ReadonlyMap<string, string>;
  readonly operation: ReadOperation;
  readonly variables: Variables;
  readonly budget: Budget;
}

/** A type by which an operation is expanded. */
export type Standing = GraphQLObjectType | GraphQLInterfaceType;

/** The types that a selection is expanded by: the object types that may stand where this type is named, or an interface of which the graph knows none (`@interfaceObject` alone). */
export function standingFor(type: GraphQLCompositeType, schema: GraphQLSchema): readonly Standing[] {
  if (!isAbstractType(type)) return [type];
  const possible = schema.getPossibleTypes(type);
  return possible.length === 0 && isInterfaceType(type) ? [type] : possible;
}

/**
 * The fields that an object of this type answers, by response key and in the client's order; conditions are evaluated, fragments that do not apply to the
 * type are left out (GraphQL, CollectFields).
 */
export function collectFields(
  expansion: Expansion,
  type: Standing,
  sets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const visit = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      expansion.budget.spend();
      if (!included(expansion, selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const same = fields.get(key);
        if (same) same.push(selection);
        else fields.set(key, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(expansion, selection.typeCondition, type)) visit(selection.selectionSet.selections);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = expansion.operation.fragments.get(selection.name.value);
        if (fragment && applies(expansion, fragment.typeCondition, type)) visit(fragment.selectionSet.selections);
      }
    }
  };
  for (const set of sets) visit(set.selections);
  return fields;
}

function applies(
  { schema }: Expansion,
  condition: { readonly kind: Kind.NAMED_TYPE; readonly name: { readonly value: string } } | undefined,
  type: Standing,
): boolean {
  if (!condition) return true;
  const named = schema.getType(condition.name.value);
  return named === type || (isAbstractType(named) && schema.isSubType(named, type));
}

function included({ variables }: Expansion, node: SelectionNode): boolean {
  if (!node.directives?.length) return true;
  try {
    if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
  } catch (error) {
    if (error instanceof GraphQLError) throw refuse("BAD_USER_INPUT", error.message);
    throw error;
  }
}
