import { Field, Int, ObjectType } from "type-graphql";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import { DataCategoryEnum } from "../../kit/enums.js";

@ObjectType("ExpiredRows", {
  simpleResolvers: true,
  description: "What was older than the platform keeps it, of one category.",
})
export class ExpiredRows {
  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => Int)
  deleted!: number;

  @Field(() => Int, { description: "Kept, since a preservation asks for it." })
  preserved!: number;
}

@ObjectType("DeletionPayload", { simpleResolvers: true })
export class DeletionPayload {
  @Field(() => [ExpiredRows], { description: "By category, where the platform's retention has an end." })
  expired!: readonly ExpiredRows[];

  @Field(() => Int, { description: "Marks of preservations that nothing holds any more." })
  lifted!: number;
}
