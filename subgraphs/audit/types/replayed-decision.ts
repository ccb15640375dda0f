import { Field, ID, ObjectType } from "type-graphql";
import { Inaccessible, Key } from "../../kit/directives.js";
import { FieldAccess } from "../entities/field-access.js";

/** One recorded decision, put to the law again; the decisions themselves are treaty's, which reads the question from here. */
@Key("id question", { resolvable: false })
@ObjectType("ReplayedDecision", {
  simpleResolvers: true,
  description: "One recorded decision, and the same question put to the rule book of that day and to today's.",
})
export class ReplayedDecision {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: "Schema coordinate." })
  field!: string;

  @Field(() => FieldAccess)
  recorded!: FieldAccess;

  /** What was put to the law, or nothing: it may hold facts about the person, and goes to treaty alone. */
  @Inaccessible()
  @Field(() => String)
  question!: string;

  @Field(() => Boolean, {
    description: "Whether the two books come to different decisions: permitted, effect, code or rule.",
  })
  differs!: boolean;

  @Field(() => Boolean, {
    description: "The person was erased, and with her what the decision was made on: nothing can be replayed.",
  })
  erased!: boolean;
}
