import { Field, ID, InputType } from "type-graphql";
import { GraphQLDateTime, GraphQLURL } from "../../kit/scalars.js";

@InputType("PostFilter", { description: "All that are given must hold." })
export class PostFilter {
  @Field(() => [ID], { nullable: true })
  ids?: string[] | null;

  @Field(() => [GraphQLURL], { nullable: true })
  urls?: URL[] | null;

  @Field(() => ID, { nullable: true })
  authorId?: string | null;

  @Field(() => String, { nullable: true, description: "Code of the platform of the author." })
  platform?: string | null;

  @Field(() => String, { nullable: true })
  language?: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "From this moment on." })
  publishedFrom?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Before this moment." })
  publishedTo?: Date | null;
}
