import { registerEnumType } from "type-graphql";
import {
  type AuthorityKind,
  authorityKinds,
  type DataCategory,
  type DeadlineState,
  type DecisionCode,
  dataCategories,
  deadlineStates,
  decisionCodes,
  type Effect,
  effects,
  type NextStepKind,
  nextStepKinds,
  type ObligationKind,
  type ObligationState,
  obligationKinds,
  obligationStates,
  type Party,
  type ProtectedRole,
  parties,
  protectedRoles,
  type WarrantKind,
  type WarrantStatus,
  warrantKinds,
  warrantStatuses,
} from "../../schema/law/vocabulary.js";

/** A closed list of words as a GraphQL enum: each name is its own value. Register it once, and use the object as `@Field(() => TheEnum)`. */
export function enumOf<Word extends string>(
  name: string,
  words: readonly Word[],
  description: string,
): { readonly [word in Word]: word } {
  const members = Object.fromEntries(words.map((word) => [word, word])) as { readonly [word in Word]: word };
  registerEnumType(members, { name, description });
  return members;
}

export const DataCategoryEnum: { readonly [word in DataCategory]: word } = enumOf(
  "DataCategory",
  dataCategories,
  "A class of data: Regulation (EU) 2023/1543, Art 3(9)–(12).",
);
export const AuthorityKindEnum: { readonly [word in AuthorityKind]: word } = enumOf(
  "AuthorityKind",
  authorityKinds,
  "What an authority is, in the words of the instruments.",
);
export const ProtectedRoleEnum: { readonly [word in ProtectedRole]: word } = enumOf(
  "ProtectedRole",
  protectedRoles,
  "A role of the person that the law protects.",
);
export const EffectEnum: { readonly [word in Effect]: word } = enumOf(
  "Effect",
  effects,
  "What a decision comes to, in order of precedence. Only the first three disclose.",
);
export const DecisionCodeEnum: { readonly [word in DecisionCode]: word } = enumOf(
  "DecisionCode",
  decisionCodes,
  "The nearest obstacle, of the law or of the warrant and the principal.",
);
export const ObligationKindEnum: { readonly [word in ObligationKind]: word } = enumOf(
  "ObligationKind",
  obligationKinds,
  "A duty that comes with a decision.",
);
export const PartyEnum: { readonly [word in Party]: word } = enumOf("Party", parties, "Who acts, or owes.");
export const NextStepKindEnum: { readonly [word in NextStepKind]: word } = enumOf(
  "NextStepKind",
  nextStepKinds,
  "What the authority can do next.",
);
export const WarrantKindEnum: { readonly [word in WarrantKind]: word } = enumOf(
  "WarrantKind",
  warrantKinds,
  "In the words of the Regulation: European Production Order (EPOC), European Preservation Order (EPOC-PR).",
);
export const WarrantStatusEnum: { readonly [word in WarrantStatus]: word } = enumOf(
  "WarrantStatus",
  warrantStatuses,
  "Where a warrant stands. Only ACCEPTED discloses.",
);
export const DeadlineStateEnum: { readonly [word in DeadlineState]: word } = enumOf(
  "DeadlineState",
  deadlineStates,
  "Where the provider's deadline stands. OVERDUE: an item waits, or was settled, after it. MET: everything was settled in time.",
);
export const ObligationStateEnum: { readonly [word in ObligationState]: word } = enumOf(
  "ObligationState",
  obligationStates,
  "Where a duty stands. MISSED: it was not done when it was due; it can still be done.",
);
