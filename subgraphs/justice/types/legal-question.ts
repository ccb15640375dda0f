import { Field, ObjectType } from "type-graphql";
import type { AuthorityKind, DataCategory, ProtectedRole } from "../../../schema/law/vocabulary.js";
import { Inaccessible, Shareable } from "../../kit/directives.js";
import { AuthorityKindEnum, DataCategoryEnum, ProtectedRoleEnum } from "../../kit/enums.js";
import { GraphQLCountryCode, GraphQLDateTime } from "../../kit/scalars.js";

/**
 * What the treaty subgraph needs to decide one item, on the declared facts: one question for each offence code. It finds the offences'
 * penalties and the provider's country itself.
 */
@Inaccessible()
@Shareable()
@ObjectType("LegalQuestion")
export class LegalQuestion {
  @Field(() => GraphQLDateTime)
  at!: Date;

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
  offenceCodes!: string[];

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
