import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Requires } from "../../kit/directives.js";
import { GraphQLDateTime } from "../../kit/scalars.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { answerQuestion } from "../answer-question.js";
import { currentBook } from "../rule-books.js";
import { Decision } from "../types/decision.js";
import { legalQuestionFields } from "../types/legal-question.js";
import { WarrantItemStub, WarrantStub } from "../types/stubs.js";
import { viewDecision } from "../views.js";

const itemFacts = `orderedAt question { ${legalQuestionFields} }`;

function afterIssue({ orderedAt }: WarrantItemStub, hours: number | null): Date | null {
  return orderedAt === null || hours === null ? null : new Date(new Date(orderedAt).getTime() + hours * 3_600_000);
}

@Resolver(() => WarrantItemStub)
export class WarrantItemFields {
  @Requires(`question { ${legalQuestionFields} }`)
  @FieldResolver(() => Decision, { nullable: true, description: "What the law says now, on the declared facts." })
  async decision(@Root() { question }: WarrantItemStub, @Ctx() context: SubgraphContext): Promise<Decision> {
    const book = await currentBook(context);
    return viewDecision(answerQuestion(question, book), book);
  }

  @Requires(itemFacts)
  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description:
      "The issue plus the hours that the deciding rule sets; null before the issue, and where the law sets none.",
  })
  async deadlineAt(@Root() item: WarrantItemStub, @Ctx() context: SubgraphContext): Promise<Date | null> {
    return afterIssue(item, answerQuestion(item.question, await currentBook(context)).deadlineHours);
  }

  @Requires(itemFacts)
  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description:
      "Until then the door stays shut, on the declared facts; null before the issue, and where the law sets no hold.",
  })
  async heldUntil(@Root() item: WarrantItemStub, @Ctx() context: SubgraphContext): Promise<Date | null> {
    return afterIssue(item, answerQuestion(item.question, await currentBook(context)).holdHours);
  }
}

@Resolver(() => WarrantStub)
export class WarrantFields {
  @Requires(`issuedAt legalQuestions { ${legalQuestionFields} }`)
  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description:
      "The issue plus the shortest deadline among its items; null before the issue, and where the law sets none.",
  })
  async deadlineAt(
    @Root() { issuedAt, legalQuestions }: WarrantStub,
    @Ctx() context: SubgraphContext,
  ): Promise<Date | null> {
    if (issuedAt === null) return null;
    const book = await currentBook(context);
    const hours = legalQuestions
      .map((question) => answerQuestion(question, book).deadlineHours)
      .filter((deadline) => deadline !== null);
    return hours.length === 0 ? null : new Date(new Date(issuedAt).getTime() + Math.min(...hours) * 3_600_000);
  }
}
