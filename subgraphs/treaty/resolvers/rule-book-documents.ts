import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { Inaccessible } from "../../kit/directives.js";
import { onlyFor } from "../../kit/only-for.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { currentBook, readDocument } from "../rule-books.js";
import { RuleBookDocument } from "../types/rule-book-document.js";

/** How a gateway comes by the law: it holds the book in memory and asks before every decision whether it is still the one in force. */
@Resolver()
export class RuleBookDocuments {
  @Inaccessible()
  @Query(() => RuleBookDocument, {
    nullable: true,
    description: "The rule book in force; without its text where `unless` is its hash.",
  })
  async ruleBookDocument(
    @Ctx() context: SubgraphContext,
    @Arg("unless", () => String, { nullable: true }) unless: string | null,
  ): Promise<RuleBookDocument> {
    onlyFor(context, "GATEWAY", "SERVICE");
    const { hash } = await currentBook(context);
    return { hash, document: unless === hash ? null : await readDocument(context.em, hash) };
  }
}
