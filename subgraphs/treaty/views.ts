import { type CompiledRule, compileRuleBook } from "../../schema/law/compile-rule-book.js";
import type { Decision as LawDecision } from "../../schema/law/decision.js";
import { membershipIn } from "../../schema/law/membership.js";
import { isWithin } from "../../schema/law/period.js";
import type {
  RuleBook as LawBook,
  Country as LawCountry,
  Instrument as LawInstrument,
  Offence as LawOffence,
} from "../../schema/law/rule-book.js";
import { signalOf } from "./judiciary.js";
import type { Country } from "./types/country.js";
import type { Decision } from "./types/decision.js";
import { Instrument } from "./types/instrument.js";
import type { Offence } from "./types/offence.js";
import { Rule } from "./types/rule.js";

/** How the values of the law room look in the graph: ids become the rules and instruments of the same rule book. */

const ruleViews = new WeakMap<CompiledRule, Rule>();

export function viewRule(compiled: CompiledRule, book: LawBook): Rule {
  const known = ruleViews.get(compiled) ?? new Rule(compiled, book);
  ruleViews.set(compiled, known);
  return known;
}

/** Every rule of a book, in order of precedence. */
export function viewRules(book: LawBook): readonly Rule[] {
  return [...compileRuleBook(book).rules.values()].map((compiled) => viewRule(compiled, book));
}

export function viewInstrument(instrument: LawInstrument, book: LawBook): Instrument {
  return new Instrument(instrument, book);
}

export function viewOffence({ code, label, country, category, maxCustodialYears, confirmed }: LawOffence): Offence {
  return { code, label, country, category, maxCustodialYears, confirmed };
}

/** `today`: calendar date; parties come and go. */
export function viewCountry(country: LawCountry, today: string, book: LawBook): Country {
  const isParty = (pattern: string) => {
    const membership = membershipIn(pattern, country);
    return membership !== null && isWithin(today, membership);
  };
  return {
    code: country.alpha2,
    name: country.name,
    instruments: book.instruments
      .filter(({ parties }) => parties.some(isParty))
      .map((instrument) => viewInstrument(instrument, book)),
    judiciary: signalOf(country, today, book),
  };
}

export function viewDecision(decision: LawDecision, book: LawBook): Decision {
  const { rules } = compileRuleBook(book);
  const ruleOf = (id: string): Rule => {
    const compiled = rules.get(id);
    if (compiled === undefined) throw new Error(`the decision names ${id}, which is not in its rule book`);
    return viewRule(compiled, book);
  };
  const ruleOrNull = (id: string | null) => (id === null ? null : ruleOf(id));
  return {
    category: decision.category,
    effect: decision.effect,
    code: decision.code,
    permitted: decision.permitted,
    rule: ruleOrNull(decision.ruleId),
    reason: decision.reason,
    unmet: decision.unmet.map(({ ruleId, fact, expected, actual }) => ({
      rule: ruleOf(ruleId),
      fact,
      expected,
      actual,
    })),
    channels: decision.channels.map(ruleOf),
    nextSteps: decision.nextSteps.map(({ kind, ruleId, typicalDays, text }) => ({
      kind,
      rule: ruleOrNull(ruleId),
      typicalDays: whole(typicalDays),
      text,
    })),
    obligations: decision.obligations.map(({ dueHours, ...duty }) => ({ ...duty, dueHours: whole(dueHours) })),
    citations: decision.citations,
    providerCountry: decision.providerCountry,
    deadlineHours: whole(decision.deadlineHours),
    ruleBook: viewBook(book),
  };
}

export function viewBook({ version, hash, asOf, knownGaps, disclaimer }: LawBook): Decision["ruleBook"] {
  return { version, hash, asOf, knownGaps: [...knownGaps], disclaimer };
}

/** Hours of a rule may be fractions; the graph counts whole ones, never more than the rule gives. */
function whole(count: number | null): number | null {
  return count === null ? null : Math.floor(count);
}
