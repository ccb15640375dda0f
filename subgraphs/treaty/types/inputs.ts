import { Field, Float, ID, InputType } from "type-graphql";
import type { AuthorityKind, DataCategory, ProtectedRole, WarrantKind } from "../../../schema/law/vocabulary.js";
import { AuthorityKindEnum, DataCategoryEnum, ProtectedRoleEnum, WarrantKindEnum } from "../../kit/enums.js";
import { GraphQLCountryCode, GraphQLDateTime } from "../../kit/scalars.js";

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

@InputType("Question", { description: "Null Booleans are false; `at` null is now." })
export class QuestionInput {
  @Field(() => GraphQLDateTime, { nullable: true })
  at?: Date | null;

  @Field(() => GraphQLCountryCode)
  requesting!: string;

  @Field(() => AuthorityKindEnum)
  authority!: AuthorityKind;

  @Field(() => AuthorityKindEnum, { nullable: true })
  validatedBy?: AuthorityKind | null;

  @Field(() => GraphQLCountryCode)
  providerCountry!: string;

  @Field(() => String)
  platform!: string;

  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => String)
  offenceCategory!: string;

  @Field(() => Float)
  maxCustodialYears!: number;

  @Field(() => Boolean, { nullable: true })
  committedOnline?: boolean | null;

  @Field(() => GraphQLCountryCode, { nullable: true, description: "Where the offence was committed." })
  offenceCountry?: string | null;

  @Field(() => Boolean, { nullable: true })
  solePurposeIdentification?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  emergency?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  preservation?: boolean | null;

  @Field(() => SubjectFactsInput, { nullable: true })
  subject?: SubjectFactsInput | null;
}

@InputType("PreviewInput", {
  description:
    "What the authority would order. Her kind and country come from the register, the offence's penalty from the table.",
})
export class PreviewInput {
  @Field(() => ID, {
    nullable: true,
    description: "Its offences, their place and manner, where the input does not give them.",
  })
  caseId?: string | null;

  @Field(() => [String], { nullable: true })
  offenceCodes?: string[] | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  committedOnline?: boolean | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  offenceCountry?: string | null;

  @Field(() => String)
  platform!: string;

  @Field(() => [DataCategoryEnum])
  categories!: DataCategory[];

  @Field(() => SubjectFactsInput, { nullable: true })
  believed?: SubjectFactsInput | null;

  @Field(() => WarrantKindEnum, { defaultValue: "PRODUCTION" })
  kind!: WarrantKind;

  @Field(() => Boolean, { defaultValue: false })
  emergency!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: "Said of SUBSCRIBER and USER_IDENTIFICATION.",
  })
  solePurposeIdentification?: boolean | null;

  @Field(() => AuthorityKindEnum, { nullable: true, description: "As if an authority of this kind had validated it." })
  validatedBy?: AuthorityKind | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  at?: Date | null;
}
