import { Field, Int, ObjectType } from "type-graphql";

@ObjectType("PreservationTime", { simpleResolvers: true, description: "For how long a rule has data preserved." })
export class PreservationTime {
  @Field(() => Int)
  days!: number;

  @Field(() => Int, { nullable: true, description: "Days by which it is extended, once; null: it is not." })
  extensionDays!: number | null;
}
