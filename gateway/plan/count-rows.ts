import { type ArgumentNode, type GraphQLField, getNullableType, isListType, Kind } from "graphql";
import { refuse } from "../respond/refuse.js";
import type { Variables } from "./coerce-variables.js";
import type { Fields, SelectedField } from "./normal-form.js";

/** Rows that one operation may ask for, lists within lists multiplied. */
export const mostRows = 100_000;
/** The longest page; what a subgraph refuses by itself counts no more. */
const longestPage = 100;
/** What a list without a page size counts: such lists are short by nature. */
const plainList = 5;

/** The rows a field may bring for each parent: its page size, or the variable that says it; null for a field that is no list. */
export function rowsOf(
  definition: GraphQLField<unknown, unknown>,
  given: readonly ArgumentNode[],
): number | string | null {
  for (const name of ["first", "last"]) {
    const value = given.find((argument) => argument.name.value === name)?.value;
    if (value?.kind === Kind.VARIABLE) return value.name.value;
    if (value?.kind === Kind.INT) return Math.min(Math.max(Number(value.value), 0), longestPage);
  }
  const page = definition.args.find(({ name }) => name === "first");
  if (page) return typeof page.defaultValue === "number" ? page.defaultValue : longestPage;
  return isListType(getNullableType(definition.type)) ? plainList : null;
}

/**
 * Refuses an operation whose lists within lists could bring more than `mostRows` rows, before anything is planned or fetched: a short text can ask for
 * millions. @throws GraphQLError OPERATION_TOO_COSTLY.
 */
export function limitRows(roots: Fields, variables: Variables): void {
  if (countRows(roots, variables) > mostRows)
    throw refuse(
      "OPERATION_TOO_COSTLY",
      `The operation could bring more than ${mostRows} rows: ask for shorter pages, or for fewer lists within lists.`,
    );
}

function countRows(fields: Fields, variables: Variables): number {
  let total = 0;
  for (const field of fields.values()) {
    const rows = rowsNow(field, variables);
    const inner = Math.max(
      0,
      ...[...(field.selection?.byType.values() ?? [])].map((child) => countRows(child, variables)),
    );
    total += isRowList(field) ? rows * inner : rows + rows * inner;
    if (total > mostRows) return total;
  }
  return total;
}

/** `nodes` and `edges` of a connection: their rows are counted at the connection. */
function isRowList({ name, rows }: SelectedField): boolean {
  return rows === null || name === "nodes" || name === "edges";
}

function rowsNow({ name, rows }: SelectedField, variables: Variables): number {
  if (rows === null || name === "nodes" || name === "edges") return 1;
  if (typeof rows === "number") return rows;
  const value = variables[rows];
  return typeof value === "number" ? Math.min(Math.max(value, 0), longestPage) : longestPage;
}
