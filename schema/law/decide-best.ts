import { compileRuleBook } from "./compile-rule-book.js";
import { decide } from "./decide.js";
import type { Decision } from "./decision.js";
import { effectRank } from "./precedence.js";
import type { Question } from "./question.js";
import type { RuleBook } from "./rule-book.js";

/** At least one question: the same but for the offence. */
export type Questions = readonly [Question, ...Question[]];

/**
 * The answer to a case with several offences: each is decided alone and the best answer counts, by effect, then by the priority of the deciding
 * rule, then by the order of the offences in the case. Evaluation point 14.
 */
export function decideBest(questions: Questions, book: RuleBook): Decision {
  const { rules } = compileRuleBook(book);
  const priorityOf = ({ ruleId }: Decision) =>
    ruleId === null ? Number.MAX_SAFE_INTEGER : (rules.get(ruleId)?.rule.priority ?? Number.MAX_SAFE_INTEGER);
  const [first, ...others] = questions;
  return others
    .map((question) => decide(question, book))
    .reduce(
      (best, other) => {
        const order = effectRank(other.effect) - effectRank(best.effect) || priorityOf(other) - priorityOf(best);
        return order < 0 ? other : best;
      },
      decide(first, book),
    );
}
