import { Field, Int, ObjectType } from "type-graphql";
import type { ErasureGround } from "../../../schema/ledger/vocabulary.js";
import { ErasureGroundEnum } from "../words.js";

/** What the leaf of an erasure says; of whom, nobody can say any more. */
@ObjectType("Erasure", {
  simpleResolvers: true,
  description: "Somebody was erased from the log: the proofs stand, and the records name her no more.",
})
export class Erasure {
  @Field(() => ErasureGroundEnum)
  ground!: ErasureGround;

  @Field(() => Int, { description: "How many leaves named her." })
  leaves!: number;

  @Field(() => String, { nullable: true, description: "Who asked for it." })
  requestedBy!: string | null;

  @Field(() => String, { nullable: true, description: "Who confirmed it: somebody else." })
  confirmedBy!: string | null;
}
