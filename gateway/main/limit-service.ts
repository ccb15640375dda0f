import type { DocumentNode, OperationDefinitionNode, SelectionSetNode } from "graphql";
import { Kind } from "graphql";
import type { Principal } from "../../schema/principal.js";
import { refuse } from "../respond/refuse.js";
import { subgraphs } from "./subgraphs.js";

/**
 * What a subgraph may ask back, when it shows the call token of a client's request: nothing beyond its line in the list of subgraphs, and no act but those that another subgraph serves for it alone. The token
 * was made for the subgraph to answer the client, not to see what only she may see. Throws FORBIDDEN.
 */
export function limitService(document: DocumentNode, operation: OperationDefinitionNode, principal: Principal): void {
  if (principal.role !== "SERVICE") return;
  const { asksBack: right = "NOTHING", errands = [] } = subgraphs.find(({ name }) => name === principal.service) ?? {};
  if (isErrand(document, operation, errands)) return;
  if (operation.operation !== "query") throw refuse("FORBIDDEN", "A subgraph asks; it never acts.");
  if (right === "GRAPH" || (right === "EXISTENCE" && asksWhatExists(document))) return;
  throw refuse("FORBIDDEN", `The subgraph ${principal.service} may not ask the graph for this.`);
}

/** One operation whose every root is one of these, by name: no fragment can bring in another. */
function isErrand(
  { definitions }: DocumentNode,
  { selectionSet: { selections } }: OperationDefinitionNode,
  errands: readonly string[],
): boolean {
  return (
    definitions.length === 1 &&
    selections.every((selection) => selection.kind === Kind.FIELD && errands.includes(selection.name.value))
  );
}

/** Roots by their arguments, and of each no more than its id. */
function asksWhatExists({ definitions }: DocumentNode): boolean {
  return definitions.every(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && everyField(definition.selectionSet, 1),
  );
}

function everyField({ selections }: SelectionSetNode, level: number): boolean {
  return selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false;
    if (level === 1) return selection.selectionSet !== undefined && everyField(selection.selectionSet, 2);
    return selection.selectionSet === undefined && selection.name.value === "id";
  });
}
