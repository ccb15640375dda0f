import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Requires } from "../../kit/directives.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { answerQuestion } from "../answer-question.js";
import { currentBook } from "../rule-books.js";
import { Decision } from "../types/decision.js";
import { legalQuestionFields } from "../types/legal-question.js";
import { WarrantItemStub } from "../types/stubs.js";
import { viewDecision } from "../views.js";

@Resolver(() => WarrantItemStub)
export class WarrantItemFields {
  @Requires(`question { ${legalQuestionFields} }`)
  @FieldResolver(() => Decision, { nullable: true, description: "What the law says now, on the declared facts." })
  async decision(@Root() { question }: WarrantItemStub, @Ctx() context: SubgraphContext): Promise<Decision> {
    const book = await currentBook(context);
    return viewDecision(answerQuestion(question, book), book);
  }
}
