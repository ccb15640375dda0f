import type { CompiledRule } from "./compile-rule-book.js";
import type { Circumstances, OpenCondition } from "./conditions/circumstances.js";
import { isAbout, openConditions, openPrecondition } from "./conditions/open-conditions.js";
import type { RuleEffect } from "./vocabulary.js";

/** A rule that would permit, and what is open in it. */
export interface UnmetRule {
  readonly compiled: CompiledRule;
  readonly open: readonly OpenCondition[];
}

/** What the rules say to one question, before it is put into words. */
export interface Findings {
  /** The first national precondition that is not met; it decides. */
  readonly precondition: UnmetRule | null;
  /** The matching rule that goes first; null: not even a default matches. */
  readonly decisive: CompiledRule | null;
  /** Rules that would permit, fewest open conditions first, then in order of precedence. */
  readonly unmet: readonly UnmetRule[];
  /** Matching ways to mutual legal assistance, then to preservation. */
  readonly channels: readonly CompiledRule[];
}

const disclosing: readonly RuleEffect[] = ["PERMIT_COMPULSORY", "PERMIT_VOLUNTARY", "PERMIT_EMERGENCY"];

/** True for the effects that open the door. */
export function isDisclosing(effect: RuleEffect): boolean {
  return disclosing.includes(effect);
}

/** Puts a question to every rule that is about it. Evaluation points 1 to 10 and 15. */
export function findRules(circumstances: Circumstances): Findings {
  const { question, law } = circumstances;
  const goals = goalsOf(circumstances);
  const fallbacks: readonly RuleEffect[] = question.preservation === true ? ["DENY"] : ["MLA_ONLY", "DENY"];
  let precondition: UnmetRule | null = null;
  let decisive: CompiledRule | null = null;
  const unmet: UnmetRule[] = [];
  const assistance: CompiledRule[] = [];
  const preservation: CompiledRule[] = [];

  for (const compiled of law.rulesFor(question.requesting, question.category)) {
    const { effect, standalone } = compiled.rule;
    if (standalone === false || !isAbout(compiled, question)) continue;
    if (effect === "NATIONAL_PRECONDITION") {
      const open = question.preservation === true ? null : openPrecondition(compiled, circumstances);
      if (precondition === null && open !== null && open.length > 0) precondition = { compiled, open };
      continue;
    }
    const isGoal = goals.includes(effect);
    const open = openConditions(compiled, circumstances);
    if (open.length > 0) {
      if (isGoal) unmet.push({ compiled, open });
      continue;
    }
    if (decisive === null && (isGoal || fallbacks.includes(effect))) decisive = compiled;
    if (effect === "MLA_ONLY") assistance.push(compiled);
    if (effect === "PERMIT_PRESERVATION") preservation.push(compiled);
  }
  // Array.prototype.sort is stable: rules with as many open conditions stay in order of precedence.
  unmet.sort((one, other) => one.open.length - other.open.length);
  return { precondition, decisive, unmet, channels: [...assistance, ...preservation] };
}

/** What the question is after. An emergency rule is open to emergency requests alone (point 6): to any other it is no way at all. */
function goalsOf({ question }: Circumstances): readonly RuleEffect[] {
  if (question.preservation === true) return ["PERMIT_PRESERVATION"];
  return question.emergency === true ? disclosing : disclosing.filter((effect) => effect !== "PERMIT_EMERGENCY");
}
