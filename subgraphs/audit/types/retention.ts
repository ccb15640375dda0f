import { Field, ObjectType } from "type-graphql";
import { GraphQLSafeInt } from "../../kit/scalars.js";

/** What the leaf of an end of retention says. */
@ObjectType("Retention", {
  simpleResolvers: true,
  description: "Old leaves were taken away: their hashes stay in the tree, and proofs of them hold.",
})
export class Retention {
  @Field(() => GraphQLSafeInt, { description: "Leaves below this index are not there any more." })
  minimum!: number;

  @Field(() => String, { description: 'The last month that went, such as "2026-01" (UTC).' })
  through!: string;

  @Field(() => String, { nullable: true, description: "The operator who ended it." })
  by!: string | null;
}
