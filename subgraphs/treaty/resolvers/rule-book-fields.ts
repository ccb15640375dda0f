import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { RuleBook } from "../entities/rule-book.js";
import { readDocument } from "../rule-books.js";

/** What is read of a rule book only where it is asked for. */
@Resolver(() => RuleBook)
export class RuleBookFields {
  @FieldResolver(() => String, { description: "The whole of it: the JSON text as it was imported." })
  document(@Root() { hash }: Pick<RuleBook, "hash">, @Ctx() { em }: SubgraphContext): Promise<string> {
    return readDocument(em, hash);
  }
}
