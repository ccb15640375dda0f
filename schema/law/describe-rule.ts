import { describeAuthorities } from "./describe-authorities.js";
import { describeOffenceTest } from "./describe-offence.js";
import type { Rule } from "./rule.js";
import type { Instrument } from "./rule-book.js";
import type { RuleEffect } from "./vocabulary.js";

/** A rule in words: everything it says, also what no question can answer. */
export interface RuleInWords {
  readonly offence: string;
  readonly authorities: string;
  readonly restrictions: string;
  readonly summary: string;
}

const effectWords: Readonly<Record<RuleEffect, string>> = {
  PERMIT_COMPULSORY: "a binding order for",
  PERMIT_EMERGENCY: "an emergency answer about",
  PERMIT_VOLUNTARY: "a voluntary answer about",
  PERMIT_PRESERVATION: "the preservation of",
  MLA_ONLY: "mutual legal assistance about",
  DENY: "no disclosure of",
  PERMIT_COMPULSORY_NATIONAL: "a national power, never a ground by itself, for",
  FORMALITY: "the form of an order, never a ground by itself, for",
  PROVIDER_MUST_REPORT: "the provider's own duty to report",
  NATIONAL_PRECONDITION: "what national law asks before any order for",
};

export function describeRule(rule: Rule, instrument: Instrument): RuleInWords {
  const offence = describeOffenceTest(rule.offence);
  const authorities = describeAuthorities(rule.issuingAuthorities);
  const from = rule.pending === true ? ", not in force yet" : rule.validFrom === null ? "" : `, from ${rule.validFrom}`;
  const until = rule.validTo === null ? "" : `, before ${rule.validTo}`;
  const press = rule.basis === "PRESS_REPORT" ? " Reported by the press, not published, not confirmed after 2019." : "";
  const note = rule.note === undefined ? "" : ` Note: ${rule.note}.`;
  const summary =
    `${instrument.name}: ${effectWords[rule.effect]} ${rule.dataCategories.join(", ")} data${from}${until}. ` +
    `Offence: ${offence}. Authority: ${authorities}.${deadlineWords(rule)}${press}${note}`;
  return { offence, authorities, restrictions: restrictionsOf(rule), summary };
}

function deadlineWords({ deadlines }: Rule): string {
  if (deadlines === null) return "";
  const { normalHours, emergencyHours } = deadlines;
  const words = [
    normalHours === null ? "" : `${normalHours} hours`,
    emergencyHours === null ? "" : `${emergencyHours} hours in an emergency`,
  ];
  return ` Deadline: ${words.filter((word) => word !== "").join(", ")}.`;
}

function restrictionsOf(rule: Rule): string {
  const { provider, subjectRestrictions, dualCriminality, notification, sentenceExecution, preservation } = rule;
  const words = [
    when(provider.crossBorderOnly, "only across borders"),
    when(provider.offersServiceInRequestingState, "the provider offers its service in the requesting state"),
    when(rule.standalone === false, "no ground by itself"),
    excluding("nationals", subjectRestrictions?.excludeNationality),
    excluding("permanent residents", subjectRestrictions?.excludePermanentResidentsOf),
    excluding("persons located in", subjectRestrictions?.excludeLocatedIn),
    when(
      rule.independentJudiciary.required,
      `independent judiciary (${rule.independentJudiciary.basis ?? "required"})`,
    ),
    when(
      dualCriminality.required,
      `an offence in both states, checked by ${dualCriminality.checkedBy ?? "nobody named"}; exempt: ${dualCriminality.exempt ?? "none"}`,
    ),
    when(
      notification !== null,
      `notification of the enforcing authority, ${notification?.suspensive === true ? "suspensive" : "not suspensive"}; exempt: ${notification?.exemptIf ?? "none"}`,
    ),
    when(rule.similarDomesticCase, "a similar order must be possible at home"),
    when(
      sentenceExecution !== undefined,
      `also to execute a sentence of at least ${sentenceExecution?.minMonths} months`,
    ),
    when(preservation !== null, `preservation for ${preservation?.days} days`),
    ...(rule.exceptions ?? []).map(
      ({ platforms, from, reason }) => `not for ${platforms.join(", ")} from ${from} (${reason})`,
    ),
    when(rule.excludedRequesters !== undefined, `excluded: ${rule.excludedRequesters}`),
    when(rule.providerReview !== undefined, String(rule.providerReview)),
    when(rule.penalty !== undefined, `penalty: ${rule.penalty}`),
    ...(rule.gatewayConditions ?? []),
    ...rule.useRestrictions,
  ];
  return words.filter((word) => word !== "").join("; ");
}

function when(holds: boolean | undefined, words: string): string {
  return holds === true ? words : "";
}

function excluding(whom: string, countries: readonly string[] | undefined): string {
  return countries === undefined ? "" : `excluded: ${whom} ${countries.join(", ")}`;
}
