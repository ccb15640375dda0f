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
import {
  type AuthorityTest,
  type Deadlines,
  type Notification,
  notificationExemption,
  type OffenceOption,
  type OffenceTest,
  type Rule,
  type SubjectRestrictions,
} from "./rule.js";
import { RuleBookError } from "./rule-book-error.js";
import { authorityKinds, dataCategories, ruleEffects } from "./vocabulary.js";

/** An identifier of the book: upper case, such as R-EE-IDENT or FR-1881-24. */
export const identifier = form(/^[A-Z0-9]+(?:[-_][A-Z0-9]+)*$/, "an identifier in upper case such as R-EE-IDENT");
/** "FR", "group:EU27", "*" or "*-FR". That the country and the group exist is checked afterwards. */
export const countryPattern = form(/^(?:[A-Z]{2}|group:[A-Z0-9_]+|\*|\*-[A-Z]{2})$/, "FR, group:NAME, * or *-FR");
export const alpha2 = form(/^[A-Z]{2}$/, "an ISO 3166-1 alpha-2 code such as FR");
export const platformCode = form(/^[A-Z0-9_]+$/, "a platform code such as FACEBOOK");
const platformPattern = form(/^(?:[A-Z0-9_]+|\*|\*-[A-Z0-9_]+)$/, "FACEBOOK, * or *-FACEBOOK");
/** Hours of a deadline or a hold: up to ten years. */
const hours = number(0, 87_660);
const years = number(0, 100);

const all = object<Extract<OffenceTest, { mode: "ALL" }>>({ mode: oneOf(["ALL"]) });
const listed = object<Extract<OffenceTest, { mode: "LISTED" }>>({ mode: oneOf(["LISTED"]), categories: set(text) });
const threshold = object<Extract<OffenceTest, { mode: "THRESHOLD" }>>({
  mode: oneOf(["THRESHOLD"]),
  minMaxCustodialYears: years,
});
const thresholdOrListed = object<Extract<OffenceTest, { mode: "THRESHOLD_OR_LISTED" }>>({
  mode: oneOf(["THRESHOLD_OR_LISTED"]),
  minMaxCustodialYears: years,
  categories: set(text),
});
const statedFacts = object<OffenceOption>({
  minMaxCustodialYears: optional(years),
  committedOnline: optional(flag),
  solePurposeIdentification: optional(flag),
  victimDeviceOnVictimRequest: optional(flag),
  missingPerson: optional(flag),
});
const option: Read<OffenceOption> = (value, path) => {
  const facts = statedFacts(value, path);
  if (Object.keys(facts).length === 0)
    throw new RuleBookError(path, "no fact", "an option that states at least one fact");
  return facts;
};
const anyOf = object<Extract<OffenceTest, { mode: "ANY_OF" }>>({ mode: oneOf(["ANY_OF"]), options: set(option) });

const offenceTests = {
  ALL: all,
  LISTED: listed,
  THRESHOLD: threshold,
  THRESHOLD_OR_LISTED: thresholdOrListed,
  ANY_OF: anyOf,
};
const offenceMode = oneOf(Object.keys(offenceTests) as (keyof typeof offenceTests)[]);

const offenceTest: Read<OffenceTest> = (value, path) => {
  const given = typeof value === "object" && value !== null ? (value as { mode?: unknown }).mode : undefined;
  return offenceTests[offenceMode(given, `${path}.mode`)](value, path);
};

const authorityTest = object<AuthorityTest>({
  kinds: set(oneOf(authorityKinds)),
  validatedBy: optional(set(oneOf(authorityKinds))),
  emergencyWithoutPriorValidation: optional(flag),
  expostValidationHours: optional(hours),
  via: optional(text),
  note: optional(text),
});

const notification = object<Notification>({
  to: oneOf(["ENFORCING_AUTHORITY"]),
  when: oneOf(["SIMULTANEOUS"]),
  exemptIf: nullable(oneOf([notificationExemption])),
  suspensive: flag,
  emergencySuspensive: flag,
});

const deadlines = object<Deadlines>({
  normalHours: nullable(hours),
  emergencyHours: nullable(hours),
  enforcingAuthorityReviewHours: optional(hours),
  enforcingAuthorityEmergencyReviewHours: optional(hours),
  from: optional(text),
  source: optional(text),
});

const subjectRestrictions = object<SubjectRestrictions>({
  excludeNationality: optional(set(alpha2)),
  excludePermanentResidentsOf: optional(set(alpha2)),
  excludeLocatedIn: optional(set(alpha2)),
});

/** One rule, as far as it can be read by itself; `checkReferences` does the rest. */
export const rule: Read<Rule> = object<Rule>({
  id: identifier,
  instrument: identifier,
  effect: oneOf(ruleEffects),
  validFrom: nullable(calendarDay),
  validTo: nullable(calendarDay),
  pending: optional(flag),
  requesting: set(countryPattern),
  provider: object<Rule["provider"]>({
    countries: set(countryPattern),
    platforms: set(platformPattern),
    crossBorderOnly: optional(flag),
    offersServiceInRequestingState: optional(flag),
  }),
  dataCategories: set(oneOf(dataCategories)),
  offence: offenceTest,
  issuingAuthorities: list(authorityTest),
  dualCriminality: object<Rule["dualCriminality"]>({
    required: flag,
    checkedBy: optional(text),
    exempt: optional(text),
  }),
  independentJudiciary: object<Rule["independentJudiciary"]>({ required: flag, basis: optional(text) }),
  notification: nullable(notification),
  deadlines: nullable(deadlines),
  subjectRestrictions: nullable(subjectRestrictions),
  useRestrictions: list(text),
  userNotification: nullable(
    object<NonNullable<Rule["userNotification"]>>({
      default: oneOf(["INFORM", "PROVIDER_POLICY"]),
      by: oneOf(["ISSUING_AUTHORITY", "PROVIDER"]),
      delay: text,
      citation: optional(text),
    }),
  ),
  preservation: nullable(
    object<NonNullable<Rule["preservation"]>>({
      days: whole(1, 3650),
      extensionDays: nullable(whole(1, 3650)),
      form: optional(text),
      note: optional(text),
    }),
  ),
  citation: list(text),
  confirmed: flag,
  unconfirmed: optional(list(text)),
  priority: whole(0, 1000),
  basis: optional(oneOf(["PRESS_REPORT"])),
  standalone: optional(flag),
  exceptions: optional(
    list(
      object<NonNullable<Rule["exceptions"]>[number]>({
        platforms: set(platformPattern),
        from: calendarDay,
        reason: text,
      }),
    ),
  ),
  gatewayConditions: optional(list(text)),
  refusalGrounds: optional(list(text)),
  typicalHours: optional(hours),
  sentenceExecution: optional(object<{ readonly minMonths: number }>({ minMonths: whole(1, 1200) })),
  similarDomesticCase: optional(flag),
  penalty: optional(text),
  providerReview: optional(text),
  excludedRequesters: optional(text),
  note: optional(text),
});
