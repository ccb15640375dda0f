import type { Question } from "../../../schema/law/question.js";
import type { AuthorityTest, Rule } from "../../../schema/law/rule.js";
import type { Country, RuleBook } from "../../../schema/law/rule-book.js";
import { authorityKinds, dataCategories, protectedRoles } from "../../../schema/law/vocabulary.js";
import type { Random } from "../../fuzz/random.js";
import { midnight, shiftDay } from "./midnight.js";

/** A question, and which boundary it stands on ("R-EE-IDENT begins, the day before"); null: none in particular. */
export interface Asked {
  readonly question: Question;
  readonly boundary: string | null;
}

/**
 * Questions around the rules of a book: two in three aim at one rule, at or beside one of its boundaries (a date, a threshold, a fact not known), and then change up to
 * three members at random; the others are random throughout. Endless; the same for the same seed. Every question can be read.
 */
export function askAround(book: RuleBook, random: Random): () => Asked {
  const countries = book.countries.map(({ alpha2 }) => alpha2);
  const byCode = new Map(book.countries.map((country) => [country.alpha2, country]));
  const offences = book.offences.categories.map(({ code }) => code);
  const platforms = [...book.platforms.map(({ code }) => code), "YOUTUBE", "ELSEWHERE"];
  const days = daysOf(book);
  const reach = new Map(book.rules.map((rule) => [rule.id, reachOf(rule, book)]));
  const maybe = <T>(value: () => T): T | null => (random.chance(0.3) ? null : value());

  const years = () => random.pick([0, 0.5, 1, 2.9999, 3, 3.0001, 5, 15, 99]);
  const members: Readonly<Partial<Record<keyof Question, (asked: Question) => unknown>>> = {
    at: ({ requesting }) => instantAround(random.pick(days), byCode.get(requesting)),
    requesting: () => random.pick(countries),
    providerCountry: ({ requesting }) => (random.chance(0.2) ? requesting : random.pick(countries)),
    authority: () => random.pick(authorityKinds),
    validatedBy: () => maybe(() => random.pick(authorityKinds)),
    platform: () => random.pick(platforms),
    category: () => random.pick(dataCategories),
    offenceCategory: () => random.pick(offences),
    maxCustodialYears: () => maybe(years),
    committedOnline: () => random.chance(0.5),
    offenceCountry: ({ requesting }) => maybe(() => (random.chance(0.5) ? requesting : random.pick(countries))),
    solePurposeIdentification: () => random.chance(0.5),
    emergency: () => random.chance(0.3),
    preservation: () => random.chance(0.15),
    subject: (asked) => subjectFor(asked),
    factsBasis: () => random.pick(["DECLARED", "KNOWN"] as const),
  };
  const names = Object.keys(members) as (keyof typeof members)[];

  function subjectFor({ requesting, providerCountry }: Question): Question["subject"] {
    const country = () => random.pick([requesting, providerCountry, "US", "GB", "AU", random.pick(countries)]);
    return {
      nationality: maybe(country),
      residence: maybe(country),
      locatedIn: maybe(country),
      protectedRole: random.chance(0.1) ? random.pick(protectedRoles) : null,
    };
  }

  function instantAround(day: string, country: Country | undefined): string {
    const start = midnight(shiftDay(day, random.pick([-1, 0, 0, 1])), country?.timeZone ?? "UTC");
    const seconds = random.pick([-1, 0, 1, 43_200, random.below(86_400)]);
    return new Date(start + seconds * 1000).toISOString();
  }

  function anything(): Question {
    const asked = { requesting: random.pick(countries), providerCountry: random.pick(countries) } as Question;
    for (const name of names) Object.assign(asked, { [name]: members[name]?.(asked) });
    return asked;
  }

  function aimedAt(rule: Rule): Asked {
    const { requesting, provider } = reach.get(rule.id) ?? { requesting: [], provider: [] };
    if (requesting.length === 0 || provider.length === 0) return { question: anything(), boundary: null };
    const asker = random.pick(requesting);
    const abroad = provider.filter((code) => rule.provider.crossBorderOnly !== true || code !== asker);
    const addressed = random.pick(abroad.length === 0 ? provider : abroad);
    const fitting = platforms.filter((platform) => namesPlatform(rule.provider.platforms, platform));
    const base: Question = {
      ...anything(),
      requesting: asker,
      providerCountry: addressed,
      platform: random.pick(fitting.length === 0 ? platforms : fitting),
      category: random.pick(rule.dataCategories),
      preservation: rule.effect === "PERMIT_PRESERVATION",
      emergency: rule.effect === "PERMIT_EMERGENCY" || random.chance(0.2),
      subject: {},
      factsBasis: random.chance(0.5) ? "DECLARED" : "KNOWN",
      ...authorityFor(rule.issuingAuthorities),
      ...offenceFor(rule),
    };
    const after = [rule.validFrom, ...[asker, addressed].flatMap((code) => memberDays(byCode.get(code)))];
    const latest =
      after
        .filter((day) => day !== null)
        .sort()
        .at(-1) ?? "2026-11-23";
    const dated = { ...base, at: instantAround(random.chance(0.5) ? latest : "2026-11-23", byCode.get(asker)) };
    return random.pick(boundariesOf(rule))(dated);
  }

  function authorityFor(entries: readonly AuthorityTest[]): Pick<Question, "authority" | "validatedBy"> {
    if (entries.length === 0) return { authority: random.pick(authorityKinds), validatedBy: null };
    const { kinds, validatedBy } = random.pick(entries);
    return {
      authority: random.pick(kinds),
      validatedBy: validatedBy === undefined ? null : maybe(() => random.pick(validatedBy)),
    };
  }

  function offenceFor({ offence }: Rule): Partial<Question> {
    switch (offence.mode) {
      case "ALL":
        return {};
      case "LISTED":
        return { offenceCategory: random.pick(offence.categories) };
      case "THRESHOLD":
        return { maxCustodialYears: offence.minMaxCustodialYears };
      case "THRESHOLD_OR_LISTED":
        return random.chance(0.5)
          ? { maxCustodialYears: offence.minMaxCustodialYears }
          : { offenceCategory: random.pick(offence.categories) };
      case "ANY_OF": {
        const { minMaxCustodialYears, committedOnline, solePurposeIdentification } = random.pick(offence.options);
        return {
          ...(minMaxCustodialYears === undefined ? {} : { maxCustodialYears: minMaxCustodialYears }),
          ...(committedOnline === undefined ? {} : { committedOnline }),
          ...(solePurposeIdentification === undefined ? {} : { solePurposeIdentification }),
        };
      }
    }
  }

  /** The ways to stand on a boundary of a rule, or well inside it. */
  function boundariesOf(rule: Rule): readonly ((asked: Question) => Asked)[] {
    const on = (boundary: string, change: (asked: Question) => Partial<Question>) => (asked: Question) => ({
      question: { ...asked, ...change(asked) },
      boundary: `${rule.id} ${boundary}`,
    });
    const ways = [(asked: Question): Asked => ({ question: asked, boundary: null })];
    for (const [what, day] of ruleDays(rule)) {
      for (const [where, shift] of beside) {
        ways.push(
          on(`${what}, ${where}`, ({ requesting }) => ({
            at: new Date(
              midnight(shiftDay(day, shift), byCode.get(requesting)?.timeZone ?? "UTC") + random.below(86_399_000),
            ).toISOString(),
          })),
        );
      }
    }
    for (const least of thresholdsOf(rule)) {
      for (const [where, shift] of [
        ["below", -0.0001],
        ["at", 0],
        ["over", 0.0001],
      ] as const)
        ways.push(on(`${least} years, ${where}`, () => ({ maxCustodialYears: Math.max(0, least + shift) })));
      ways.push(on(`${least} years, not known`, () => ({ maxCustodialYears: null })));
    }
    for (const [fact, codes] of personTests(rule)) {
      ways.push(on(`${fact} excluded`, () => ({ subject: { [fact]: random.pick(codes) } })));
      for (const factsBasis of ["DECLARED", "KNOWN"] as const)
        ways.push(on(`${fact} not known, ${factsBasis}`, () => ({ subject: reachedBy(rule, fact), factsBasis })));
    }
    return ways;
  }

  /** A person whom the rule reaches, of whom one fact is not known. */
  function reachedBy(rule: Rule, unknown: string): Question["subject"] {
    const excluded = personTests(rule).flatMap(([, codes]) => codes);
    const free = random.pick(countries.filter((code) => !excluded.includes(code)));
    return { nationality: free, residence: free, locatedIn: free, [unknown]: null };
  }

  return () => {
    if (random.chance(1 / 3)) return { question: anything(), boundary: null };
    const { question, boundary } = aimedAt(random.pick(book.rules));
    const changes = random.pick([0, 0, 1, 2, 3]);
    if (changes === 0) return { question, boundary };
    let asked = question;
    for (let change = 0; change < changes; change++) {
      const name = random.pick(names);
      asked = { ...asked, [name]: members[name]?.(asked) };
    }
    return { question: asked, boundary: null };
  };
}

/** Every boundary of the rules of a book that can be asked about, as `Asked.boundary` names them. */
export function boundariesOf(book: RuleBook): readonly string[] {
  return book.rules.flatMap((rule) => [
    ...ruleDays(rule).flatMap(([what]) => beside.map(([where]) => `${rule.id} ${what}, ${where}`)),
    ...thresholdsOf(rule).flatMap((least) =>
      ["below", "at", "over", "not known"].map((where) => `${rule.id} ${least} years, ${where}`),
    ),
    ...personTests(rule).flatMap(([fact]) =>
      ["excluded", "not known, DECLARED", "not known, KNOWN"].map((what) => `${rule.id} ${fact} ${what}`),
    ),
  ]);
}

const beside = [
  ["the day before", -1],
  ["that day", 0],
  ["the day after", 1],
] as const;

function ruleDays({ validFrom, validTo, exceptions }: Rule): readonly (readonly [string, string])[] {
  return [
    ...(validFrom === null ? [] : [["begins", validFrom] as const]),
    ...(validTo === null ? [] : [["ends", validTo] as const]),
    ...(exceptions ?? []).map(({ from }) => [`excepts on ${from}`, from] as const),
  ];
}

function thresholdsOf({ offence }: Rule): readonly number[] {
  if (offence.mode === "ANY_OF")
    return [...new Set(offence.options.flatMap(({ minMaxCustodialYears }) => minMaxCustodialYears ?? []))];
  return "minMaxCustodialYears" in offence ? [offence.minMaxCustodialYears] : [];
}

function personTests({ subjectRestrictions }: Rule): readonly (readonly [string, readonly string[]])[] {
  const { excludeNationality, excludePermanentResidentsOf, excludeLocatedIn } = subjectRestrictions ?? {};
  const tests = [
    ["nationality", excludeNationality],
    ["residence", excludePermanentResidentsOf],
    ["locatedIn", excludeLocatedIn],
  ] as const;
  return tests.flatMap(([fact, codes]) => (codes === undefined ? [] : [[fact, codes] as const]));
}

/** Every date of the book at which an answer can change. */
function daysOf({ rules, countries, platforms }: RuleBook): readonly string[] {
  const policies = platforms.flatMap(({ judiciaryPolicy }) =>
    judiciaryPolicy === null
      ? []
      : [judiciaryPolicy.since, ...(judiciaryPolicy.overrides ?? []).flatMap(({ from, until }) => [from, until])],
  );
  const days = [
    ...rules.flatMap((rule) => ruleDays(rule).map(([, day]) => day)),
    ...countries.flatMap(memberDays),
    ...policies,
    "2026-11-23",
  ];
  return [...new Set(days.filter((day) => day !== null))].sort();
}

function memberDays(country: Country | undefined): readonly (string | null)[] {
  if (country === undefined) return [];
  const { euMemberUntil, boundByEEvidence, budapest, cets224 } = country;
  return [euMemberUntil ?? null, boundByEEvidence.from, budapest.inForceFrom, cets224.ratifiedOn];
}

/** The states that a rule names, at whatever time. */
function reachOf(rule: Rule, book: RuleBook): { readonly requesting: string[]; readonly provider: string[] } {
  const named = (patterns: readonly string[]) =>
    book.countries
      .filter((country) => patterns.some((pattern) => namesCountry(pattern, country)))
      .map(({ alpha2 }) => alpha2);
  return { requesting: named(rule.requesting), provider: named(rule.provider.countries) };
}

function namesCountry(pattern: string, country: Country): boolean {
  switch (pattern) {
    case "*":
      return true;
    case "group:EU27":
      return country.euMember || country.euMemberUntil !== undefined;
    case "group:EU_EEVIDENCE":
      return country.boundByEEvidence.bound;
    case "group:BUDAPEST":
      return country.budapest.party;
    case "group:CETS224_RATIFIED":
      return country.cets224.status === "RATIFIED";
    default:
      return pattern.startsWith("*-") ? pattern.slice(2) !== country.alpha2 : pattern === country.alpha2;
  }
}

function namesPlatform(patterns: readonly string[], platform: string): boolean {
  return patterns.some(
    (pattern) => pattern === "*" || pattern === platform || (pattern.startsWith("*-") && pattern.slice(2) !== platform),
  );
}
