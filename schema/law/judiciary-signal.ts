import { isWithin } from "./period.js";
import {
  type Country,
  type JudiciaryPolicy,
  type JudiciaryState,
  judiciaryMetric,
  type Platform,
  type RuleBook,
} from "./rule-book.js";

/** What a policy about voluntary requests says of one state. It is about the policy, never about a court. */
export interface JudiciarySignal {
  readonly state: JudiciaryState;
  /** The lesser of the two figures; null: there are none. */
  readonly value: number | null;
  /** The value from which on the state is ESTABLISHED. */
  readonly line: number;
  /** The platform whose policy it is; null: the rule book's own. */
  readonly policyOf: string | null;
  readonly overridden: boolean;
}

/**
 * Evaluation point 9: the signal that a PERMIT_VOLUNTARY rule with `independentJudiciary.required` is tested against.
 *
 * Whose line counts: that of the provider's `judiciaryPolicy` from its `since` on; before that day, and for a provider that has set none, the rule
 * book's `judiciaryModel.proposedPolicy`. So the condition is always tested where a rule demands it: a rule such as R-SCA-NONCONTENT, which demands
 * it as the gateway's own policy, must not become open to every state because a platform has said nothing.
 * At or over the line is ESTABLISHED. Without figures the state is what `missing` says (REVIEW), which is not enough: a person at the provider
 * looks at the request. An override on file (dated, two officers) lets its state pass during its time.
 */
export function judiciarySignal(
  country: Country,
  platform: Platform | undefined,
  date: string,
  book: RuleBook,
): JudiciarySignal {
  const { proposedPolicy } = book.judiciaryModel;
  const own = platform?.judiciaryPolicy ?? null;
  const policy: JudiciaryPolicy | null = own !== null && own.since <= date ? own : null;
  const line =
    policy?.line ?? proposedPolicy.bands.find(({ state }) => state === "ESTABLISHED")?.min ?? Number.POSITIVE_INFINITY;
  const value = figureOf(country);
  const overridden =
    policy?.overrides?.some(
      (entry) => entry.country === country.alpha2 && isWithin(date, { from: entry.from, to: entry.until }),
    ) ?? false;
  const state = overridden ? "ESTABLISHED" : stateOf(value, line, book);
  return { state, value, line, policyOf: policy === null ? null : (platform?.code ?? null), overridden };
}

function stateOf(value: number | null, line: number, book: RuleBook): JudiciaryState {
  const { bands, missing } = book.judiciaryModel.proposedPolicy;
  if (value === null) return missing;
  if (value >= line) return "ESTABLISHED";
  const review = bands.find(({ state }) => state === "REVIEW");
  return review !== undefined && value >= review.min ? "REVIEW" : "NOT_ESTABLISHED";
}

/** `judiciaryMetric`, which every policy of a parsed book names. */
function figureOf(country: Country): number | null {
  const figures = country.judiciary.wjp2020;
  return figures === null ? null : Math.min(figures.sf1_2, figures.sf8_6);
}

/** How the line is written where it is shown. */
export function describeLine(line: number): string {
  return `${judiciaryMetric} of 2020 at or over ${line}`;
}
