import type { AuthorityKind, DataCategory, ProtectedRole } from "./vocabulary.js";

/** Facts about a person that a rule may test. Null or absent: not known. */
export interface SubjectFacts {
  readonly nationality?: string | null;
  readonly residence?: string | null;
  readonly locatedIn?: string | null;
  readonly protectedRole?: ProtectedRole | null;
}

/**
 * Where the facts about the person come from. DECLARED by the issuing authority: an unknown fact excludes nothing (previews, issue).
 * KNOWN to the platform (the door): an unknown fact that a rule tests is a condition not met. (Rule book, evaluation point 4.)
 */
export type FactsBasis = "DECLARED" | "KNOWN";

/** One question to the law: one category, one offence, one person, one moment. Everything that `decide` may look at. */
export interface Question {
  /** Instant, RFC 3339 UTC. Rules see the calendar date of the requesting state's capital. */
  readonly at: string;
  /** ISO 3166-1 alpha-2. */
  readonly requesting: string;
  readonly authority: AuthorityKind;
  readonly validatedBy: AuthorityKind | null;
  readonly providerCountry: string;
  readonly platform: string;
  readonly category: DataCategory;
  readonly offenceCategory: string;
  /** Maximum custodial years in the requesting state; null: unknown, which meets no threshold. */
  readonly maxCustodialYears: number | null;
  readonly committedOnline: boolean;
  /** Where the offence was committed; null: unknown. */
  readonly offenceCountry: string | null;
  readonly solePurposeIdentification: boolean;
  readonly emergency: boolean;
  readonly preservation: boolean;
  readonly subject: SubjectFacts;
  readonly factsBasis: FactsBasis;
}
