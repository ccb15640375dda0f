import { judiciarySignal } from "../../schema/law/judiciary-signal.js";
import type { Country, RuleBook as LawBook } from "../../schema/law/rule-book.js";
import { type JudiciarySignal, SignalState } from "./types/country.js";

const notice =
  "A provider's own policy about voluntary requests, on figures of 2020 by the World Justice Project. It is no statement about any court or judge. Below the line, or without figures, a person at the provider looks at the request.";

/**
 * What the policy of a provider says of a state; null where none has set one. With several the first in the rule book counts. States are never
 * ranked by it.
 */
export function signalOf(country: Country, today: string, book: LawBook): JudiciarySignal | null {
  const platform = book.platforms.find(
    ({ judiciaryPolicy }) => judiciaryPolicy !== null && judiciaryPolicy.since <= today,
  );
  if (platform === undefined) return null;
  const { passes, value } = judiciarySignal(country, platform, today, book);
  const figures = country.judiciary.wjp2020;
  return {
    state: passes
      ? SignalState.MEETS_PROVIDER_POLICY
      : value === null
        ? SignalState.NO_FIGURE
        : SignalState.REVIEW_BY_PERSON,
    policyOf: platform.code,
    source: "World Justice Project Rule of Law Index",
    year: 2020,
    values:
      figures === null
        ? []
        : [
            { indicator: "WJP-1.2", value: figures.sf1_2 },
            { indicator: "WJP-8.6", value: figures.sf8_6 },
          ],
    notice,
  };
}
