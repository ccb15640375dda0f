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
      : describePeriod(validity(compiled, question.platform), requesting, provider);
  return { code: "NOT_IN_FORCE", fact: "date", expected, actual: date };
}

function validity({ rule }: CompiledRule, platform: string): DatePeriod {
  const exceptions = (rule.exceptions ?? []).filter(({ platforms }) => coversPlatform(platforms, platform));
  const end = firstOf([rule.validTo ?? never, ...exceptions.map(({ from }) => from)]);
  return { from: rule.validFrom, to: end === never ? null : end };
}

/** When the rule is in force and both states are bound, as far as one period says it: of several periods of a state, from the first day of any to the last of any. */
function describePeriod(
  validity: DatePeriod,
  requesting: readonly DatePeriod[],
  provider: readonly DatePeriod[],
): string {
  const from = lastOf([start(validity), firstOf(requesting.map(start)), firstOf(provider.map(start))]);
  const to = firstOf([end(validity), lastOf(requesting.map(end)), lastOf(provider.map(end))]);
  const words = [from === ever ? "" : `from ${from}`, to === never ? "" : `before ${to}`];
  return `a date ${words.filter((part) => part !== "").join(" and ")}`;
}

/** Before and after every date. */
const ever = "";
const never = "~";
const start = ({ from }: DatePeriod): string => from ?? ever;
const end = ({ to }: DatePeriod): string => to ?? never;

function firstOf(dates: readonly string[]): string {
  return dates.reduce((first, date) => (date < first ? date : first), never);
}

function lastOf(dates: readonly string[]): string {
  return dates.reduce((last, date) => (date > last ? date : last), ever);
}
