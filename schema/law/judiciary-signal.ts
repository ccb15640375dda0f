import { isWithin } from "./period.js";
import { type Country, judiciaryMetric, type Platform, type RuleBook } from "./rule-book.js";

/** What a policy about voluntary requests says of one state. It is about the policy, never about a court. */
export interface JudiciarySignal {
  /** False: a person at the provider looks at the request. */
  readonly passes: boolean;
  /** The lesser of the two figures; null: there are none. */
  readonly value: number | null;
  /** The value from which on a state passes. */
  readonly line: number;
}

/**
 * Evaluation point 9: the signal that a PERMIT_VOLUNTARY rule with `independentJudiciary.required` is tested against.
 *
 * Whose line counts: that of the provider's `judiciaryPolicy` from its `since` on; before that day, and for a provider that has set none, the band ESTABLISHED of the
 * rule book's `judiciaryModel.proposedPolicy`. So the condition is always tested where a rule demands it: a rule such as R-SCA-NONCONTENT, which demands
 * it as the gateway's own policy, must not become open to every state because a platform has said nothing.
 * A state passes at or over the line; without figures it does not. An override on file (dated, two officers) lets its state pass during its time.
 */
export function judiciarySignal(
  country: Country,
  platform: Platform | undefined,
  date: string,
  book: RuleBook,
): JudiciarySignal {
  const own = platform?.judiciaryPolicy ?? null;
  const policy = own !== null && own.since <= date ? own : null;
  const line = policy?.line ?? proposedLine(book);
  const value = figureOf(country);
  const isOverridden =
    policy?.overrides?.some(
      (entry) => entry.country === country.alpha2 && isWithin(date, { from: entry.from, to: entry.until }),
    ) === true;
  return { passes: isOverridden || (value !== null && value >= line), value, line };
}

/** A parsed book has the band; without it nobody would pass. */
function proposedLine({ judiciaryModel }: RuleBook): number {
  const established = judiciaryModel.proposedPolicy.bands.find(({ state }) => state === "ESTABLISHED");
  return established?.min ?? Number.POSITIVE_INFINITY;
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
