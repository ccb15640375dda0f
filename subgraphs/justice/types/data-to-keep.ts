import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import { DataCategoryEnum } from "../../kit/enums.js";
import { GraphQLDateTime } from "../../kit/scalars.js";

@ObjectType("DataToKeep", {
  simpleResolvers: true,
  description: "What a platform must keep of one account, for one item of a preservation.",
})
export class DataToKeep {
  @Field(() => ID)
  warrantId!: string;

  @Field(() => ID)
  itemId!: string;

  @Field(() => ID)
  accountId!: string;

  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Of the data, half-open; null: all." })
  from!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  to!: Date | null;

  @Field(() => GraphQLDateTime, { description: "Not longer, as things stand." })
  until!: Date;
}

@InputType("DeletedInput", { description: "What became of the data that were preserved for one category." })
export class DeletedInput {
  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => Int, { description: "Rows deleted when the preservation was lifted." })
  deleted!: number;

  @Field(() => Int, { description: "Rows that the platform goes on keeping under its own retention." })
  kept!: number;
}
