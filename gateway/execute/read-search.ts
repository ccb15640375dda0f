import { type FieldNode, type GraphQLField, getArgumentValues } from "graphql";
import { type Identifier, type IdentifierKind, readIdentifier } from "../../schema/identity/identifier.js";
import type { RefusalName } from "../../schema/refusals.js";
import type { Variables } from "../plan/coerce-variables.js";
import { type Failure, failureOf } from "./failure.js";

/** A search as the client asks for it. */
export interface AskedSearch {
  readonly identifier: Identifier;
  /** Persons on her page, 1 to 100. */
  readonly first: number;
  /** Cursor of the person before her page; null: from the beginning. */
  readonly after: string | null;
}

/** Reads the arguments of a search, or says what is wrong with them: the identifier in its canonical form, since it is held against the warrant's. */
export function readSearch(
  kind: IdentifierKind,
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Variables,
): AskedSearch | { readonly failure: Failure } {
  const given = getArgumentValues(definition, node, variables);
  const identifier = readIdentifier(kind, given);
  if (identifier === null) return refused(kind === "PHONE" ? "PHONE" : "INPUT");
  if (identifier.kind === "IP_ADDRESS" && Date.parse(identifier.from) >= Date.parse(identifier.to))
    return refused("PERIOD");
  const first = Number(given.first ?? 20);
  if (!Number.isInteger(first) || first < 1 || first > 100) return refused("PAGE_SIZE");
  const after = typeof given.after === "string" ? given.after : null;
  return { identifier, first, after };
}

function refused(refusal: RefusalName): { readonly failure: Failure } {
  return { failure: failureOf({ extensions: { refusal } }) };
}
