import { isDefault } from "./default-rule.js";
import type { Rule } from "./rule.js";
import { type Country, countryGroups, type RuleBookDocument } from "./rule-book.js";
import { RuleBookError } from "./rule-book-error.js";
import type { RuleEffect } from "./vocabulary.js";

const neverPermits: readonly RuleEffect[] = ["PERMIT_COMPULSORY_NATIONAL", "FORMALITY", "PROVIDER_MUST_REPORT"];

/**
 * What can only be checked over the whole book: ids once, references to something that is there, periods that are not empty, facts that no
 * question carries only where nothing depends on them. Throws RuleBookError.
 */
export function checkReferences(book: RuleBookDocument): void {
  const countries = once(book.countries, "$.countries", "alpha2");
  const sources = once(book.sources, "$.sources", "id");
  const categories = once(book.offences.categories, "$.offences.categories", "code");
  const instruments = once(book.instruments, "$.instruments", "id");
  once(book.rules, "$.rules", "id");
  once(book.offences.national, "$.offences.national", "code");
  once(book.platforms, "$.platforms", "code");
  once(book.countries, "$.countries", "alpha3");

  const country = (code: string, path: string) => known(countries, code, path, "a country of this book");
  const pattern = (text: string, path: string) => {
    if (text.startsWith("group:"))
      known(new Set(countryGroups), text.slice(6), path, `one of the groups ${countryGroups.join(", ")}`);
    else if (text !== "*" && !text.startsWith("platform:")) country(text.replace("*-", ""), path);
  };
  const cited = (ids: readonly string[], path: string) =>
    each(ids, path, (id, at) => known(sources, id, at, "the id of a source"));

  each(book.countries, "$.countries", (entry, path) => {
    checkMemberships(entry, path);
    if (entry.budapest.source !== undefined)
      known(sources, entry.budapest.source, `${path}.budapest.source`, "the id of a source");
    if (entry.cloudAct.instrument !== undefined)
      known(instruments, entry.cloudAct.instrument, `${path}.cloudAct.instrument`, "the id of an instrument");
  });
  each(book.offences.national, "$.offences.national", (entry, path) => {
    if (entry.country !== "*") country(entry.country, `${path}.country`);
    known(categories, entry.category, `${path}.category`, "the code of an offence category");
    cited(
      entry.citation.filter((id) => id.startsWith("S-")),
      `${path}.citation`,
    );
  });
  each(book.platforms, "$.platforms", (platform, path) => {
    once(platform.establishments, `${path}.establishments`, "id");
    each(platform.establishments, `${path}.establishments`, (entry, at) => {
      country(entry.country, `${at}.country`);
      each(entry.servesResidentsOf, `${at}.servesResidentsOf`, pattern);
    });
    each(platform.judiciaryPolicy?.overrides ?? [], `${path}.judiciaryPolicy.overrides`, (entry, at) => {
      country(entry.country, `${at}.country`);
      checkPeriod(entry.from, entry.until, `${at}.until`);
      if (entry.officers.length < 2)
        throw new RuleBookError(`${at}.officers`, "one name", "two officers who sign an override");
    });
  });
  each(book.instruments, "$.instruments", (entry, path) => {
    each(entry.parties, `${path}.parties`, pattern);
    cited(entry.citation, `${path}.citation`);
    checkPeriod(entry.inForceFrom, entry.inForceTo, `${path}.inForceTo`);
  });
  const bands = once(book.judiciaryModel.proposedPolicy.bands, "$.judiciaryModel.proposedPolicy.bands", "state");
  if (!bands.has("ESTABLISHED")) {
    throw new RuleBookError(
      "$.judiciaryModel.proposedPolicy.bands",
      "no band ESTABLISHED",
      "one: the line of every provider that has set none",
    );
  }
  if (!book.rules.some(isDefault)) {
    throw new RuleBookError(
      "$.rules",
      "no default",
      "a rule of effect DENY that reaches every request: the answer where nothing else does",
    );
  }
  each(book.rules, "$.rules", (rule, path) => {
    known(instruments, rule.instrument, `${path}.instrument`, "the id of an instrument");
    each(rule.requesting, `${path}.requesting`, pattern);
    each(rule.provider.countries, `${path}.provider.countries`, pattern);
    cited(rule.citation, `${path}.citation`);
    checkPeriod(rule.validFrom, rule.validTo, `${path}.validTo`);
    if ("categories" in rule.offence) {
      each(rule.offence.categories, `${path}.offence.categories`, (code, at) =>
        known(categories, code, at, "the code of an offence category"),
      );
    }
    const excluded = rule.subjectRestrictions ?? {};
    for (const [name, codes] of Object.entries(excluded))
      each(codes as readonly string[], `${path}.subjectRestrictions.${name}`, country);
    checkAnswerable(rule, path);
    checkHold(rule, path);
    if (rule.effect === "PERMIT_PRESERVATION" && rule.preservation === null)
      throw new RuleBookError(`${path}.preservation`, "null", "for how many days a preservation order preserves");
  });
}

/** A rule that may decide must not rest on a fact that no question carries. */
function checkAnswerable(rule: Rule, path: string): void {
  const decides = rule.standalone !== false && !neverPermits.includes(rule.effect);
  if (decides && rule.provider.offersServiceInRequestingState !== undefined) {
    throw new RuleBookError(
      `${path}.provider.offersServiceInRequestingState`,
      `it in a rule of effect ${rule.effect}`,
      "this condition only in a rule that never permits by itself: no question carries the fact",
    );
  }
}

/** A hold without hours would never end. */
function checkHold({ notification, deadlines }: Rule, path: string): void {
  const needed = {
    enforcingAuthorityReviewHours: notification?.suspensive,
    enforcingAuthorityEmergencyReviewHours: notification?.suspensive && notification.emergencySuspensive,
  };
  for (const [name, suspensive] of Object.entries(needed)) {
    if (suspensive && deadlines?.[name as keyof typeof needed] === undefined) {
      throw new RuleBookError(`${path}.deadlines.${name}`, "nothing", "the hours of a notification that suspends");
    }
  }
}

function checkMemberships(
  { euMember, euMemberUntil, boundByEEvidence, budapest, cets224 }: Country,
  path: string,
): void {
  if (euMember && euMemberUntil !== undefined)
    throw new RuleBookError(`${path}.euMemberUntil`, euMemberUntil, "no end of a membership that goes on");
  if (boundByEEvidence.bound && boundByEEvidence.from === null)
    throw new RuleBookError(`${path}.boundByEEvidence.from`, "null", "the day from which it is bound");
  if (budapest.party && budapest.inForceFrom === null)
    throw new RuleBookError(`${path}.budapest.inForceFrom`, "null", "the day of entry into force");
  if (cets224.status === "RATIFIED" && cets224.ratifiedOn === null)
    throw new RuleBookError(`${path}.cets224.ratifiedOn`, "null", "the day of ratification");
}

function checkPeriod(from: string | null, to: string | null, path: string): void {
  if (from !== null && to !== null && to <= from) throw new RuleBookError(path, to, `a day after ${from}`);
}

function each<T>(items: readonly T[], path: string, check: (item: T, path: string) => void): void {
  items.forEach((item, index) => {
    check(item, `${path}[${index}]`);
  });
}

function once<T, K extends keyof T & string>(items: readonly T[], path: string, key: K): ReadonlySet<string> {
  const seen = new Set<string>();
  each(items, path, (item, at) => {
    const id = String(item[key]);
    if (seen.has(id)) throw new RuleBookError(`${at}.${key}`, JSON.stringify(id), "an id that no other entry has");
    seen.add(id);
  });
  return seen;
}

function known(set: ReadonlySet<string>, id: string, path: string, expected: string): void {
  if (!set.has(id)) throw new RuleBookError(path, JSON.stringify(id), expected);
}
