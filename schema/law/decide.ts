import { type CompiledBook, type CompiledRule, compileRuleBook } from "./compile-rule-book.js";
import type { Circumstances } from "./conditions/circumstances.js";
import type { Citation, Condition, Decision } from "./decision.js";
import { type Findings, findRules, isDisclosing, type UnmetRule } from "./findings.js";
import { stepsAfterDenial, stepsAfterPermission } from "./next-steps.js";
import { deadlineHoursOf, holdHoursOf, obligationsOf } from "./obligations.js";
import type { Question } from "./question.js";
import { readCircumstances } from "./read-circumstances.js";
import { deniedReason, permittedReason } from "./reason.js";
import type { RuleBook } from "./rule-book.js";
import type { Effect, LawCode } from "./vocabulary.js";

/**
 * What the law of the day says to one question. Total and pure: it never throws, and the same question to the same rule book has the same answer,
 * in any order, in any year. What cannot be read is denied, with the reason.
 *
 * The order of evaluation is that of the rule book's points: a national precondition that is not met decides; else the matching rule that goes first
 * (compulsory, emergency, voluntary, mutual legal assistance, denial); where it does not permit, code and reason come from the rule that
 * would permit with the fewest open conditions. NO_ROUTE: no rule could permit on any date, for any offence, authority or person.
 */
export function decide(question: Question, book: RuleBook): Decision {
  const law = compileRuleBook(book);
  const circumstances = readCircumstances(question, law);
  if (typeof circumstances === "string") return unreadable(question, circumstances, law);
  const findings = findRules(circumstances);
  const { precondition, decisive } = findings;
  if (precondition === null && decisive !== null && grants(decisive)) return permit(decisive, findings, circumstances);
  return deny(findings, circumstances);
}

function permit(decisive: CompiledRule, findings: Findings, circumstances: Circumstances): Decision {
  const { question, law } = circumstances;
  const effect = decisive.rule.effect as Effect;
  const permitted = isDisclosing(effect);
  return {
    category: question.category,
    effect,
    code: "PERMITTED",
    permitted,
    ruleId: decisive.rule.id,
    reason: permittedReason(decisive, circumstances),
    unmet: [],
    channels: permitted ? [] : idsOf(findings.channels),
    nextSteps: stepsAfterPermission(decisive, circumstances),
    obligations: obligationsOf(decisive, question),
    citations: decisive.citations,
    providerCountry: question.providerCountry,
    deadlineHours: deadlineHoursOf(decisive, question),
    holdHours: holdHoursOf(decisive, question),
    ruleBook: nameOf(law),
  };
}

function deny(findings: Findings, circumstances: Circumstances): Decision {
  const { question, law } = circumstances;
  const { precondition, decisive, unmet, channels } = findings;
  const decided = precondition?.compiled ?? decisive ?? law.defaultRule;
  const nearest = precondition ?? unmet[0];
  const conditions = precondition === null ? unmet : [precondition, ...unmet];
  return {
    category: question.category,
    effect: precondition === null ? (decided.rule.effect as Effect) : "DENY",
    code: codeOf(findings),
    permitted: false,
    ruleId: decided.rule.id,
    reason: deniedReason(findings, circumstances),
    unmet: conditions.flatMap(conditionsOf),
    channels: idsOf(channels),
    nextSteps: stepsAfterDenial(findings, circumstances),
    obligations: [],
    citations: citationsOnce([...decided.citations, ...(nearest?.compiled.citations ?? [])]),
    providerCountry: question.providerCountry,
    deadlineHours: deadlineHoursOf(decided, question),
    holdHours: null,
    ruleBook: nameOf(law),
  };
}

/** Evaluation point 16, and every other question that cannot be read: the default rule. */
function unreadable(question: Question, reason: string, law: CompiledBook): Decision {
  return {
    category: question?.category,
    effect: "DENY",
    code: "NO_ROUTE",
    permitted: false,
    ruleId: law.defaultRule.rule.id,
    reason,
    unmet: [],
    channels: [],
    nextSteps: [],
    obligations: [],
    citations: [],
    providerCountry: law.countries.has(question?.providerCountry) ? question.providerCountry : null,
    deadlineHours: null,
    holdHours: null,
    ruleBook: nameOf(law),
  };
}

function grants({ rule }: CompiledRule): boolean {
  return isDisclosing(rule.effect) || rule.effect === "PERMIT_PRESERVATION";
}

function codeOf({ precondition, unmet }: Findings): LawCode {
  return precondition === null ? (unmet[0]?.open[0]?.code ?? "NO_ROUTE") : "NATIONAL_PRECONDITION";
}

function conditionsOf({ compiled, open }: UnmetRule): readonly Condition[] {
  return open.map(({ fact, expected, actual }) => ({ ruleId: compiled.rule.id, fact, expected, actual }));
}

function citationsOnce(citations: readonly Citation[]): readonly Citation[] {
  return citations.filter(({ id }, index) => citations.findIndex((other) => other.id === id) === index);
}

function idsOf(rules: readonly CompiledRule[]): readonly string[] {
  return rules.map(({ rule }) => rule.id);
}

function nameOf({ book }: CompiledBook): Decision["ruleBook"] {
  return { version: book.version, hash: book.hash };
}
