import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import { Inaccessible } from "../../kit/directives.js";
import { DataCategoryEnum } from "../../kit/enums.js";
import { GraphQLCountryCode } from "../../kit/scalars.js";
import { AcceptancePolicy } from "../entities/acceptance-policy.js";
import { type ReasonForPerson, ReasonForPersonEnum } from "../words.js";
import { UserError } from "./user-error.js";

@InputType("AcceptedCategoryInput")
export class AcceptedCategoryInput {
  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => [GraphQLCountryCode], { description: "Of the issuing authorities." })
  countries!: string[];
}

@InputType("AcceptancePolicyInput")
export class AcceptancePolicyInput {
  @Field(() => Int, {
    description: "The version she read, 0 where there was none; another one in force is a CONFLICT.",
  })
  replaces!: number;

  @Field(() => [AcceptedCategoryInput], { description: "Empty: nothing is accepted without a person." })
  allows!: AcceptedCategoryInput[];

  @Field(() => Int)
  earliestMinutes!: number;

  @Field(() => Int, {
    description: "At least an hour after `earliestMinutes`, so that the moment of an acceptance says nothing.",
  })
  latestMinutes!: number;
}

@ObjectType("AcceptancePolicyPayload")
export class AcceptancePolicyPayload {
  @Field(() => AcceptancePolicy, { nullable: true })
  policy!: AcceptancePolicy | null;

  @Field(() => [UserError], { description: "Not empty: nothing changed." })
  userErrors!: UserError[];
}

@ObjectType("ForPerson", { description: "Why a person at the provider decides about an item, and what she can do." })
export class ForPerson {
  @Field(() => ReasonForPersonEnum)
  reason!: ReasonForPerson;

  @Field(() => String)
  text!: string;
}

@Inaccessible()
@ObjectType("DueAcceptance", { description: "Items of a warrant whose moment has come." })
export class DueAcceptance {
  @Field(() => ID)
  warrantId!: string;

  @Field(() => [ID])
  itemIds!: string[];
}

@Inaccessible()
@InputType("JudgedItemInput")
export class JudgedItemInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ReasonForPersonEnum, {
    nullable: true,
    description: "Null: nothing that the gateway sees asks for a person.",
  })
  forPerson?: ReasonForPerson | null;
}
