import type { Rule } from "./rule.js";
import type { DataCategory } from "./vocabulary.js";

/**
 * The law as data: one immutable document, read whole or refused whole (`parseRuleBook`), named by its hash. Nothing in here decides; `decide` reads it.
 * Dates are calendar dates (YYYY-MM-DD) of the requesting state's capital; a start is inclusive, an end exclusive.
 */
export interface RuleBook extends RuleBookDocument {
  /** SHA-256 (hex) of the document's canonical JSON, RFC 8785. */
  readonly hash: string;
}

/** The rule book as it is written, imported and hashed. */
export interface RuleBookDocument {
  readonly version: string;
  readonly asOf: string;
  readonly disclaimer: string;
  readonly knownGaps: readonly string[];
  readonly sources: readonly Source[];
  readonly countries: readonly Country[];
  readonly offences: { readonly categories: readonly OffenceCategory[]; readonly national: readonly Offence[] };
  readonly platforms: readonly Platform[];
  readonly instruments: readonly Instrument[];
  readonly rules: readonly Rule[];
  readonly judiciaryModel: JudiciaryModel;
}

/** Where a statement of the book comes from. */
export interface Source {
  readonly id: string;
  readonly what: string;
  readonly locator?: string;
  readonly url?: string;
  /** False: recalled by the writer, not seen in a stored text. */
  readonly confirmed: boolean;
}

/** A state and its dated memberships. A state that is not in the book is no country for `decide`. */
export interface Country {
  readonly alpha2: string;
  readonly alpha3: string;
  readonly name: string;
  /** IANA time zone of the capital: the calendar of every date that this state's requests are measured by. */
  readonly timeZone: string;
  readonly euMember: boolean;
  /** First day on which it was no longer a member. */
  readonly euMemberUntil?: string;
  readonly boundByEEvidence: { readonly bound: boolean; readonly from: string | null; readonly confirmed: boolean };
  readonly budapest: {
    readonly party: boolean;
    readonly signedOn?: string;
    readonly inForceFrom: string | null;
    readonly confirmed: boolean;
    readonly source?: string;
    readonly note?: string;
  };
  readonly cets224: {
    readonly status: "NONE" | "SIGNED" | "RATIFIED";
    readonly signedOn: string | null;
    readonly ratifiedOn: string | null;
    readonly confirmed: boolean;
    readonly asOf: string;
  };
  readonly cloudAct: {
    readonly status: "NONE" | "NEGOTIATING" | "NEGOTIATING_VIA_EU" | "IN_FORCE" | "HOST";
    readonly instrument?: string;
    readonly inForceFrom?: string;
    readonly since?: string;
    readonly confirmed: boolean;
    readonly note?: string;
  };
  readonly judiciary: {
    readonly wjp2020: JudiciaryFigures | null;
    readonly confirmed: boolean;
    readonly article7Teu?: {
      readonly openedOn: string;
      readonly closedOn: string | null;
      readonly confirmed: boolean;
      readonly note?: string;
    };
  };
}

/** Figures of the World Justice Project for 2020, 0 to 1, high is better. */
export interface JudiciaryFigures {
  readonly overall: number;
  readonly sf1_2: number;
  readonly sf7_4: number;
  readonly sf8_6: number;
}

export interface OffenceCategory {
  readonly code: string;
  readonly label: string;
  /** Number in Annex IV of Regulation (EU) 2023/1543; null: not in it. */
  readonly eEvidenceAnnexIV: number | null;
}

/** An offence of one state, or of "*": the only place where a maximum sentence comes from. */
export interface Offence {
  readonly country: string;
  readonly code: string;
  readonly label: string;
  readonly category: string;
  readonly maxCustodialYears: number;
  /** Ids of sources, or words where the source has no entry. */
  readonly citation: readonly string[];
  readonly confirmed: boolean;
}

export interface Platform {
  readonly code: string;
  readonly name: string;
  readonly establishments: readonly Establishment[];
  readonly holds: readonly {
    readonly category: DataCategory;
    readonly fields: readonly string[];
    readonly retentionDays: number | null;
  }[];
  /** MANUAL: a person accepts every order. */
  readonly acceptance: "MANUAL";
  /** The provider's own line for voluntary requests; null: it has set none. */
  readonly judiciaryPolicy: JudiciaryPolicy | null;
  readonly note?: string;
}

export interface Establishment {
  readonly id: string;
  readonly country: string;
  readonly name: string;
  /** Country patterns; a country named outright goes before "*". */
  readonly servesResidentsOf: readonly string[];
  readonly languages: readonly string[];
  readonly confirmed: boolean;
}

/** From which value on a provider answers voluntary requests without asking a person first. */
export interface JudiciaryPolicy {
  readonly metric: string;
  readonly line: number;
  readonly since: string;
  readonly overrides?: readonly JudiciaryOverride[];
}

/** A state let through by hand: dated, reasoned, signed by two officers. */
export interface JudiciaryOverride {
  readonly country: string;
  readonly from: string;
  readonly until: string | null;
  readonly officers: readonly string[];
  readonly reason: string;
}

export interface JudiciaryModel {
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly indicators: readonly JudiciaryIndicator[];
  /** The gateway's own line, where the provider has set none. */
  readonly proposedPolicy: {
    readonly confirmed: boolean;
    readonly basis: string;
    readonly metric: string;
    readonly bands: readonly { readonly state: JudiciaryState; readonly min: number }[];
    /** The state of a country without figures; never ESTABLISHED. */
    readonly missing: Exclude<JudiciaryState, "ESTABLISHED">;
    readonly overrides: string;
  };
  readonly valuesLocation: string;
  readonly publication: string;
}

export const judiciaryStates = ["ESTABLISHED", "REVIEW", "NOT_ESTABLISHED"] as const;
export type JudiciaryState = (typeof judiciaryStates)[number];

/** The one metric that the book's figures can answer: the lesser of two figures of the World Justice Project. */
export const judiciaryMetric = "min(WJP-1.2, WJP-8.6)";

export interface JudiciaryIndicator {
  readonly id: string;
  readonly source: string;
  readonly label: string;
  readonly scale: string;
  readonly years?: string;
  readonly values?: string;
}

export const instrumentKinds = [
  "PROVIDER_POLICY",
  "MLAT",
  "NATIONAL_LAW",
  "EXECUTIVE_AGREEMENT",
  "EU_REGULATION",
  "EU_DIRECTIVE",
  "MULTILATERAL_TREATY",
  "GATEWAY_POLICY",
] as const;
export type InstrumentKind = (typeof instrumentKinds)[number];

/** A treaty, a law or a policy: what a rule is taken from. */
export interface Instrument {
  readonly id: string;
  readonly name: string;
  readonly kind: InstrumentKind;
  /** Country patterns, or "platform:CODE". */
  readonly parties: readonly string[];
  readonly inForceFrom: string | null;
  readonly inForceTo: string | null;
  readonly citation: readonly string[];
  readonly confirmed: boolean;
  readonly note?: string;
  readonly signedOn?: string;
  readonly adoptedOn?: string;
  readonly enteredIntoForce?: string;
}

/** Groups of states; who is in one, and since when, stands in the entry of each country. NONE has no member. */
export const countryGroups = ["EU27", "EU_EEVIDENCE", "BUDAPEST", "CETS224_RATIFIED", "NONE"] as const;
export type CountryGroup = (typeof countryGroups)[number];
