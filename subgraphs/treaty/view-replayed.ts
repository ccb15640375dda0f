import type { Decision as LawDecision } from "../../schema/law/decision.js";
import type { RuleBook as LawBook } from "../../schema/law/rule-book.js";
import type { Decision } from "./types/decision.js";
import { viewDecision } from "./views.js";

/**
 * A decision on what was known of a person, as an auditor may read it: effect, code, rule and sources, as the log has them. What else a decision says (open conditions,
 * duties, holds, deadlines, channels, the state of the provider) would let her read facts about the person off it.
 */
export function viewReplayed(decision: LawDecision, book: LawBook): Decision {
  const { category, effect, code, permitted, ruleId } = decision;
  const told = {
    ...decision,
    unmet: [],
    channels: [],
    nextSteps: [],
    obligations: [],
    citations: [],
    providerCountry: null,
    deadlineHours: null,
    holdHours: null,
    reason: `${category}: ${code}, ${effect}, by ${ruleId ?? "no rule"} of rule book ${book.version}; ${permitted ? "permitted" : "not permitted"}.`,
  };
  return viewDecision(told, book);
}
