import { checkReferences } from "./check-references.js";
import { hashRuleBook } from "./hash-rule-book.js";
import {
  calendarDay,
  flag,
  form,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Read,
  set,
  text,
  whole,
} from "./read-json.js";
import { alpha2, countryPattern, identifier, platformCode, rule } from "./read-rule.js";
import {
  type Country,
  type Establishment,
  type Instrument,
  instrumentKinds,
  type JudiciaryFigures,
  type JudiciaryIndicator,
  type JudiciaryModel,
  type JudiciaryOverride,
  type JudiciaryPolicy,
  judiciaryMetric,
  judiciaryStates,
  type Offence,
  type OffenceCategory,
  type Platform,
  type RuleBook,
  type RuleBookDocument,
  type Source,
} from "./rule-book.js";
import { RuleBookError } from "./rule-book-error.js";
import { dataCategories } from "./vocabulary.js";

const share = number(0, 1);
const version = form(/^\d+\.\d+\.\d+$/, "a version such as 0.1.0");

const figures = object<JudiciaryFigures>({ overall: share, sf1_2: share, sf7_4: share, sf8_6: share });

const timeZone: Read<string> = (value, path) => {
  const name = text(value, path);
  if (!isTimeZone(name)) throw new RuleBookError(path, JSON.stringify(name), "an IANA time zone such as Europe/Paris");
  return name;
};

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const country = object<Country>({
  alpha2,
  alpha3: form(/^[A-Z]{3}$/, "an ISO 3166-1 alpha-3 code such as FRA"),
  name: text,
  timeZone,
  euMember: flag,
  euMemberUntil: optional(calendarDay),
  boundByEEvidence: object<Country["boundByEEvidence"]>({ bound: flag, from: nullable(calendarDay), confirmed: flag }),
  budapest: object<Country["budapest"]>({
    party: flag,
    signedOn: optional(calendarDay),
    inForceFrom: nullable(calendarDay),
    confirmed: flag,
    source: optional(text),
    note: optional(text),
  }),
  cets224: object<Country["cets224"]>({
    status: oneOf(["NONE", "SIGNED", "RATIFIED"]),
    signedOn: nullable(calendarDay),
    ratifiedOn: nullable(calendarDay),
    confirmed: flag,
    asOf: form(/^\d{4}-\d{2}$/, "a month such as 2026-02"),
  }),
  cloudAct: object<Country["cloudAct"]>({
    status: oneOf(["NONE", "NEGOTIATING", "NEGOTIATING_VIA_EU", "IN_FORCE", "HOST"]),
    instrument: optional(identifier),
    inForceFrom: optional(calendarDay),
    since: optional(form(/^\d{4}-\d{2}(-\d{2})?$/, "a month or a day such as 2022-03")),
    confirmed: flag,
    note: optional(text),
  }),
  judiciary: object<Country["judiciary"]>({
    wjp2020: nullable(figures),
    confirmed: flag,
    article7Teu: optional(
      object<NonNullable<Country["judiciary"]["article7Teu"]>>({
        openedOn: calendarDay,
        closedOn: nullable(calendarDay),
        confirmed: flag,
        note: optional(text),
      }),
    ),
  }),
});

const offenceCategory = object<OffenceCategory>({
  code: identifier,
  label: text,
  eEvidenceAnnexIV: nullable(whole(1, 32)),
});

const offence = object<Offence>({
  country: form(/^(?:[A-Z]{2}|\*)$/, "an ISO 3166-1 alpha-2 code, or * for all"),
  code: identifier,
  label: text,
  category: identifier,
  maxCustodialYears: number(0, 100),
  citation: list(text),
  confirmed: flag,
});

const establishment = object<Establishment>({
  id: text,
  country: alpha2,
  name: text,
  servesResidentsOf: set(countryPattern),
  languages: list(form(/^[a-z]{2}$/, "an ISO 639-1 code such as en")),
  confirmed: flag,
});

const judiciaryPolicy = object<JudiciaryPolicy>({
  metric: oneOf([judiciaryMetric]),
  line: share,
  since: calendarDay,
  overrides: optional(
    list(
      object<JudiciaryOverride>({
        country: alpha2,
        from: calendarDay,
        until: nullable(calendarDay),
        officers: set(text),
        reason: text,
      }),
    ),
  ),
});

const platform = object<Platform>({
  code: platformCode,
  name: text,
  establishments: list(establishment),
  holds: list(
    object<Platform["holds"][number]>({
      category: oneOf(dataCategories),
      fields: list(text),
      retentionDays: nullable(whole(1, 36_525)),
    }),
  ),
  acceptance: oneOf(["MANUAL"]),
  judiciaryPolicy: nullable(judiciaryPolicy),
  note: optional(text),
});

const instrument = object<Instrument>({
  id: identifier,
  name: text,
  kind: oneOf(instrumentKinds),
  parties: set(
    form(
      /^(?:[A-Z]{2}|group:[A-Z0-9_]+|\*|\*-[A-Z]{2}|platform:[A-Z0-9_]+)$/,
      "FR, group:NAME, platform:CODE, * or *-FR",
    ),
  ),
  inForceFrom: nullable(calendarDay),
  inForceTo: nullable(calendarDay),
  citation: list(text),
  confirmed: flag,
  note: optional(text),
  signedOn: optional(calendarDay),
  adoptedOn: optional(calendarDay),
  enteredIntoForce: optional(calendarDay),
});

const judiciaryModel = object<JudiciaryModel>({
  purpose: text,
  fields: list(text),
  indicators: list(
    object<JudiciaryIndicator>({
      id: text,
      source: text,
      label: text,
      scale: text,
      years: optional(text),
      values: optional(text),
    }),
  ),
  proposedPolicy: object<JudiciaryModel["proposedPolicy"]>({
    confirmed: flag,
    basis: text,
    metric: oneOf([judiciaryMetric]),
    bands: list(
      object<JudiciaryModel["proposedPolicy"]["bands"][number]>({ state: oneOf(judiciaryStates), min: share }),
    ),
    missing: oneOf(["REVIEW", "NOT_ESTABLISHED"]),
    overrides: text,
  }),
  valuesLocation: text,
  publication: text,
});

const source = object<Source>({
  id: identifier,
  what: text,
  locator: optional(text),
  url: optional(text),
  confirmed: flag,
});

const document = object<RuleBookDocument>({
  version,
  asOf: calendarDay,
  disclaimer: text,
  knownGaps: list(text),
  sources: list(source),
  countries: list(country),
  offences: object<RuleBookDocument["offences"]>({ categories: list(offenceCategory), national: list(offence) }),
  platforms: list(platform),
  instruments: list(instrument),
  rules: list(rule),
  judiciaryModel,
});

/**
 * Reads a rule book (a parsed JSON value) whole, or refuses it whole: an unknown member, word, date, country, group, category, instrument or source,
 * a second entry of one id and an end before its start are faults. Throws RuleBookError with the JSON path of the first one.
 */
export function parseRuleBook(json: unknown): RuleBook {
  const book = document(json, "$");
  checkReferences(book);
  return { ...book, hash: hashRuleBook(json) };
}
