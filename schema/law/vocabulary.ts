/** The words of the law, each list closed. They are the GraphQL enums of the public API and the vocabularies of the rule book. */

export const dataCategories = ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"] as const;
/** A class of data; Regulation (EU) 2023/1543, Art 3(9)–(12). */
export type DataCategory = (typeof dataCategories)[number];

export const authorityKinds = [
  "JUDGE",
  "COURT",
  "INVESTIGATING_JUDGE",
  "PUBLIC_PROSECUTOR",
  "OTHER_INVESTIGATING_AUTHORITY",
  "POLICE",
  "GRAND_JURY",
  "ADMINISTRATIVE_AUTHORITY",
  "CENTRAL_AUTHORITY",
  "DESIGNATED_AUTHORITY",
  "ENFORCING_AUTHORITY",
  "CONTACT_POINT_24_7",
] as const;
export type AuthorityKind = (typeof authorityKinds)[number];

export const protectedRoles = ["JOURNALIST", "LAWYER", "DOCTOR", "PARLIAMENTARIAN", "DIPLOMAT", "OTHER"] as const;
export type ProtectedRole = (typeof protectedRoles)[number];

export const effects = [
  "PERMIT_COMPULSORY",
  "PERMIT_EMERGENCY",
  "PERMIT_VOLUNTARY",
  "PERMIT_PRESERVATION",
  "MLA_ONLY",
  "DENY",
] as const;
/** What a decision comes to, in order of precedence. Only the first three disclose. */
export type Effect = (typeof effects)[number];

export const ruleEffects = [
  ...effects,
  "PERMIT_COMPULSORY_NATIONAL",
  "FORMALITY",
  "PROVIDER_MUST_REPORT",
  "NATIONAL_PRECONDITION",
] as const;
/** Every effect that a rule may carry, in order of precedence (`precedence.ts`); those that are not an `Effect` never permit by themselves. */
export type RuleEffect = (typeof ruleEffects)[number];

export const lawCodes = [
  "PERMITTED",
  "OFFENCE_BELOW_THRESHOLD",
  "OFFENCE_NOT_LISTED",
  "AUTHORITY_NOT_COMPETENT",
  "VALIDATION_MISSING",
  "PERSON_CONDITION",
  "NATIONAL_PRECONDITION",
  "NOT_IN_FORCE",
  "REVIEW_BY_PERSON",
  "NO_ROUTE",
] as const;
/** The codes that the law itself can give. */
export type LawCode = (typeof lawCodes)[number];

export const accessCodes = [
  "WARRANT_REQUIRED",
  "WARRANT_NOT_USABLE",
  "SUBJECT_NOT_NAMED",
  "CATEGORY_NOT_ORDERED",
  "HELD",
  "ROLE",
] as const;
/** The codes that only the door gives: about the warrant and the principal. */
export type AccessCode = (typeof accessCodes)[number];

export const decisionCodes = [...lawCodes, ...accessCodes] as const;
export type DecisionCode = LawCode | AccessCode;

export const obligationKinds = [
  "NOTIFY_ENFORCING_AUTHORITY",
  "HOLD",
  "INFORM_USER",
  "ASK_BEFORE_USE",
  "VALIDATE_AFTERWARDS",
  "CHECK_IMMUNITY",
  "REVIEW_EMERGENCY",
  "DELETE",
  "REPORT",
] as const;
export type ObligationKind = (typeof obligationKinds)[number];

export const obligationStates = ["OPEN", "DONE", "DEFERRED", "MISSED"] as const;
export type ObligationState = (typeof obligationStates)[number];

export const deadlineStates = ["RUNNING", "SUSPENDED", "OVERDUE", "MET"] as const;
export type DeadlineState = (typeof deadlineStates)[number];

export const parties = [
  "ISSUING_AUTHORITY",
  "VALIDATING_AUTHORITY",
  "ENFORCING_AUTHORITY",
  "CENTRAL_AUTHORITY",
  "PROVIDER",
] as const;
export type Party = (typeof parties)[number];

export const nextStepKinds = [
  "CORRECT_WARRANT",
  "ASK_VALIDATION",
  "ASK_FEWER_CATEGORIES",
  "PRESERVE_NOW",
  "MUTUAL_LEGAL_ASSISTANCE",
  "ASK_PERSON_AT_PROVIDER",
  "WAIT_FOR_HOLD",
] as const;
export type NextStepKind = (typeof nextStepKinds)[number];

export const warrantKinds = ["PRODUCTION", "PRESERVATION"] as const;
export type WarrantKind = (typeof warrantKinds)[number];

export const warrantStatuses = [
  "DRAFT",
  "AWAITING_VALIDATION",
  "ISSUED",
  "ACCEPTED",
  "CONTESTED",
  "REFUSED",
  "FULFILLED",
  "REVOKED",
  "EXPIRED",
] as const;
/** Where a warrant stands. Only ACCEPTED discloses. */
export type WarrantStatus = (typeof warrantStatuses)[number];
