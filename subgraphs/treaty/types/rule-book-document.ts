import { Field, ObjectType } from "type-graphql";
import { Inaccessible } from "../../kit/directives.js";

@Inaccessible()
@ObjectType("RuleBookDocument")
export class RuleBookDocument {
  @Field(() => String)
  hash!: string;

  @Field(() => String, { nullable: true, description: "The JSON text; null where the asker holds it already." })
  document!: string | null;
}
