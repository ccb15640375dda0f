import { Field, ID, ObjectType } from "type-graphql";
import { Key } from "../../kit/directives.js";

/** Entities of other subgraphs, by their key alone. */

@Key("code", { resolvable: false })
@ObjectType("Offence")
export class OffenceStub {
  @Field(() => String)
  code!: string;
}

@Key("id", { resolvable: false })
@ObjectType("Post")
export class PostStub {
  @Field(() => ID)
  id!: string;
}

@Key("id", { resolvable: false })
@ObjectType("Rule")
export class RuleStub {
  @Field(() => ID)
  id!: string;
}
