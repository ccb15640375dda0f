import { Field, ID, Int, ObjectType } from "type-graphql";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import { Key } from "../../kit/directives.js";
import { DataCategoryEnum } from "../../kit/enums.js";
import { GraphQLCountryCode } from "../../kit/scalars.js";

@Key("id")
@ObjectType("Establishment", { simpleResolvers: true, description: "A place of the provider that answers orders." })
export class Establishment {
  @Field(() => ID)
  id!: string;

  @Field(() => GraphQLCountryCode)
  country!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [GraphQLCountryCode], { description: "Empty: everybody whom no other establishment serves." })
  servesResidentsOf!: readonly string[];

  @Field(() => [String])
  languages!: readonly string[];

  @Field(() => Boolean, { description: "Whether a public source says so." })
  confirmed!: boolean;
}

@ObjectType("Holding", { simpleResolvers: true, description: "What the provider keeps of a category, and how long." })
export class Holding {
  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => [String], { description: "Schema coordinates." })
  fields!: readonly string[];

  @Field(() => Int, { nullable: true, description: "Null: as long as the account exists." })
  retentionDays!: number | null;
}

@ObjectType("Platform", {
  simpleResolvers: true,
  description: "Whom to address, in which state, what is kept and how long.",
})
export class Platform {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [Establishment])
  establishments!: readonly Establishment[];

  @Field(() => [Holding])
  holds!: readonly Holding[];
}
