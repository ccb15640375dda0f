import type { Period } from "../../schema/calls.js";
import type { Identifier } from "../../schema/identity/identifier.js";
import type { NamedEndpoint } from "./warrant.js";

/** Longest window around a named moment, in milliseconds: a day, the longest for which an address is commonly lent to one subscriber. */
const longestWindow = 24 * 3_600_000;

/**
 * Whether what a warrant names is the very thing that is asked about. Read narrowly: the same address in its canonical form; the same port where one is named; and a
 * window, half-open in UTC, that contains the named moment, lies inside the ordered period and is no longer than a day.
 */
export function namesIdentifier(
  { address, port, at }: NamedEndpoint,
  asked: Identifier,
  period: Period | null,
): boolean {
  const [from, to, moment] = [asked.from, asked.to, at].map((time) => Date.parse(time)) as [number, number, number];
  return (
    asked.address === address &&
    (port === null || asked.port === port) &&
    from <= moment &&
    moment < to &&
    to - from <= longestWindow &&
    period !== null &&
    Date.parse(period.from) <= from &&
    to <= Date.parse(period.to)
  );
}
