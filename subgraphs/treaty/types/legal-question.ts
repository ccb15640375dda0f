import { Field, ObjectType } from "type-graphql";
import type { AuthorityKind, DataCategory, ProtectedRole } from "../../../schema/law/vocabulary.js";
import { Inaccessible, Shareable } from "../../kit/directives.js";
import { AuthorityKindEnum, DataCategoryEnum, ProtectedRoleEnum } from "../../kit/enums.js";
import { GraphQLCountryCode, GraphQLDateTime } from "../../kit/scalars.js";

/** One target and category of a warrant, as the justice subgraph puts it to the law: one question for each offence code, on the declared facts. */
@Inaccessible()
@Shareable()
@ObjectType("LegalQuestion")
export class LegalQuestion {
  /** Text when it comes with a representation. */
  @Field(() => GraphQLDateTime)
  at!: Date | string;

  @Field(() => GraphQLCountryCode)
  requesting!: string;

  @Field(() => AuthorityKindEnum)
  authority!: AuthorityKind;

  @Field(() => AuthorityKindEnum, { nullable: true })
  validatedBy!: AuthorityKind | null;

  @Field(() => String)
  platform!: string;

  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => [String])
  offenceCodes!: readonly string[];

  @Field(() => Boolean)
  committedOnline!: boolean;

  @Field(() => GraphQLCountryCode, { nullable: true })
  offenceCountry!: string | null;

  @Field(() => Boolean)
  solePurposeIdentification!: boolean;

  @Field(() => Boolean)
  emergency!: boolean;

  @Field(() => Boolean)
  preservation!: boolean;

  @Field(() => GraphQLCountryCode, { nullable: true })
  nationality!: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  residence!: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  locatedIn!: string | null;

  @Field(() => ProtectedRoleEnum, { nullable: true })
  protectedRole!: ProtectedRole | null;
}

/** Every member, as a federated field set. */
export const legalQuestionFields =
  "at requesting authority validatedBy platform category offenceCodes committedOnline offenceCountry solePurposeIdentification emergency preservation nationality residence locatedIn protectedRole";
