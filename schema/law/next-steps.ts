import type { CompiledRule } from "./compile-rule-book.js";
import type { Circumstances, OpenCondition } from "./conditions/circumstances.js";
import type { NextStep } from "./decision.js";
import type { Findings } from "./findings.js";
import { holdHoursOf } from "./obligations.js";

/** What to do with a permission: whom to ask, what to wait for. */
export function stepsAfterPermission(compiled: CompiledRule, { question }: Circumstances): readonly NextStep[] {
  const { id, effect } = compiled.rule;
  const steps: NextStep[] = [];
  const hold = holdHoursOf(compiled, question);
  if (effect === "PERMIT_VOLUNTARY" || effect === "PERMIT_EMERGENCY") {
    steps.push({
      kind: "ASK_PERSON_AT_PROVIDER",
      ruleId: id,
      typicalDays: null,
      text: "A named person at the provider decides on this request.",
    });
  }
  if (hold !== null) {
    steps.push({
      kind: "WAIT_FOR_HOLD",
      ruleId: id,
      typicalDays: hold / 24,
      text: `Wait ${hold} hours from issue, or for the enforcing authority to clear the order.`,
    });
  }
  return steps;
}

/** What could be done about a denial: first what is nearest, then the other ways. */
export function stepsAfterDenial(
  { precondition, unmet, channels }: Findings,
  circumstances: Circumstances,
): readonly NextStep[] {
  const nearest = precondition ?? unmet[0];
  const steps =
    nearest?.open
      .map((condition) => stepFor(condition, nearest.compiled, circumstances))
      .filter((step) => step !== null) ?? [];
  for (const { rule } of channels) {
    if (rule.effect === "PERMIT_PRESERVATION" && circumstances.question.preservation !== true) {
      steps.push({
        kind: "PRESERVE_NOW",
        ruleId: rule.id,
        typicalDays: null,
        text: `Have the data preserved now: ${rule.preservation?.days ?? 0} days under ${rule.id}.`,
      });
    }
  }
  const assistance = channels.filter(({ rule }) => rule.effect === "MLA_ONLY");
  for (const { rule } of assistance) {
    const typicalDays = rule.typicalHours === undefined ? null : Math.round(rule.typicalHours / 24);
    steps.push({
      kind: "MUTUAL_LEGAL_ASSISTANCE",
      ruleId: rule.id,
      typicalDays,
      text: `Ask through the central authorities under ${rule.id}.`,
    });
  }
  if (nearest === undefined && assistance.length === 0 && circumstances.requesting !== circumstances.provider)
    steps.push(lettersRogatory(circumstances));
  return steps;
}

function stepFor(
  { code, expected }: OpenCondition,
  { rule }: CompiledRule,
  { question }: Circumstances,
): NextStep | null {
  const step = (kind: NextStep["kind"], text: string): NextStep => ({ kind, ruleId: rule.id, typicalDays: null, text });
  switch (code) {
    case "VALIDATION_MISSING":
      return step("ASK_VALIDATION", `Ask for ${expected}.`);
    case "AUTHORITY_NOT_COMPETENT":
      return step("CORRECT_WARRANT", `Have the order issued by ${expected}.`);
    case "OFFENCE_BELOW_THRESHOLD":
    case "OFFENCE_NOT_LISTED":
      return step(
        "ASK_FEWER_CATEGORIES",
        `Leave ${question.category} out, or order it in a case for which the rule asks: ${expected}.`,
      );
    case "REVIEW_BY_PERSON":
      return step("ASK_PERSON_AT_PROVIDER", "Ask the provider to have a person look at the request.");
    case "PERSON_CONDITION":
      return {
        kind: "MUTUAL_LEGAL_ASSISTANCE",
        ruleId: null,
        typicalDays: null,
        text: "Ask through the central authorities; a person at the provider can say more.",
      };
    default:
      return null;
  }
}

function lettersRogatory({ provider }: Circumstances): NextStep {
  const text = `Letters rogatory through the central authorities; the requested state (${provider.name}) decides on them.`;
  return { kind: "MUTUAL_LEGAL_ASSISTANCE", ruleId: null, typicalDays: null, text };
}
