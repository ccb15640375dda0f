import type { Question } from "../../schema/law/question.js";
import type { Draft } from "../law/book.js";

/** A question, and what of the law is changed before it is asked. */
export interface WordsCase {
  readonly name: string;
  readonly question: Partial<Question>;
  readonly change?: (document: Draft) => void;
}

const german = {
  requesting: "DE",
  providerCountry: "IE",
  offenceCategory: "TERRORISM",
  maxCustodialYears: 10,
} as const;
/** A question from outside may carry no facts at all. */
const nobody = { subject: null } as unknown as Pick<Question, "subject">;
const rule = (document: Draft, id: string) =>
  document.rules.find((candidate) => candidate.id === id) as Draft["rules"][number];

/** What the stories do not say: each row brings words that no story has. Their answers stand in decisions-in-words.json. */
// biome-ignore format: one case is one line.
export const wordsByCase: readonly WordsCase[] = [
  { name: "content, the person is a journalist, and nobody reviews in any time", question: { ...german, category: "CONTENT", subject: { residence: "DE", protectedRole: "JOURNALIST" } }, change: (d) => { Object.assign(rule(d, "R-EE-CONTENT"), { notification: null, deadlines: null }); } },
  { name: "an emergency for which the rule has no time of its own", question: { ...german, emergency: true }, change: (d) => { rule(d, "R-EE-IDENT").deadlines = { normalHours: 240, emergencyHours: null }; } },
  { name: "one condition of the gateway", question: { ...german }, change: (d) => { rule(d, "R-EE-IDENT").gatewayConditions = ["a person calls back"]; } },
  { name: "no condition of the gateway", question: { ...german }, change: (d) => { rule(d, "R-EE-IDENT").gatewayConditions = []; } },
  { name: "one condition on use", question: { ...german }, change: (d) => { rule(d, "R-EE-IDENT").useRestrictions = ["only in this case"]; } },
  { name: "preservation that is not extended", question: { ...german, category: "CONTENT", preservation: true }, change: (d) => { rule(d, "R-EE-PRESERVE").preservation = { days: 60, extensionDays: null }; } },
  { name: "a denial of its own goes before the default", question: { ...german }, change: (d) => { Object.assign(rule(d, "R-EE-IDENT"), { effect: "DENY", validFrom: null }); } },
  { name: "two ways to preserve: the one that goes first is named", question: { ...german }, change: (d) => { Object.assign(rule(d, "R-EE-IDENT"), { effect: "FORMALITY" }); d.rules.push({ ...rule(d, "R-EE-PRESERVE"), id: "R-ZZ-PRESERVE" }); } },
  { name: "so does one of a preservation", question: { requesting: "IN", providerCountry: "IE", preservation: true }, change: (d) => { Object.assign(rule(d, "R-EE-IDENT"), { effect: "DENY", validFrom: null, requesting: ["IN"] }); } },
  { name: "emergency, nobody has validated yet", question: { ...german, authority: "POLICE", emergency: true } },
  { name: "the police, nobody has validated", question: { ...german, authority: "POLICE" } },
  { name: "the police, validated by the police", question: { ...german, authority: "POLICE", validatedBy: "POLICE" } },
  { name: "an administrative authority", question: { ...german, authority: "ADMINISTRATIVE_AUTHORITY" } },
  { name: "content, the person is a journalist, an offence elsewhere", question: { ...german, category: "CONTENT", offenceCountry: "FR", subject: { residence: "DE", protectedRole: "JOURNALIST" } } },
  { name: "content, offence and residence in the issuing state: no notification", question: { ...german, category: "CONTENT", offenceCountry: "DE", subject: { residence: "DE" } } },
  { name: "content, offence in the issuing state, residence elsewhere", question: { ...german, category: "CONTENT", offenceCountry: "DE", subject: { residence: "FR" } } },
  { name: "content in an emergency: notified, no hold", question: { ...german, category: "CONTENT", emergency: true } },
  { name: "content in an emergency that is held too", question: { ...german, category: "CONTENT", emergency: true }, change: (d) => { Object.assign(rule(d, "R-EE-CONTENT").notification ?? {}, { emergencySuspensive: true, exemptIf: null }); } },
  { name: "content, a notification that does not suspend", question: { ...german, category: "CONTENT" }, change: (d) => { Object.assign(rule(d, "R-EE-CONTENT").notification ?? {}, { suspensive: false }); } },
  { name: "a validation afterwards without a term", question: { ...german, authority: "POLICE", emergency: true }, change: (d) => { for (const entry of rule(d, "R-EE-IDENT").issuingAuthorities) delete entry.expostValidationHours; } },
  { name: "preservation between EU states", question: { ...german, category: "CONTENT", preservation: true } },
  { name: "preservation by the police in an emergency", question: { ...german, category: "CONTENT", preservation: true, authority: "POLICE", emergency: true } },
  { name: "preservation at home in the United States", question: { requesting: "US", providerCountry: "US", category: "CONTENT", preservation: true } },
  { name: "preservation that no rule gives", question: { requesting: "IN", providerCountry: "US", category: "CONTENT", preservation: true } },
  { name: "preservation at home without a rule", question: { requesting: "DE", providerCountry: "DE", preservation: true } },
  { name: "preservation by nobody competent", question: { ...german, preservation: true, authority: "ADMINISTRATIVE_AUTHORITY" } },
  { name: "an emergency answer", question: { requesting: "IN", providerCountry: "US", offenceCategory: "THREAT_TO_LIFE", authority: "POLICE", emergency: true } },
  { name: "an emergency with another offence", question: { requesting: "IN", providerCountry: "US", offenceCategory: "OTHER", authority: "POLICE", emergency: true } },
  { name: "a voluntary answer with conditions", question: { requesting: "JP", providerCountry: "US", platform: "FJORDNET", category: "TRAFFIC" } },
  { name: "a voluntary answer with a hold", question: { requesting: "JP", providerCountry: "US", platform: "FJORDNET", category: "TRAFFIC" }, change: (d) => { Object.assign(rule(d, "R-SCA-NONCONTENT"), { notification: { to: "ENFORCING_AUTHORITY", when: "SIMULTANEOUS", exemptIf: null, suspensive: true, emergencySuspensive: false }, deadlines: { normalHours: 48, emergencyHours: null, enforcingAuthorityReviewHours: 24 } }); } },
  { name: "below the line of the policy", question: { requesting: "BR", providerCountry: "US", platform: "FJORDNET" } },
  { name: "no figure for the policy", question: { requesting: "BR", providerCountry: "US", platform: "FJORDNET" }, change: (d) => { for (const country of d.countries) if (country.alpha2 === "BR") country.judiciary.wjp2020 = null; } },
  { name: "a domestic order", question: { requesting: "DE", providerCountry: "DE" } },
  { name: "no treaty at all", question: { requesting: "IN", providerCountry: "IE" } },
  { name: "no treaty at all, preservation asked", question: { requesting: "IN", providerCountry: "IE", preservation: true } },
  { name: "another state by treaty, mutual legal assistance", question: { requesting: "CH", providerCountry: "NO", category: "CONTENT" } },
  { name: "a threshold, maximum not known", question: { requesting: "GB", providerCountry: "US", category: "CONTENT", offenceCategory: "TERRORISM", maxCustodialYears: null } },
  { name: "a threshold and the wrong authority", question: { requesting: "GB", providerCountry: "US", category: "CONTENT", maxCustodialYears: 1, authority: "POLICE" } },
  { name: "a person and a date", question: { requesting: "GB", providerCountry: "US", category: "CONTENT", maxCustodialYears: 5, at: "2022-10-01T12:00:00Z", subject: { nationality: "US" } } },
  { name: "a person, and a press report as the other way", question: { requesting: "GB", providerCountry: "US", category: "SUBSCRIBER", maxCustodialYears: 5, subject: { nationality: "US" } } },
  { name: "the French precondition, one year, not online", question: { category: "USER_IDENTIFICATION", maxCustodialYears: 1 } },
  { name: "the French precondition, wrong authority and offence", question: { category: "TRAFFIC", authority: "ADMINISTRATIVE_AUTHORITY", committedOnline: true, solePurposeIdentification: true, maxCustodialYears: 0 } },
  { name: "the French precondition, preservation needs none", question: { category: "TRAFFIC", preservation: true } },
  { name: "a pending protocol", question: { requesting: "RS", providerCountry: "JP" } },
  { name: "a rule that ends", question: { ...german, at: "2026-09-01T12:00:00Z" }, change: (d) => { rule(d, "R-EE-IDENT").validTo = "2026-09-01"; } },
  { name: "a rule excepted for the platform", question: { ...german }, change: (d) => { Object.assign(rule(d, "R-EE-IDENT"), { validTo: "2030-01-01", exceptions: [{ platforms: ["*"], from: "2028-01-01", reason: "r" }, { platforms: ["FACEBOOK"], from: "2026-10-01", reason: "r" }, { platforms: ["FJORDNET"], from: "2026-09-01", reason: "r" }] }); } },
  { name: "a rule without a start that has ended", question: { ...german }, change: (d) => { Object.assign(rule(d, "R-EE-IDENT"), { validFrom: null, validTo: "2026-09-01", requesting: ["*"], provider: { countries: ["*"], platforms: ["*"] } }); } },
  { name: "a state that has left", question: { requesting: "GB", providerCountry: "DE", at: "2021-01-01T12:00:00Z" }, change: (d) => { Object.assign(rule(d, "R-EE-IDENT"), { validFrom: "2018-01-01", requesting: ["group:EU27"], provider: { countries: ["group:EU27"], platforms: ["*"] } }); } },
  { name: "two groups, one not yet and one no longer", question: { requesting: "GB", providerCountry: "US", at: "2005-01-01T12:00:00Z" }, change: (d) => { Object.assign(rule(d, "R-EE-IDENT"), { validFrom: "2000-01-01", requesting: ["group:BUDAPEST"], provider: { countries: ["group:BUDAPEST", "group:EU27"], platforms: ["*"] } }); } },
  { name: "two groups, neither yet: from the first day of either", question: { requesting: "FR", providerCountry: "DE", at: "2003-01-01T12:00:00Z" }, change: (d) => { Object.assign(rule(d, "R-EE-IDENT"), { validFrom: "2000-01-01", requesting: ["group:EU_EEVIDENCE", "group:BUDAPEST"], provider: { countries: ["group:BUDAPEST", "group:EU_EEVIDENCE"], platforms: ["*"] } }); } },
  { name: "two groups, of one a member no longer: the end of the rule alone is said", question: { requesting: "GB", providerCountry: "GB", at: "2022-01-01T12:00:00Z" }, change: (d) => { Object.assign(rule(d, "R-EE-IDENT"), { validFrom: "2000-01-01", validTo: "2021-06-01", requesting: ["group:EU27", "group:BUDAPEST"], provider: { countries: ["group:BUDAPEST", "group:EU27"], platforms: ["*"] } }); } },
  { name: "a binding order needs no line of a policy", question: { requesting: "BR", providerCountry: "US", platform: "FJORDNET", maxCustodialYears: 5 }, change: (d) => { rule(d, "R-GB-US-DAA").requesting = ["BR"]; } },
  { name: "a voluntary answer that asks for no line", question: { requesting: "BR", providerCountry: "US", platform: "FJORDNET" }, change: (d) => { rule(d, "R-SCA-NONCONTENT").independentJudiciary = { required: false }; } },
  { name: "an option whose threshold is not reached, another that is not met", question: { ...german, maxCustodialYears: 1 }, change: (d) => { rule(d, "R-EE-IDENT").offence = { mode: "ANY_OF", options: [{ missingPerson: true }, { minMaxCustodialYears: 5 }] }; } },
  { name: "an option whose threshold is reached, but not its other fact", question: { ...german }, change: (d) => { rule(d, "R-EE-IDENT").offence = { mode: "ANY_OF", options: [{ minMaxCustodialYears: 5, committedOnline: true }] }; } },
  { name: "at the door, nothing is known about the person", question: { requesting: "GB", providerCountry: "US", category: "CONTENT", maxCustodialYears: 5, factsBasis: "KNOWN", ...nobody } },
  { name: "content, nothing is known about the person: notified", question: { ...german, category: "CONTENT", offenceCountry: "DE", ...nobody } },
  { name: "at the door, nothing is known about the person, and the rule tests her nationality alone", question: { ...german, factsBasis: "KNOWN", ...nobody }, change: (d) => { rule(d, "R-EE-IDENT").subjectRestrictions = { excludeNationality: ["FR"] }; } },
  { name: "at the door, nothing is known about the person, and the rule tests her residence alone", question: { ...german, factsBasis: "KNOWN", ...nobody }, change: (d) => { rule(d, "R-EE-IDENT").subjectRestrictions = { excludePermanentResidentsOf: ["FR"] }; } },
  { name: "at the door, nothing is known about the person, and the rule tests her place alone", question: { ...german, factsBasis: "KNOWN", ...nobody }, change: (d) => { rule(d, "R-EE-IDENT").subjectRestrictions = { excludeLocatedIn: ["FR"] }; } },
  { name: "a rule that is not confirmed", question: { ...german }, change: (d) => { rule(d, "R-EE-IDENT").confirmed = false; } },
  { name: "a rule of which something is not confirmed", question: { ...german }, change: (d) => { rule(d, "R-EE-IDENT").unconfirmed = ["deadlines", "authorities"]; } },
  { name: "a rule of which nothing is said to be unconfirmed", question: { ...german }, change: (d) => { rule(d, "R-EE-IDENT").unconfirmed = []; } },
  { name: "a rule without a source", question: { ...german }, change: (d) => { rule(d, "R-EE-IDENT").citation = []; } },
  { name: "an offence listed", question: { ...german }, change: (d) => { rule(d, "R-EE-IDENT").offence = { mode: "LISTED", categories: ["ARSON", "RAPE"] }; } },
  { name: "an option without a threshold", question: { ...german, committedOnline: true }, change: (d) => { rule(d, "R-EE-IDENT").offence = { mode: "ANY_OF", options: [{ committedOnline: false }, { missingPerson: true }] }; } },
  { name: "one kind that could validate, and it did not", question: { ...german, authority: "POLICE" }, change: (d) => { rule(d, "R-EE-IDENT").issuingAuthorities = [{ kinds: ["POLICE"], validatedBy: ["JUDGE"] }]; } },
  { name: "two ways to validate afterwards: the first counts", question: { ...german, authority: "POLICE", emergency: true }, change: (d) => { rule(d, "R-EE-IDENT").issuingAuthorities = [24, 72].map((expostValidationHours) => ({ kinds: ["POLICE"], validatedBy: ["JUDGE"], emergencyWithoutPriorValidation: true, expostValidationHours })); } },
  { name: "a rule for any authority", question: { ...german, authority: "GRAND_JURY" }, change: (d) => { rule(d, "R-EE-IDENT").issuingAuthorities = []; } },
  { name: "the data kept by law, conditions on use", question: { requesting: "GB", providerCountry: "US", category: "CONTENT", maxCustodialYears: 5 } },
];
