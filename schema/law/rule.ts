import type { AuthorityKind, DataCategory, RuleEffect } from "./vocabulary.js";

/**
 * One rule. The members that a question can answer are tested by `decide`; the others (dual criminality, a similar domestic case, execution of a
 * sentence, penalties, notes) are for people: `describeRule` puts them into words.
 */
export interface Rule {
  readonly id: string;
  readonly instrument: string;
  readonly effect: RuleEffect;
  /** Null: since ever, unless `pending`. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** Not in force, whatever the dates. */
  readonly pending?: boolean;
  /** Country patterns: alpha-2, "group:NAME", "*", "*-XX". */
  readonly requesting: readonly string[];
  readonly provider: {
    readonly countries: readonly string[];
    /** Platform patterns: code, "*", "*-CODE". */
    readonly platforms: readonly string[];
    /** Requesting state and provider country must differ. */
    readonly crossBorderOnly?: boolean;
    /** Stated only by rules that never permit: no question carries it. */
    readonly offersServiceInRequestingState?: boolean;
  };
  readonly dataCategories: readonly DataCategory[];
  readonly offence: OffenceTest;
  /** One must fit; none: anybody. */
  readonly issuingAuthorities: readonly AuthorityTest[];
  readonly dualCriminality: { readonly required: boolean; readonly checkedBy?: string; readonly exempt?: string };
  readonly independentJudiciary: { readonly required: boolean; readonly basis?: string };
  readonly notification: Notification | null;
  readonly deadlines: Deadlines | null;
  readonly subjectRestrictions: SubjectRestrictions | null;
  readonly useRestrictions: readonly string[];
  readonly userNotification: {
    readonly default: "INFORM" | "PROVIDER_POLICY";
    readonly by: "ISSUING_AUTHORITY" | "PROVIDER";
    readonly delay: string;
    readonly citation?: string;
  } | null;
  readonly preservation: {
    readonly days: number;
    readonly extensionDays: number | null;
    readonly form?: string;
    readonly note?: string;
  } | null;
  readonly citation: readonly string[];
  readonly confirmed: boolean;
  /** What of a confirmed rule is not. */
  readonly unconfirmed?: readonly string[];
  /** Lower wins within an effect. */
  readonly priority: number;
  /** Known from the press alone: every reason says so. */
  readonly basis?: "PRESS_REPORT";
  /** False: no ground for a disclosure by itself. */
  readonly standalone?: boolean;
  /** Platforms that the rule does not reach from a date on. */
  readonly exceptions?: readonly {
    readonly platforms: readonly string[];
    readonly from: string;
    readonly reason: string;
  }[];
  readonly gatewayConditions?: readonly string[];
  readonly refusalGrounds?: readonly string[];
  /** How long the way usually takes. */
  readonly typicalHours?: number;
  readonly sentenceExecution?: { readonly minMonths: number };
  readonly similarDomesticCase?: boolean;
  readonly penalty?: string;
  readonly providerReview?: string;
  readonly excludedRequesters?: string;
  readonly note?: string;
}

export type OffenceTest =
  | { readonly mode: "ALL" }
  | { readonly mode: "LISTED"; readonly categories: readonly string[] }
  | { readonly mode: "THRESHOLD"; readonly minMaxCustodialYears: number }
  | {
      readonly mode: "THRESHOLD_OR_LISTED";
      readonly minMaxCustodialYears: number;
      readonly categories: readonly string[];
    }
  | { readonly mode: "ANY_OF"; readonly options: readonly OffenceOption[] };

/** Every stated fact must hold; one that no question carries (the last two) does not. */
export interface OffenceOption {
  readonly minMaxCustodialYears?: number;
  readonly committedOnline?: boolean;
  readonly solePurposeIdentification?: boolean;
  readonly victimDeviceOnVictimRequest?: boolean;
  readonly missingPerson?: boolean;
}

export interface AuthorityTest {
  readonly kinds: readonly AuthorityKind[];
  /** Given: one of these must have validated. */
  readonly validatedBy?: readonly AuthorityKind[];
  /** In an emergency the validation may follow. */
  readonly emergencyWithoutPriorValidation?: boolean;
  readonly expostValidationHours?: number;
  /** The channel; not tested. */
  readonly via?: string;
  readonly note?: string;
}

/** Regulation (EU) 2023/1543, Art 8. */
export interface Notification {
  readonly to: "ENFORCING_AUTHORITY";
  readonly when: "SIMULTANEOUS";
  /** The one exemption that the book knows; null: none. */
  readonly exemptIf: typeof notificationExemption | null;
  readonly suspensive: boolean;
  readonly emergencySuspensive: boolean;
}
export const notificationExemption = "offence in issuing state AND subject resides in issuing state";

/** Hours. */
export interface Deadlines {
  readonly normalHours: number | null;
  readonly emergencyHours: number | null;
  readonly enforcingAuthorityReviewHours?: number;
  readonly enforcingAuthorityEmergencyReviewHours?: number;
  readonly from?: string;
  readonly source?: string;
}

/** Persons that the rule does not reach. */
export interface SubjectRestrictions {
  readonly excludeNationality?: readonly string[];
  readonly excludePermanentResidentsOf?: readonly string[];
  readonly excludeLocatedIn?: readonly string[];
}
