import { Field, ID, ObjectType } from "type-graphql";
import { External, Key } from "../../kit/directives.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
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

  @External()
  @Field(() => GraphQLDateTime, { nullable: true })
  orderedAt!: Date | string | null;
}

@Key("id")
@ObjectType("Warrant")
export class WarrantStub {
  @Field(() => ID)
  id!: string;

  @External()
  @Field(() => GraphQLDateTime, { nullable: true })
  issuedAt!: Date | string | null;

  @External()
  @Field(() => [LegalQuestionType])
  legalQuestions!: readonly LegalQuestion[];
}
