import type { CompiledRule } from "../compile-rule-book.js";
import { coversPlatform } from "../membership.js";
import { type DatePeriod, isWithin } from "../period.js";
import type { Circumstances, OpenCondition } from "./circumstances.js";

/**
 * Evaluation point 10: the rule is in force on the date, and binds both states on it. A pending rule is never in force, and an exception ends a
 * rule for its platforms.
 */
export function dateCondition(compiled: CompiledRule, { question, date }: Circumstances): OpenCondition | null {
  const requesting = compiled.requesting.get(question.requesting) ?? [];
  const provider = compiled.provider.get(question.providerCountry) ?? [];
  const inForce =
    compiled.rule.pending !== true &&
    isWithin(date, validity(compiled, question.platform)) &&
    requesting.some((period) => isWithin(date, period)) &&
    provider.some((period) => isWithin(date, period));
  if (inForce) return null;
  const expected =
    compiled.rule.pending === true
      ? "its entry into force (pending)"
      : describePeriod([validity(compiled, question.platform), hull(requesting), hull(provider)]);
  return { code: "NOT_IN_FORCE", fact: "date", expected, actual: date };
}

function validity({ rule }: CompiledRule, platform: string): DatePeriod {
  const ends = (rule.exceptions ?? [])
    .filter(({ platforms }) => coversPlatform(platforms, platform))
    .map(({ from }) => from);
  if (rule.validTo !== null) ends.push(rule.validTo);
  return { from: rule.validFrom, to: ends.sort()[0] ?? null };
}

/** From the first day of any of the periods to the last of any. */
function hull(periods: readonly DatePeriod[]): DatePeriod {
  const from = periods.some((period) => period.from === null)
    ? null
    : (periods.map((period) => period.from ?? "").sort()[0] ?? null);
  const to = periods.some((period) => period.to === null)
    ? null
    : (periods
        .map((period) => period.to ?? "")
        .sort()
        .at(-1) ?? null);
  return { from, to };
}

function describePeriod(periods: readonly DatePeriod[]): string {
  const from = periods
    .map((period) => period.from ?? "")
    .sort()
    .at(-1);
  const to = periods
    .map((period) => period.to)
    .filter((end) => end !== null)
    .sort()[0];
  const words = [from ? `from ${from}` : "", to === undefined ? "" : `before ${to}`].filter((part) => part !== "");
  return `a date ${words.join(" and ")}`;
}
