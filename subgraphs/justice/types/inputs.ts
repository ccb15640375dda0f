import { Field, ID, InputType } from "type-graphql";
import type { DataCategory, ObligationKind, ProtectedRole, WarrantKind } from "../../../schema/law/vocabulary.js";
import { Public } from "../../kit/directives.js";
import { DataCategoryEnum, ObligationKindEnum, ProtectedRoleEnum, WarrantKindEnum } from "../../kit/enums.js";
import { GraphQLCountryCode, GraphQLDateTime } from "../../kit/scalars.js";
import { type RefusalGround, RefusalGroundEnum } from "../refusal-grounds.js";
import {
  type DeadlineState,
  DeadlineStateEnum,
  type ItemStatus,
  ItemStatusEnum,
  type ObligationState,
  ObligationStateEnum,
  type TargetKind,
  TargetKindEnum,
  type WarrantStatus,
  WarrantStatusEnum,
} from "../words.js";

@InputType("OpenCaseInput")
export class OpenCaseInput {
  @Field(() => String)
  reference!: string;

  @Field(() => [String])
  offenceCodes!: string[];

  @Field(() => Boolean)
  committedOnline!: boolean;

  @Field(() => GraphQLCountryCode, { nullable: true })
  offenceCountry?: string | null;

  @Field(() => [ID], { nullable: true })
  postIds?: string[] | null;
}

@InputType("SubjectFacts")
export class SubjectFactsInput {
  @Field(() => GraphQLCountryCode, { nullable: true })
  nationality?: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  residence?: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  locatedIn?: string | null;

  @Field(() => ProtectedRoleEnum, { nullable: true })
  protectedRole?: ProtectedRole | null;

  @Field(() => String, { nullable: true })
  grounds?: string | null;
}

@InputType("TargetInput")
export class TargetInput {
  @Public(
    "The kind of an identifier, not the identifier: who stands behind it is told by the searches alone, at the door.",
  )
  @Field(() => TargetKindEnum)
  kind!: TargetKind;

  @Field(() => String)
  value!: string;

  @Field(() => GraphQLDateTime, { nullable: true })
  at?: Date | null;

  @Field(() => SubjectFactsInput, { nullable: true })
  believed?: SubjectFactsInput | null;
}

@InputType("PeriodInput")
export class PeriodInput {
  @Field(() => GraphQLDateTime)
  from!: Date;

  @Field(() => GraphQLDateTime)
  to!: Date;
}

@InputType("DraftWarrantInput")
export class DraftWarrantInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => WarrantKindEnum, { defaultValue: "PRODUCTION" })
  kind!: WarrantKind;

  @Field(() => String)
  platform!: string;

  @Field(() => [DataCategoryEnum])
  categories!: DataCategory[];

  @Field(() => [TargetInput])
  targets!: TargetInput[];

  @Field(() => PeriodInput, { nullable: true })
  period?: PeriodInput | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  expiresAt?: Date | null;

  @Field(() => Boolean, { defaultValue: false })
  solePurposeIdentification!: boolean;

  @Field(() => Boolean, { defaultValue: false })
  emergency!: boolean;

  @Field(() => String, { nullable: true })
  emergencyGround?: string | null;

  @Field(() => String, { nullable: true, description: "Why these data are needed. The provider reads its hash alone." })
  necessity?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The preservation of your authority that this production order follows.",
  })
  preserves?: string | null;

  @Field(() => ID, { nullable: true, description: "The earlier warrant that this one is to replace." })
  replaces?: string | null;
}

@InputType("IssueWarrantInput")
export class IssueWarrantInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: "Of the text she read; another one is a CONFLICT." })
  contentHash!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Detached JWS over the bytes of canonicalContent, by a registered key; needed where the authority has any.",
  })
  signature?: string | null;
}

@InputType("AnswerOrderInput")
export class AnswerOrderInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: "Of the text she read; another one is a CONFLICT." })
  contentHash!: string;

  @Field(() => [ID], { nullable: true, description: "Null: all that are open." })
  itemIds?: string[] | null;
}

@InputType("ContestInput")
export class ContestInput {
  @Field(() => ID)
  id!: string;

  @Field(() => [ID], { nullable: true, description: "Null: all that are open." })
  itemIds?: string[] | null;

  @Field(() => RefusalGroundEnum)
  ground!: RefusalGround;

  @Field(() => String)
  text!: string;
}

@InputType("WarrantFilter")
export class WarrantFilter {
  @Field(() => [WarrantStatusEnum], { nullable: true })
  status?: WarrantStatus[] | null;

  @Field(() => [ItemStatusEnum], { nullable: true })
  itemStatus?: ItemStatus[] | null;

  @Field(() => String, { nullable: true })
  platform?: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  country?: string | null;

  @Field(() => ID, { nullable: true })
  authorityId?: string | null;

  @Field(() => ID, { nullable: true })
  caseId?: string | null;

  @Field(() => Boolean, { nullable: true })
  emergency?: boolean | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  deadlineBefore?: Date | null;

  @Field(() => DeadlineStateEnum, { nullable: true })
  deadlineState?: DeadlineState | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  changedSince?: Date | null;
}

@InputType("ObligationFilter")
export class ObligationFilter {
  @Field(() => ID, { nullable: true })
  warrantId?: string | null;

  @Field(() => [ObligationKindEnum], { nullable: true })
  kind?: ObligationKind[] | null;

  @Field(() => [ObligationStateEnum], { nullable: true })
  state?: ObligationState[] | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  dueBefore?: Date | null;

  @Field(() => GraphQLCountryCode, { nullable: true, description: "Of the issuing authority." })
  country?: string | null;

  @Field(() => String, { nullable: true })
  platform?: string | null;
}
