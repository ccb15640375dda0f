import { enumOf } from "../kit/enums.js";

/** The words of the warrant's life, each list closed. */

export {
  type DeadlineState,
  deadlineStates,
  type ObligationState,
  obligationStates,
  type WarrantStatus,
  warrantStatuses,
} from "../../schema/law/vocabulary.js";
export { DeadlineStateEnum, ObligationStateEnum, WarrantStatusEnum } from "../kit/enums.js";

export const itemStatuses = [
  "DRAFT",
  "ORDERED",
  "ACCEPTED",
  "HELD",
  "CONTESTED",
  "REFUSED",
  "NOT_HELD",
  "DISCLOSED",
  "LAPSED",
] as const;
export type ItemStatus = (typeof itemStatuses)[number];

export const targetKinds = ["ACCOUNT_ID", "HANDLE", "POST_URL", "EMAIL", "PHONE", "IP_ADDRESS"] as const;
export type TargetKind = (typeof targetKinds)[number];

export const targetResolutions = ["RESOLVED", "NOT_YET", "UNKNOWN", "AMBIGUOUS"] as const;
export type TargetResolution = (typeof targetResolutions)[number];

/** Why an item is not accepted by the provider's policy. */
export const reasonsForPerson = [
  "NOT_COVERED",
  "EMERGENCY",
  "HELD",
  "PROTECTED_ROLE",
  "NOT_RESOLVED",
  "NOT_DECLARED",
  "DECLARED_OTHERWISE",
  "FIRST_ORDER",
  "FIRST_WITH_KEY",
  "CONTESTED_BEFORE",
  "NOT_COMPULSORY",
  "NOT_AUTHENTIC",
  "PERSON",
] as const;
export type ReasonForPerson = (typeof reasonsForPerson)[number];

const orders = ["DEADLINE", "CHANGED", "ISSUED"] as const;
export type WarrantOrder = (typeof orders)[number];

export const warrantDimensions = [
  "COUNTRY",
  "AUTHORITY",
  "PLATFORM",
  "KIND",
  "CATEGORY",
  "EMERGENCY",
  "STATUS",
  "REFUSAL_GROUND",
  "MONTH",
] as const;
export type WarrantDimension = (typeof warrantDimensions)[number];

export const ItemStatusEnum: { readonly [word in ItemStatus]: word } = enumOf(
  "ItemStatus",
  itemStatuses,
  "Where one item of a warrant (target × category) stands.",
);
export const TargetKindEnum: { readonly [word in TargetKind]: word } = enumOf(
  "TargetKind",
  targetKinds,
  "By what a warrant names a person.",
);
export const TargetResolutionEnum: { readonly [word in TargetResolution]: word } = enumOf(
  "TargetResolution",
  targetResolutions,
  "Whether the platform knows the account that the target names.",
);
export const ReasonForPersonEnum: { readonly [word in ReasonForPerson]: word } = enumOf(
  "ReasonForPerson",
  reasonsForPerson,
  "Why an item is not accepted by the provider's policy. PERSON: a fact about the person is not known, is not what the order says, or protects her.",
);
export const WarrantOrderEnum: { readonly [word in WarrantOrder]: word } = enumOf(
  "WarrantOrder",
  orders,
  "DEADLINE: what is due first comes first, then what was answered in time, what has no deadline at the end. CHANGED: what changed last. ISSUED: what was issued last, drafts at the end.",
);
export const WarrantDimensionEnum: { readonly [word in WarrantDimension]: word } = enumOf(
  "WarrantDimension",
  warrantDimensions,
  "What orders are counted by. MONTH: in which they were issued, UTC. REFUSAL_GROUND: of items that were refused or are not held.",
);
