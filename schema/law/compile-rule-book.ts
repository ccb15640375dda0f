import type { Citation } from "./decision.js";
import { isDefault } from "./default-rule.js";
import { memberships } from "./membership.js";
import type { DatePeriod } from "./period.js";
import { compareRules } from "./precedence.js";
import type { Rule } from "./rule.js";
import type { Country, Instrument, Offence, Platform, RuleBook } from "./rule-book.js";
import type { DataCategory } from "./vocabulary.js";

/** A rule with what a question would otherwise have to look up. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly instrument: Instrument;
  readonly citations: readonly Citation[];
  /** When the rule reaches a requesting state, or a provider's country, by its code; absent: never. */
  readonly requesting: ReadonlyMap<string, readonly DatePeriod[]>;
  readonly provider: ReadonlyMap<string, readonly DatePeriod[]>;
}

/** A rule book with its indexes. */
export interface CompiledBook {
  readonly book: RuleBook;
  readonly countries: ReadonlyMap<string, Country>;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly offences: ReadonlyMap<string, Offence>;
  readonly offenceCategories: ReadonlySet<string>;
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly rules: ReadonlyMap<string, CompiledRule>;
  /** The answer where no other rule has one. */
  readonly defaultRule: CompiledRule;
  /** The rules that a requesting state may meet for a category at any time, in order of precedence. */
  rulesFor(requesting: string, category: DataCategory): readonly CompiledRule[];
}

const compiledBooks = new WeakMap<RuleBook, CompiledBook>();

/** The indexes of a rule book, built once for each book. */
export function compileRuleBook(book: RuleBook): CompiledBook {
  const known = compiledBooks.get(book);
  if (known !== undefined) return known;
  const made = compile(book);
  compiledBooks.set(book, made);
  return made;
}

function compile(book: RuleBook): CompiledBook {
  const instruments = new Map(book.instruments.map((instrument) => [instrument.id, instrument]));
  const rules = book.rules
    .map((rule) => compileRule(rule, book, instruments))
    .sort((one, other) => compareRules(one.rule, other.rule));
  const defaultRule = rules.find(({ rule }) => isDefault(rule));
  if (defaultRule === undefined) throw new Error("a parsed rule book has a default rule");
  const index = new Map<string, readonly CompiledRule[]>();
  for (const { alpha2 } of book.countries) {
    const reached = rules.filter((compiled) => compiled.requesting.has(alpha2));
    for (const category of new Set(reached.flatMap(({ rule }) => rule.dataCategories))) {
      index.set(
        `${alpha2} ${category}`,
        reached.filter(({ rule }) => rule.dataCategories.includes(category)),
      );
    }
  }
  return {
    book,
    countries: new Map(book.countries.map((country) => [country.alpha2, country])),
    platforms: new Map(book.platforms.map((platform) => [platform.code, platform])),
    offences: new Map(book.offences.national.map((offence) => [offence.code, offence])),
    offenceCategories: new Set(book.offences.categories.map(({ code }) => code)),
    instruments,
    rules: new Map(rules.map((compiled) => [compiled.rule.id, compiled])),
    defaultRule,
    rulesFor: (requesting, category) => index.get(`${requesting} ${category}`) ?? [],
  };
}

function compileRule(rule: Rule, book: RuleBook, instruments: ReadonlyMap<string, Instrument>): CompiledRule {
  const instrument = instruments.get(rule.instrument);
  if (instrument === undefined)
    throw new Error(`${rule.id} names the instrument ${rule.instrument}, which a parsed rule book would hold`);
  return {
    rule,
    instrument,
    citations: citationsOf(rule.citation, book),
    requesting: reachOf(rule.requesting, book),
    provider: reachOf(rule.provider.countries, book),
  };
}

function reachOf(patterns: readonly string[], book: RuleBook): ReadonlyMap<string, readonly DatePeriod[]> {
  const reach = new Map<string, readonly DatePeriod[]>();
  for (const country of book.countries) {
    const periods = memberships(patterns, country);
    if (periods.length > 0) reach.set(country.alpha2, periods);
  }
  return reach;
}

/** The sources that these ids name, in this order; a parsed book holds every one of them. */
export function citationsOf(ids: readonly string[], book: RuleBook): readonly Citation[] {
  return ids
    .flatMap((id) => book.sources.filter((source) => source.id === id))
    .map(({ id, what, locator, url, confirmed }) => ({
      id,
      title: what,
      locator: locator ?? null,
      url: url ?? null,
      confirmed,
    }));
}
