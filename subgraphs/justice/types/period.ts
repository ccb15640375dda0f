import { Field, ObjectType } from "type-graphql";
import { GraphQLDateTime } from "../../kit/scalars.js";

/** Of the data asked for: half-open, UTC. */
@ObjectType("Period", { description: "Half-open, UTC: `from` belongs to it, `to` does not." })
export class Period {
  @Field(() => GraphQLDateTime)
  from!: Date;

  @Field(() => GraphQLDateTime)
  to!: Date;
}
