import type { Question } from "../../schema/law/question.js";
import type { Effect, LawCode } from "../../schema/law/vocabulary.js";

/**
 * What the law of the day says in the stories, one row for each category. Read a row as: on this day, a judge of this state, for this offence,
 * about this person, asks a provider in that country for this category; the answer, the nearest obstacle, the rule that decides, what the
 * reason must say, and where the matter can still go.
 */
export interface LawRow {
  readonly story: string;
  readonly question: Partial<Question>;
  readonly effect: Effect;
  readonly code: LawCode;
  readonly rule: string;
  readonly reason: RegExp;
  /** Rules with an open condition, nearest first. */
  readonly unmet?: readonly string[];
  readonly channels?: readonly string[];
  readonly duties?: readonly string[];
  readonly deadlineHours?: number | null;
  readonly holdHours?: number;
}

const frenchHate = {
  requesting: "FR",
  providerCountry: "IE",
  offenceCategory: "RACISM_XENOPHOBIA",
  maxCustodialYears: 1,
  committedOnline: true,
  subject: { residence: "FR" },
};
const germanHate = {
  requesting: "DE",
  providerCountry: "IE",
  offenceCategory: "RACISM_XENOPHOBIA",
  maxCustodialYears: 5,
  offenceCountry: "DE",
};
const britishTerrorism = {
  requesting: "GB",
  providerCountry: "US",
  offenceCategory: "TERRORISM",
  maxCustodialYears: 15,
  factsBasis: "KNOWN",
} as const;
const genericHate = { offenceCategory: "RACISM_XENOPHOBIA", maxCustodialYears: 3 };
const silverOtter = { nationality: "GB", residence: "GB", locatedIn: "GB" };
const goldenPlover = { nationality: "US", residence: "GB", locatedIn: "GB" };
const inFrance = { residence: "FR" };
const inGermany = { residence: "DE" };
const personClosed =
  /R-GB-US-DAA.*a condition about the person is not met or not known\. Mutual legal assistance through the central authorities may remain open\.$/;

// biome-ignore format: a row is a question and its answer, two lines.
export const lawByStory: readonly LawRow[] = [
  // A French hate-speech case: one year. Identification yes, traffic and content no.
  { story: "FR hate speech, subscriber data", question: { ...frenchHate, category: "SUBSCRIBER", solePurposeIdentification: true },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-IDENT", deadlineHours: 240, duties: ["INFORM_USER"], channels: [], reason: /^Permitted by R-EE-IDENT \(EU e-Evidence Regulation; Regulation \(EU\) 2023\/1543.*\): the provider must answer, within 240 hours\.$/ },
  { story: "FR hate speech, identification data", question: { ...frenchHate, category: "USER_IDENTIFICATION", solePurposeIdentification: true },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-IDENT", deadlineHours: 240, reason: /R-EE-IDENT/ },
  { story: "FR hate speech, identification data, but not for identification alone", question: { ...frenchHate, category: "USER_IDENTIFICATION" },
    effect: "DENY", code: "NATIONAL_PRECONDITION", rule: "R-FR-60-1-2", channels: ["R-EE-PRESERVE"], unmet: ["R-FR-60-1-2", "R-FB-FR-TERROR"], reason: /and for the sole purpose of identification.*; here: RACISM_XENOPHOBIA, maximum 1 year, committed online\./ },
  { story: "FR hate speech, traffic data", question: { ...frenchHate, category: "TRAFFIC" },
    effect: "DENY", code: "NATIONAL_PRECONDITION", rule: "R-FR-60-1-2", unmet: ["R-FR-60-1-2", "R-EE-TRAFFIC"], channels: ["R-EE-PRESERVE"], deadlineHours: null,
    reason: /^Before France may ask for TRAFFIC data, R-FR-60-1-2 .* must be met: it asks for one of: a maximum of at least 3 years; .*; here: RACISM_XENOPHOBIA, maximum 1 year, committed online\. The data can be preserved meanwhile under R-EE-PRESERVE/ },
  { story: "FR hate speech, content", question: { ...frenchHate, category: "CONTENT" },
    effect: "DENY", code: "OFFENCE_BELOW_THRESHOLD", rule: "R-DEFAULT", unmet: ["R-EE-CONTENT"], channels: ["R-EE-PRESERVE"],
    reason: /^R-EE-CONTENT .* would permit this, but it asks for an offence with a maximum of at least 3 years, or one of PAYMENT_FORGERY, .*; here: RACISM_XENOPHOBIA, maximum 1 year/ },

  // Section 130 carries five years: all four categories. A person who lives in France: the enforcing authority is notified, and the data are held.
  { story: "DE section 130, traffic data about a person in Germany", question: { ...germanHate, category: "TRAFFIC", subject: inGermany },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-TRAFFIC", deadlineHours: 240, duties: ["INFORM_USER"], reason: /R-EE-TRAFFIC/ },
  { story: "DE section 130, content about a person in Germany", question: { ...germanHate, category: "CONTENT", subject: inGermany },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-CONTENT", deadlineHours: 240, duties: ["INFORM_USER"], reason: /R-EE-CONTENT/ },
  { story: "DE section 130, subscriber data about a person in France", question: { ...germanHate, category: "SUBSCRIBER", subject: inFrance },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-IDENT", duties: ["INFORM_USER"], reason: /R-EE-IDENT/ },
  { story: "DE section 130, identification data about a person in France", question: { ...germanHate, category: "USER_IDENTIFICATION", subject: inFrance },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-IDENT", duties: ["INFORM_USER"], reason: /R-EE-IDENT/ },
  { story: "DE section 130, traffic data about a person in France", question: { ...germanHate, category: "TRAFFIC", subject: inFrance },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-TRAFFIC", holdHours: 240, duties: ["NOTIFY_ENFORCING_AUTHORITY", "HOLD", "INFORM_USER"], reason: /nothing is disclosed for 240 hours after issue/ },
  { story: "DE section 130, content about a person in France", question: { ...germanHate, category: "CONTENT", subject: inFrance },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-CONTENT", holdHours: 240, duties: ["NOTIFY_ENFORCING_AUTHORITY", "HOLD", "INFORM_USER"], reason: /The enforcing authority is notified/ },
  { story: "DE section 130, residence not known: not exempt", question: { ...germanHate, category: "CONTENT" },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-CONTENT", holdHours: 240, duties: ["NOTIFY_ENFORCING_AUTHORITY", "HOLD", "INFORM_USER"], reason: /R-EE-CONTENT/ },
  { story: "DE section 130, place of the offence not known: not exempt", question: { ...germanHate, offenceCountry: null, category: "CONTENT", subject: inGermany },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-CONTENT", holdHours: 240, duties: ["NOTIFY_ENFORCING_AUTHORITY", "HOLD", "INFORM_USER"], reason: /R-EE-CONTENT/ },
  { story: "DE section 130, an emergency is notified but not held", question: { ...germanHate, category: "CONTENT", subject: inFrance, emergency: true },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-CONTENT", deadlineHours: 8, duties: ["NOTIFY_ENFORCING_AUTHORITY", "INFORM_USER"], reason: /within 8 hours\.$/ },

  // The agreement between the United Kingdom and the United States, at the door, on the known facts.
  { story: "GB terrorism, content about a person in Britain", question: { ...britishTerrorism, category: "CONTENT", subject: silverOtter },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-GB-US-DAA", deadlineHours: 168, duties: ["ASK_BEFORE_USE", "INFORM_USER"], reason: /R-GB-US-DAA/ },
  { story: "GB terrorism, content about a national of the United States", question: { ...britishTerrorism, category: "CONTENT", subject: goldenPlover },
    effect: "MLA_ONLY", code: "PERSON_CONDITION", rule: "R-SCA-CONTENT", unmet: ["R-GB-US-DAA"], channels: ["R-SCA-CONTENT", "R-BUD-MLA", "R-BUD-PRESERVE"], duties: [], reason: personClosed },
  { story: "GB terrorism, subscriber data about a national of the United States", question: { ...britishTerrorism, category: "SUBSCRIBER", subject: goldenPlover },
    effect: "MLA_ONLY", code: "PERSON_CONDITION", rule: "R-BUD-MLA", unmet: ["R-GB-US-DAA"], reason: personClosed },
  { story: "GB hate speech, subscriber data about a national of the United States: the rule that decides was reported by the press alone", question: { ...genericHate, requesting: "GB", providerCountry: "US", category: "SUBSCRIBER", subject: goldenPlover },
    effect: "MLA_ONLY", code: "PERSON_CONDITION", rule: "R-FB-HATE-OTHERS", reason: /a condition about the person is not met or not known\. Mutual legal assistance .* may remain open \(reported, not published, not confirmed after 2019\)\.$/ },
  { story: "GB terrorism, at the door, a fact that the rule tests is not known", question: { ...britishTerrorism, category: "CONTENT", subject: { nationality: "GB", residence: "GB" } },
    effect: "MLA_ONLY", code: "PERSON_CONDITION", rule: "R-SCA-CONTENT", unmet: ["R-GB-US-DAA"], reason: personClosed },
  { story: "GB terrorism, in a preview, nothing is known: nothing is excluded", question: { ...britishTerrorism, category: "CONTENT", factsBasis: "DECLARED", subject: {} },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-GB-US-DAA", reason: /R-GB-US-DAA/ },

  // India and Russia.
  { story: "IN hate speech, subscriber data", question: { ...genericHate, requesting: "IN", providerCountry: "US", category: "SUBSCRIBER" },
    effect: "MLA_ONLY", code: "NO_ROUTE", rule: "R-FB-HATE-OTHERS", unmet: [], channels: ["R-FB-HATE-OTHERS"], reason: /Mutual legal assistance is open: R-FB-HATE-OTHERS .*reported, not published, not confirmed after 2019/ },
  { story: "IN hate speech, content", question: { ...genericHate, requesting: "IN", providerCountry: "US", category: "CONTENT" },
    effect: "MLA_ONLY", code: "NO_ROUTE", rule: "R-SCA-CONTENT", channels: ["R-SCA-CONTENT"], reason: /Mutual legal assistance is open: R-SCA-CONTENT/ },
  { story: "IN hate speech, traffic data", question: { ...genericHate, requesting: "IN", providerCountry: "US", category: "TRAFFIC" },
    effect: "DENY", code: "NO_ROUTE", rule: "R-DEFAULT", channels: [], reason: /letters rogatory through the central authorities, on which the requested state \(United States\) decides\.$/ },
  ...(["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"] as const).map((category): LawRow => ({
    story: `RU hate speech, ${category}`, question: { ...genericHate, requesting: "RU", providerCountry: "IE", category },
    effect: "DENY", code: "NO_ROUTE", rule: "R-DEFAULT", unmet: [], channels: [], duties: [],
    reason: /^No rule of this book lets an authority obtain .* What remains are letters rogatory through the central authorities, on which the requested state \(Ireland\) decides\.$/ })),
  { story: "a domestic order", question: { requesting: "FR", providerCountry: "FR", category: "SUBSCRIBER" },
    effect: "DENY", code: "NO_ROUTE", rule: "R-DEFAULT", channels: [], reason: /^This is a domestic order; national procedure, not in this rule book \(France\)\.$/ },
  { story: "police across borders: preservation alone is open, and letters rogatory remain", question: { requesting: "DE", providerCountry: "GB", platform: "YOUTUBE", category: "USER_IDENTIFICATION", authority: "POLICE" },
    effect: "DENY", code: "NO_ROUTE", rule: "R-DEFAULT", unmet: [], channels: ["R-BUD-PRESERVE"], reason: /The data can be preserved meanwhile under R-BUD-PRESERVE .* What remains are letters rogatory through the central authorities, on which the requested state \(United Kingdom\) decides\.$/ },

  // The day on which it changed.
  { story: "2019-06-24, FR hate speech", question: { ...frenchHate, category: "USER_IDENTIFICATION", solePurposeIdentification: true, at: "2019-06-24T10:00:00Z" },
    effect: "MLA_ONLY", code: "NOT_IN_FORCE", rule: "R-FB-FR-HATE-BEFORE", channels: ["R-FB-FR-HATE-BEFORE"], unmet: ["R-EE-IDENT", "R-FB-FR-HATE-AFTER", "R-FB-FR-TERROR"], reason: /Mutual legal assistance is open: R-FB-FR-HATE-BEFORE .*reported, not published, not confirmed after 2019/ },
  { story: "2019-06-25, FR hate speech", question: { ...frenchHate, category: "USER_IDENTIFICATION", solePurposeIdentification: true, at: "2019-06-25T10:00:00Z" },
    effect: "PERMIT_VOLUNTARY", code: "PERMITTED", rule: "R-FB-FR-HATE-AFTER", deadlineHours: null, reason: /reported, not published, not confirmed after 2019\): the provider may answer but need not, and a named person there decides each request\.$/ },
  { story: "2019-06-24, DE hate speech", question: { ...germanHate, category: "USER_IDENTIFICATION", at: "2019-06-24T10:00:00Z" },
    effect: "DENY", code: "NOT_IN_FORCE", rule: "R-DEFAULT", unmet: ["R-EE-IDENT"], reason: /R-EE-IDENT .* is not in force on 2019-06-24 \(it asks for a date from 2026-08-18\)/ },
  { story: "2019-06-25, DE hate speech", question: { ...germanHate, category: "USER_IDENTIFICATION", at: "2019-06-25T10:00:00Z" },
    effect: "DENY", code: "NOT_IN_FORCE", rule: "R-DEFAULT", reason: /R-EE-IDENT/ },
  { story: "2019-06-24, FR terrorism", question: { requesting: "FR", category: "USER_IDENTIFICATION", offenceCategory: "TERRORISM", maxCustodialYears: 7, at: "2019-06-24T10:00:00Z" },
    effect: "PERMIT_VOLUNTARY", code: "PERMITTED", rule: "R-FB-FR-TERROR", reason: /R-FB-FR-TERROR/ },
  { story: "2019-06-25, FR terrorism", question: { requesting: "FR", category: "USER_IDENTIFICATION", offenceCategory: "TERRORISM", maxCustodialYears: 7, at: "2019-06-25T10:00:00Z" },
    effect: "PERMIT_VOLUNTARY", code: "PERMITTED", rule: "R-FB-FR-TERROR", reason: /R-FB-FR-TERROR/ },

  // Who asks.
  { story: "a prosecutor asks for traffic data alone", question: { ...germanHate, category: "TRAFFIC", authority: "PUBLIC_PROSECUTOR", subject: inGermany },
    effect: "DENY", code: "VALIDATION_MISSING", rule: "R-DEFAULT", unmet: ["R-EE-TRAFFIC"], reason: /it asks for validation by JUDGE, COURT or INVESTIGATING_JUDGE; here: none/ },
  { story: "a prosecutor asks for traffic data, validated by a court", question: { ...germanHate, category: "TRAFFIC", authority: "PUBLIC_PROSECUTOR", validatedBy: "COURT", subject: inGermany },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-TRAFFIC", reason: /R-EE-TRAFFIC/ },
  { story: "a prosecutor is no validation for a prosecutor", question: { ...germanHate, category: "TRAFFIC", authority: "PUBLIC_PROSECUTOR", validatedBy: "PUBLIC_PROSECUTOR", subject: inGermany },
    effect: "DENY", code: "VALIDATION_MISSING", rule: "R-DEFAULT", reason: /here: PUBLIC_PROSECUTOR/ },
  { story: "the police, in an emergency, before the validation", question: { ...germanHate, category: "SUBSCRIBER", authority: "POLICE", emergency: true },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-IDENT", deadlineHours: 8, duties: ["VALIDATE_AFTERWARDS", "INFORM_USER"], reason: /R-EE-IDENT/ },
  { story: "the police, in an emergency, with the validation", question: { ...germanHate, category: "SUBSCRIBER", authority: "POLICE", validatedBy: "JUDGE", emergency: true },
    effect: "PERMIT_COMPULSORY", code: "PERMITTED", rule: "R-EE-IDENT", duties: ["INFORM_USER"], reason: /R-EE-IDENT/ },
  { story: "an administrative authority", question: { ...germanHate, category: "SUBSCRIBER", authority: "ADMINISTRATIVE_AUTHORITY" },
    effect: "DENY", code: "AUTHORITY_NOT_COMPETENT", rule: "R-DEFAULT", reason: /here: ADMINISTRATIVE_AUTHORITY/ },

  { story: "the police of the United States at home: a rule for all states but one does not reach it", question: { requesting: "US", providerCountry: "US", platform: "YOUTUBE", category: "TRAFFIC", authority: "POLICE" },
    effect: "DENY", code: "AUTHORITY_NOT_COMPETENT", rule: "R-DEFAULT", unmet: ["R-US-DORDER"], reason: /R-US-DORDER .* it asks for JUDGE or COURT; here: POLICE/ },
  { story: "the nearest rule is the one with the fewest open conditions", question: { requesting: "GB", providerCountry: "US", platform: "YOUTUBE", category: "TRAFFIC", authority: "ADMINISTRATIVE_AUTHORITY" },
    effect: "DENY", code: "AUTHORITY_NOT_COMPETENT", rule: "R-DEFAULT", unmet: ["R-SCA-NONCONTENT", "R-GB-US-DAA"], reason: /^R-SCA-NONCONTENT/ },

  // Emergencies and preservation.
  { story: "a threat to life, but no emergency", question: { requesting: "BR", providerCountry: "US", category: "SUBSCRIBER", offenceCategory: "THREAT_TO_LIFE" },
    effect: "MLA_ONLY", code: "NO_ROUTE", rule: "R-BUD-MLA", reason: /Mutual legal assistance is open: R-BUD-MLA/ },
  { story: "a threat to life, an emergency", question: { requesting: "BR", providerCountry: "US", category: "SUBSCRIBER", offenceCategory: "THREAT_TO_LIFE", authority: "POLICE", emergency: true },
    effect: "PERMIT_EMERGENCY", code: "PERMITTED", rule: "R-EDR", deadlineHours: 24, duties: ["REVIEW_EMERGENCY"], reason: /^Permitted in an emergency by R-EDR .*a named person at the provider decides, within 24 hours\.$/ },
  { story: "an emergency for another offence", question: { requesting: "RU", providerCountry: "IE", category: "SUBSCRIBER", emergency: true },
    effect: "DENY", code: "OFFENCE_NOT_LISTED", rule: "R-DEFAULT", unmet: ["R-EDR"], reason: /R-EDR .* one of THREAT_TO_LIFE; here: RACISM_XENOPHOBIA/ },
  { story: "preservation is not bound by the national precondition", question: { ...frenchHate, category: "TRAFFIC", preservation: true },
    effect: "PERMIT_PRESERVATION", code: "PERMITTED", rule: "R-EE-PRESERVE", duties: ["DELETE"], channels: ["R-EE-PRESERVE"], reason: /preserved for 60 days; disclosure needs an order of its own/ },
  { story: "preservation between states without a rule", question: { requesting: "RU", providerCountry: "IE", category: "CONTENT", preservation: true },
    effect: "DENY", code: "NO_ROUTE", rule: "R-DEFAULT", unmet: [], reason: /^No rule of this book lets an authority have preserved CONTENT data/ },
  { story: "New Zealand is a party to the Budapest Convention from 2025-12-01", question: { requesting: "NZ", providerCountry: "US", category: "CONTENT", preservation: true, at: "2025-11-30T10:00:00Z" },
    effect: "DENY", code: "NOT_IN_FORCE", rule: "R-DEFAULT", unmet: ["R-BUD-PRESERVE"], reason: /a date from 2025-12-01/ },
  { story: "a pending protocol", question: { requesting: "RS", providerCountry: "JP", category: "SUBSCRIBER" },
    effect: "MLA_ONLY", code: "NOT_IN_FORCE", rule: "R-BUD-MLA", unmet: ["R-224-ART7", "R-224-ART8"], reason: /R-224-ART7 .*this rule is not confirmed.* is not in force on 2026-11-23/ },

  // Voluntary answers and the policy about them.
  { story: "a voluntary answer to a state over the line", question: { requesting: "JP", providerCountry: "US", platform: "YOUTUBE", category: "TRAFFIC" },
    effect: "PERMIT_VOLUNTARY", code: "PERMITTED", rule: "R-SCA-NONCONTENT", reason: /a named person there decides each request/ },
  { story: "a state below the line", question: { requesting: "BR", providerCountry: "US", platform: "YOUTUBE", category: "TRAFFIC" },
    effect: "MLA_ONLY", code: "REVIEW_BY_PERSON", rule: "R-BUD-MLA", unmet: ["R-SCA-NONCONTENT"], reason: /the policy on voluntary requests leaves the request to a person at the provider \(min\(WJP-1\.2, WJP-8\.6\) of 2020 at or over 0\.6; here: 0\.59\)/ },
  { story: "a state exactly at the line", question: { requesting: "GR", providerCountry: "US", platform: "YOUTUBE", category: "TRAFFIC" },
    effect: "PERMIT_VOLUNTARY", code: "PERMITTED", rule: "R-SCA-NONCONTENT", reason: /R-SCA-NONCONTENT/ },
  { story: "a state without figures", question: { requesting: "CH", providerCountry: "US", platform: "YOUTUBE", category: "TRAFFIC" },
    effect: "MLA_ONLY", code: "REVIEW_BY_PERSON", rule: "R-BUD-MLA", unmet: ["R-SCA-NONCONTENT"], reason: /here: no figure/ },

  // Memberships end and begin by the date.
  { story: "the United Kingdom in the Union: its agreement with the United States", question: { requesting: "GB", providerCountry: "US", category: "TRAFFIC", at: "2020-01-30T12:00:00Z" },
    effect: "MLA_ONLY", code: "NOT_IN_FORCE", rule: "R-US-EU-MLA", channels: ["R-US-EU-MLA", "R-BUD-MLA", "R-BUD-PRESERVE"], reason: /R-US-EU-MLA/ },
  { story: "the United Kingdom after it", question: { requesting: "GB", providerCountry: "US", category: "TRAFFIC", at: "2020-02-01T12:00:00Z" },
    effect: "MLA_ONLY", code: "NOT_IN_FORCE", rule: "R-BUD-MLA", channels: ["R-BUD-MLA", "R-BUD-PRESERVE"], reason: /R-BUD-MLA/ },
  { story: "Denmark is not bound by the Regulation", question: { requesting: "DK", providerCountry: "IE", category: "SUBSCRIBER" },
    effect: "DENY", code: "NO_ROUTE", rule: "R-DEFAULT", reason: /letters rogatory/ },
];
