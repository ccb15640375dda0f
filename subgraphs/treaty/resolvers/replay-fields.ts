import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { decideBest } from "../../../schema/law/decide-best.js";
import { readPutQuestions } from "../../../schema/law/put-questions.js";
import type { RuleBook as LawBook } from "../../../schema/law/rule-book.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { bookOfHash, currentBook } from "../rule-books.js";
import { Decision } from "../types/decision.js";
import { ReplayedDecisionStub } from "../types/stubs.js";
import { viewReplayed } from "../view-replayed.js";

/** What was put to the law when a record was made, put to it again. */
@Resolver(() => ReplayedDecisionStub)
export class ReplayFields {
  @FieldResolver(() => Decision, {
    name: "then",
    nullable: true,
    description: "By the rule book of that day. Null where the law was not asked, or the person was erased.",
  })
  byThen(@Root() { question }: ReplayedDecisionStub, @Ctx() context: SubgraphContext): Promise<Decision | null> {
    return replay(question, (hash) => bookOfHash(context, hash));
  }

  @FieldResolver(() => Decision, {
    nullable: true,
    description: "The same question by the rule book in force today.",
  })
  now(@Root() { question }: ReplayedDecisionStub, @Ctx() context: SubgraphContext): Promise<Decision | null> {
    return replay(question, () => currentBook(context));
  }
}

async function replay(text: string, find: (hash: string) => Promise<LawBook | null>): Promise<Decision | null> {
  if (text === "") return null;
  const { questions, ruleBook } = readPutQuestions(text);
  const book = await find(ruleBook);
  return book === null ? null : viewReplayed(decideBest(questions, book), book);
}
