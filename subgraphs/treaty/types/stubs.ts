import { Field, ID, ObjectType } from "type-graphql";
import { External, Inaccessible, Key } from "../../kit/directives.js";
import type { LegalQuestion } from "./legal-question.js";
import { LegalQuestion as LegalQuestionType } from "./legal-question.js";

/** Entities of other subgraphs: their key, and what treaty's own fields rest on. */

@Key("id", { resolvable: false })
@ObjectType("Establishment")
export class EstablishmentStub {
  @Field(() => ID)
  id!: string;
}

/** Audit's: one recorded decision, and what was put to the law when it was made. */
@Key("id question")
@ObjectType("ReplayedDecision")
export class ReplayedDecisionStub {
  @Field(() => ID)
  id!: string;

  @Inaccessible()
  @Field(() => String)
  question!: string;
}

@Key("id")
@ObjectType("WarrantItem")
export class WarrantItemStub {
  @Field(() => ID)
  id!: string;

  @External()
  @Field(() => LegalQuestionType)
  question!: LegalQuestion;
}
