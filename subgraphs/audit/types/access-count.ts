import { Field, Int, ObjectType } from "type-graphql";

/** Counts of field decisions in one group. */
@ObjectType("AccessCount", { simpleResolvers: true, description: "Field decisions, counted in one group." })
export class AccessCount {
  @Field(() => [String], {
    description: "One for each dimension, in the order asked for; NONE where a record has no such value.",
  })
  keys!: string[];

  @Field(() => Int)
  permitted!: number;

  @Field(() => Int)
  denied!: number;

  @Field(() => Int)
  operations!: number;

  @Field(() => Int)
  subjects!: number;
}
