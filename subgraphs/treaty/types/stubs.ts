import { Field, ID, ObjectType } from "type-graphql";
import { External, Key } from "../../kit/directives.js";
import type { LegalQuestion } from "./legal-question.js";
import { LegalQuestion as LegalQuestionType } from "./legal-question.js";

/** Entities of other subgraphs: their key, and what treaty's own fields rest on. */

@Key("id", { resolvable: false })
@ObjectType("Establishment")
export class EstablishmentStub {
  @Field(() => ID)
  id!: string;
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
