import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { BREAK, Kind, visit } from "graphql";
import type { Principal } from "../../schema/principal.js";
import { refuse } from "../respond/refuse.js";
import { limitService } from "./limit-service.js";

/** An operation that has parsed and validated, or the lack of one. */
export interface PickedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | undefined;
  readonly method: "GET" | "POST";
  readonly principal: Principal;
  readonly schema: GraphQLSchema;
}

/** A subscription is answered as a stream, and as nothing else. */
export function refuseUnstreamed(operation: OperationDefinitionNode): void {
  if (operation.operation === "subscription")
    throw refuse(
      "BAD_USER_INPUT",
      "A subscription is answered as server-sent events: ask by POST with the header `accept: text/event-stream`.",
      406,
    );
}

/** Refuses what is valid GraphQL and yet not to be run here. `introspection` says who may read the schema. */
export function refuseOperation(picked: PickedOperation, introspection: (principal: Principal) => boolean): void {
  const { document, operation, operationName, method, principal, schema } = picked;
  if (operation === undefined) throw refuse("BAD_USER_INPUT", whyNone(document, operationName));
  limitService(document, operation, principal);
  refuseUnstreamed(operation);
  if (operation.operation === "mutation" && !schema.getMutationType())
    throw refuse("BAD_USER_INPUT", "There are no mutations in this schema.");
  if (method === "GET" && operation.directives?.some(({ name }) => name.value === "warrant")) {
    throw refuse("BAD_USER_INPUT", "An operation under a @warrant is sent by POST alone.", 405);
  }
  if (introspects(document) && !introspection(principal)) {
    throw refuse(
      "FORBIDDEN",
      `Introspection is not open to the role ${principal.role}: the schema is published in schema/sdl.`,
    );
  }
}

function whyNone(document: DocumentNode, operationName: string | undefined): string {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) return "The document holds no operation.";
  const names = operations
    .map(({ name }) => name?.value ?? "one without a name")
    .slice(0, 10)
    .join(", ");
  if (operationName === "") return "`operationName` is empty: leave it out, or name the operation to run.";
  return operationName === undefined
    ? `The document holds several operations: say in \`operationName\` which one to run (${names}).`
    : `The document holds no operation of the name in \`operationName\`; it holds: ${names}.`;
}

const introspecting = new WeakMap<DocumentNode, boolean>();

function introspects(document: DocumentNode): boolean {
  const known = introspecting.get(document);
  if (known !== undefined) return known;
  let found = false;
  visit(document, {
    Field({ name }) {
      if (name.value !== "__schema" && name.value !== "__type") return undefined;
      found = true;
      return BREAK;
    },
  });
  introspecting.set(document, found);
  return found;
}
