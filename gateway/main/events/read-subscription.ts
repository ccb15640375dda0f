import { type DocumentNode, getOperationAST, parse } from "graphql";
import type { Principal } from "../../../schema/principal.js";
import { refuse } from "../../respond/refuse.js";
import { hashDocument } from "../documents/hash-document.js";
import { limitService } from "../limit-service.js";
import { limits } from "../limits.js";

/** A subscription as a request brings it. */
export interface Subscription {
  readonly document: DocumentNode;
  /** SHA-256 of the document's text. */
  readonly hash: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Reads a request's body, whose document was found already; null where it asks for no subscription, or is not well formed: then it is answered as any other.
 * @throws GraphQLError BAD_USER_INPUT for variables that are no object; FORBIDDEN for a subgraph that may not ask this.
 */
export function readSubscription(body: unknown, principal: Principal): Subscription | null {
  const { query, operationName = null, variables } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof query !== "string" || (operationName !== null && typeof operationName !== "string")) return null;
  const document = parsed(query);
  if (document === null) return null;
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== "subscription") return null;
  if (variables !== undefined && (typeof variables !== "object" || Array.isArray(variables)))
    throw refuse("BAD_USER_INPUT", "`variables` is not well formed: expected an object.");
  limitService(document, operation, principal);
  const given = (variables ?? {}) as Subscription["variables"];
  return { document, hash: hashDocument(query), operationName: operation.name?.value ?? null, variables: given };
}

/** Null for what is no GraphQL: whoever reads it next says where it is wrong. */
function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { maxTokens: limits.documentTokens });
  } catch {
    return null;
  }
}
