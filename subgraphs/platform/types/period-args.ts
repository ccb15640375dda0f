import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "../../kit/connection.js";
import { GraphQLDateTime } from "../../kit/scalars.js";

/** A page of rows from a stretch of time, half-open. */
@ArgsType()
export class PeriodArgs extends PageArgs {
  @Field(() => GraphQLDateTime, { nullable: true, description: "From this moment on." })
  from?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Before this moment." })
  to?: Date | null;
}
