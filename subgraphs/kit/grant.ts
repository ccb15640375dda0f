import type { SubgraphContext } from "./definition.js";
import type { TokenProblem } from "./verify-token.js";

/** Why identity data is not answered, in the order in which it is looked at. Told to the gateway and the log; it names no value. */
export type GrantProblem =
  | "NO_GRANT"
  | TokenProblem
  | "WARRANT"
  | "RECEIPT"
  | "PERIOD"
  | "OPERATION"
  | "BODY_DIGEST"
  | "SCOPE"
  | "REPLAYED"
  | "ENTITY_NOT_GRANTED"
  | "FIELD_NOT_GRANTED"
  | "CATEGORY_NOT_GRANTED"
  | "PERIOD_MISSING"
  | "SEARCH_NOT_GRANTED"
  | "SUBJECT_NOT_GRANTED"
  | "SUBJECT_DIFFERS"
  | "FACTS_DIFFER";

/** The identity field stays null. */
export class GrantRefusal extends Error {
  override readonly name = "GrantRefusal";
  constructor(readonly problem: GrantProblem) {
    super(`identity data is answered only under a grant: ${problem}`);
  }
}

export function grantKey(type: string, id: string): string {
  return `${type} ${id}`;
}

const problems = new WeakMap<SubgraphContext, GrantProblem>();

/** Remembers why the request's grant did not hold. */
export function noteGrantProblem(context: SubgraphContext, problem: GrantProblem): void {
  problems.set(context, problem);
}

export function grantProblem(context: SubgraphContext): GrantProblem {
  return problems.get(context) ?? "NO_GRANT";
}
