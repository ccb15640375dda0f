import { Field, ID, ObjectType } from "type-graphql";
import { GraphQLURL } from "../../kit/scalars.js";

@ObjectType("Citation", { description: "Where a statement of the law comes from." })
export class Citation {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true, description: "Article, section, page." })
  locator!: string | null;

  @Field(() => GraphQLURL, { nullable: true })
  url!: string | null;

  @Field(() => Boolean, { description: "False: recalled by the writers, not seen in a stored text." })
  confirmed!: boolean;
}
