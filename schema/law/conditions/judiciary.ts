import { describeLine, judiciarySignal } from "../judiciary-signal.js";
import type { Rule } from "../rule.js";
import type { Circumstances, OpenCondition } from "./circumstances.js";

/** Evaluation point 9: only voluntary answers are tested; elsewhere the independence lies in the kind of authority. */
export function judiciaryCondition(
  rule: Rule,
  { requesting, platform, date, law }: Circumstances,
): OpenCondition | null {
  if (rule.effect !== "PERMIT_VOLUNTARY" || !rule.independentJudiciary.required) return null;
  const signal = judiciarySignal(requesting, platform, date, law.book);
  if (signal.passes) return null;
  return {
    code: "REVIEW_BY_PERSON",
    fact: "policy on voluntary requests",
    expected: describeLine(signal.line),
    actual: signal.value === null ? "no figure" : String(signal.value),
  };
}
