import { Field, ID, ObjectType } from "type-graphql";
import type { HoldAct, HoldGround } from "../../../schema/ledger/vocabulary.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import { HoldActEnum, HoldGroundEnum } from "../words.js";

/** What the leaf of a legal hold says. */
@ObjectType("LegalHold", {
  description:
    "A legal hold was placed or lifted: what it is on is neither erased nor past retention from the one to the other. On a warrant, on a case, or on a time.",
})
export class Hold {
  @Field(() => ID, { description: "The same when it is placed and when it is lifted." })
  id!: string;

  @Field(() => HoldActEnum)
  act!: HoldAct;

  @Field(() => HoldGroundEnum)
  ground!: HoldGround;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Records from here on." })
  from!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Records before." })
  to!: Date | null;

  @Field(() => String, { nullable: true, description: "The operator who answers for it." })
  by!: string | null;

  warrantId!: string | null;
  caseId!: string | null;
}
