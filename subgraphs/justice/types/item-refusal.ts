import { Field, ObjectType } from "type-graphql";
import type { Party } from "../../../schema/law/vocabulary.js";
import { PartyEnum } from "../../kit/enums.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import { type RefusalGround, RefusalGroundEnum } from "../refusal-grounds.js";

/** Why an item was refused, and by whom. */
@ObjectType("Refusal", { description: "Why an item was refused, and by whom." })
export class ItemRefusal {
  @Field(() => RefusalGroundEnum)
  ground!: RefusalGround;

  @Field(() => PartyEnum)
  by!: Party;

  @Field(() => String)
  reason!: string;

  @Field(() => GraphQLDateTime)
  at!: Date;
}
