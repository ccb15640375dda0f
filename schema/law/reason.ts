import type { CompiledRule } from "./compile-rule-book.js";
import type { Circumstances, OpenCondition } from "./conditions/circumstances.js";
import { personConditionWords } from "./conditions/person.js";
import type { Findings, UnmetRule } from "./findings.js";
import { deadlineHoursOf, holdHoursOf } from "./obligations.js";

/** Why the answer is what it is, in one or two sentences that a judge can act on. Names the rule and its source; spells out no fact about a person. */
export function permittedReason(compiled: CompiledRule, { question }: Circumstances): string {
  const hours = deadlineHoursOf(compiled, question);
  const within = hours === null ? "" : `, within ${hours} hours`;
  const hold = holdHoursOf(compiled, question);
  const held =
    hold === null
      ? ""
      : ` The enforcing authority is notified, and nothing is disclosed for ${hold} hours after issue unless it clears the order.`;
  switch (compiled.rule.effect) {
    case "PERMIT_COMPULSORY":
      return `Permitted by ${cited(compiled)}: the provider must answer${within}.${held}`;
    case "PERMIT_EMERGENCY":
      return `Permitted in an emergency by ${cited(compiled)}: a named person at the provider decides${within}.${held}`;
    case "PERMIT_VOLUNTARY":
      return `Permitted by ${cited(compiled)}: the provider may answer but need not, and a named person there decides each request.${held}`;
    default:
      return `Permitted by ${cited(compiled)}: the data are preserved for ${compiled.rule.preservation?.days ?? 0} days; disclosure needs an order of its own.`;
  }
}

/** The nearest obstacle first, then what remains. */
export function deniedReason(findings: Findings, circumstances: Circumstances): string {
  const { precondition, unmet } = findings;
  const nearest = precondition ?? unmet[0];
  const obstacle =
    nearest === undefined ? noRule(circumstances) : obstacleSentence(nearest, nearest === precondition, circumstances);
  const remains = whatRemains(findings, circumstances);
  return remains === "" ? obstacle : `${obstacle} ${remains}`;
}

/** The rule, its instrument, its first source as far as its title goes, and how sure it is (evaluation point 18). */
function cited({ rule, instrument, citations }: CompiledRule): string {
  const source = citations[0] === undefined ? "" : `; ${citations[0].title.split(";")[0]}`;
  return `${rule.id} (${instrument.name}${source}${reservation(rule)})`;
}

/** The rule, its instrument, and how sure it is. */
function named({ rule, instrument }: CompiledRule): string {
  return `${rule.id} (${instrument.name}${reservation(rule)})`;
}

/** Evaluation point 18, for every reason that rests on such a rule. */
const pressReport = "reported, not published, not confirmed after 2019";

function reservation({ basis, confirmed, unconfirmed }: CompiledRule["rule"]): string {
  if (basis === "PRESS_REPORT") return `; ${pressReport}`;
  if (!confirmed) return "; this rule is not confirmed";
  return unconfirmed === undefined || unconfirmed.length === 0
    ? ""
    : `; not confirmed in it: ${unconfirmed.join(", ")}`;
}

function obstacleSentence(
  { compiled, open }: UnmetRule,
  isPrecondition: boolean,
  { question, requesting }: Circumstances,
): string {
  const conditions = open.map(conditionWords).join("; and ");
  if (isPrecondition)
    return `Before ${requesting.name} may ask for ${question.category} data, ${cited(compiled)} must be met: ${conditions}.`;
  return `${cited(compiled)} would permit this, but ${conditions}.`;
}

function conditionWords({ code, expected, actual }: OpenCondition): string {
  switch (code) {
    case "PERSON_CONDITION":
      return personConditionWords;
    case "REVIEW_BY_PERSON":
      return `the policy on voluntary requests leaves the request to a person at the provider (${expected}; here: ${actual})`;
    case "NOT_IN_FORCE":
      return `it is not in force on ${actual} (it asks for ${expected})`;
    default:
      return `it asks for ${expected}; here: ${actual}`;
  }
}

function noRule({ question, requesting, provider }: Circumstances): string {
  if (requesting === provider)
    return `This is a domestic order; national procedure, not in this rule book (${requesting.name}).`;
  const what = question.preservation === true ? "have preserved" : "obtain";
  return `No rule of this book lets an authority ${what} ${question.category} data by its own order between these states (requesting: ${requesting.name}; provider: ${provider.name}).`;
}

function whatRemains(
  { precondition, unmet, channels }: Findings,
  { question, requesting, provider }: Circumstances,
): string {
  const isAboutPerson =
    precondition === null && unmet[0]?.open.some(({ code }) => code === "PERSON_CONDITION") === true;
  const assistance = channels.find(({ rule }) => rule.effect === "MLA_ONLY");
  if (isAboutPerson) {
    const source = assistance?.rule.basis === "PRESS_REPORT" ? ` (${pressReport})` : "";
    return `Mutual legal assistance through the central authorities may remain open${source}.`;
  }
  if (assistance !== undefined) return `Mutual legal assistance is open: ${named(assistance)}.`;
  const preservation = channels.find(({ rule }) => rule.effect === "PERMIT_PRESERVATION");
  const meanwhile =
    preservation === undefined || question.preservation === true
      ? []
      : [`The data can be preserved meanwhile under ${named(preservation)}.`];
  if (precondition !== null || unmet.length > 0 || requesting === provider) return meanwhile[0] ?? "";
  const requested = `letters rogatory through the central authorities, on which the requested state (${provider.name}) decides`;
  return [...meanwhile, `What remains are ${requested}.`].join(" ");
}
