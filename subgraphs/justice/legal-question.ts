import type { AuthorityKind, DataCategory } from "../../schema/law/vocabulary.js";
import type { Authority } from "./entities/authority.js";
import type { Case } from "./entities/case.js";
import type { Warrant } from "./entities/warrant.js";
import type { WarrantTarget } from "./entities/warrant-target.js";
import type { LegalQuestion } from "./types/legal-question.js";

export interface Asking {
  readonly warrant: Warrant;
  readonly case: Case;
  readonly authority: Authority;
  /** The kind that validated, or that reads the order in order to validate it; null: nobody. */
  readonly validatedBy: AuthorityKind | null;
  readonly at: Date;
}

/** What the law is asked about one target and category of a warrant, on the declared facts (rule book, evaluation point 13). */
export function legalQuestion(
  { warrant, case: inCase, authority, validatedBy, at }: Asking,
  target: WarrantTarget,
  category: DataCategory,
): LegalQuestion {
  const identifies = category === "SUBSCRIBER" || category === "USER_IDENTIFICATION";
  return {
    at,
    requesting: authority.country,
    authority: authority.kind,
    validatedBy,
    platform: warrant.platform,
    category,
    offenceCodes: inCase.offenceCodes,
    committedOnline: inCase.committedOnline,
    offenceCountry: inCase.offenceCountry,
    solePurposeIdentification: identifies && warrant.solePurposeIdentification,
    emergency: warrant.emergency,
    preservation: warrant.kind === "PRESERVATION",
    nationality: target.nationality,
    residence: target.residence,
    locatedIn: target.locatedIn,
    protectedRole: target.protectedRole,
  };
}
