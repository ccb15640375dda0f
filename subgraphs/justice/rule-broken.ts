import { GraphUnavailable } from "../kit/ask-graph.js";
import { type UserError, userError } from "./types/user-error.js";

/** A rule of the domain is broken: the mutation changes nothing and answers these errors. */
export class RuleBroken extends Error {
  override readonly name = "RuleBroken";
  constructor(readonly errors: readonly UserError[]) {
    super(errors.map(({ code }) => code).join(", "));
  }
}

/** Throws RuleBroken if there is any error. */
export function refuseIfAny(errors: readonly UserError[]): void {
  if (errors.length > 0) throw new RuleBroken(errors);
}

/** What a mutation came to, or the rules that it broke. Only these two faults become userErrors; all others stay faults. `later`: it may go well then. */
export async function orUserErrors<T>(
  work: () => Promise<T>,
): Promise<{ done: T } | { userErrors: UserError[]; later: boolean }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (error instanceof RuleBroken) return { userErrors: [...error.errors], later: false };
    if (error instanceof GraphUnavailable) return { userErrors: [unavailable], later: true };
    throw error;
  }
}

const unavailable = userError(
  "GRAPH_UNAVAILABLE",
  "The platform or the law in force could not be asked just now, so nothing was changed. Try again.",
);
