import type { CompiledRule } from "../compile-rule-book.js";
import { coversPlatform } from "../membership.js";
import type { Question } from "../question.js";
import { authorityCondition } from "./authority.js";
import type { Circumstances, OpenCondition } from "./circumstances.js";
import { dateCondition } from "./date.js";
import { judiciaryCondition } from "./judiciary.js";
import { offenceCondition } from "./offence.js";
import { personCondition } from "./person.js";

/**
 * True where the rule is about these parties at all: requesting state and category (both by the index), provider country at any time, platform,
 * across borders where it says so. What remains are conditions that another date, offence, authority or person could meet.
 */
export function isAbout({ rule, provider }: CompiledRule, question: Question): boolean {
  return (
    provider.has(question.providerCountry) &&
    coversPlatform(rule.provider.platforms, question.platform) &&
    !(rule.provider.crossBorderOnly === true && question.requesting === question.providerCountry)
  );
}

/** What of the rule is not met, in the order of evaluation point 2; empty: the rule matches. */
export function openConditions(compiled: CompiledRule, circumstances: Circumstances): readonly OpenCondition[] {
  return [
    dateCondition(compiled, circumstances),
    offenceCondition(compiled.rule, circumstances),
    authorityCondition(compiled.rule, circumstances),
    personCondition(compiled.rule, circumstances),
    judiciaryCondition(compiled.rule, circumstances),
  ].filter((condition) => condition !== null);
}

/**
 * Evaluation point 1: what is open in a national precondition; null where it does not apply, because it is not in force. Offence and authority
 * alone are its test.
 */
export function openPrecondition(
  compiled: CompiledRule,
  circumstances: Circumstances,
): readonly OpenCondition[] | null {
  if (dateCondition(compiled, circumstances) !== null) return null;
  return [offenceCondition(compiled.rule, circumstances), authorityCondition(compiled.rule, circumstances)].filter(
    (condition) => condition !== null,
  );
}
