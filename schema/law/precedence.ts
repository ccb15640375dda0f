import type { Rule } from "./rule.js";
import { type RuleEffect, ruleEffects } from "./vocabulary.js";

/** Place of an effect: lower goes first. Evaluation point 3; effects that never decide come last. */
export function effectRank(effect: RuleEffect): number {
  return ruleEffects.indexOf(effect);
}

/** Which of two rules goes first: the effect, then the lower priority number, then the later `validFrom` (none is the earliest), then the id: the order of the book never counts. */
export function compareRules(one: Rule, other: Rule): number {
  return (
    effectRank(one.effect) - effectRank(other.effect) ||
    one.priority - other.priority ||
    compareText(other.validFrom ?? "", one.validFrom ?? "") ||
    compareText(one.id, other.id)
  );
}

function compareText(one: string, other: string): number {
  return Number(one > other) - Number(one < other);
}
