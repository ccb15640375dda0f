import { parseRuleBook } from "../../schema/law/parse-rule-book.js";
import type { RuleBook } from "../../schema/law/rule-book.js";
import { batchLoads } from "./batch.js";
import type { AskService } from "./load-warrants.js";

/** The rule book in force, as this gateway knows it. */
export interface FollowedRuleBook {
  /** Asks the treaty subgraph whether the book has changed and returns the one in force now. Throws when it cannot be known. */
  current(): Promise<RuleBook>;
  /** True once a rule book was read. */
  known(): boolean;
}

const document = "query RuleBook($unless: String) { ruleBookDocument(unless: $unless) { hash document } }";

/**
 * Keeps the rule book in memory and asks for its hash whenever an operation decides, so that a new book is in force from its first decision on.
 * A document that does not parse is refused whole and nothing is decided.
 */
export function followRuleBook(ask: AskService): FollowedRuleBook {
  let held: { hash: string; book: RuleBook } | null = null;
  const load = batchLoads<"current", RuleBook>(async () => {
    const { ruleBookDocument: answer } = (await ask("treaty", document, { unless: held?.hash ?? null })) as {
      ruleBookDocument: { hash: string; document: string | null } | null;
    };
    if (answer === null) throw new Error("the treaty subgraph has no rule book");
    if (answer.document !== null) held = { hash: answer.hash, book: parseRuleBook(JSON.parse(answer.document)) };
    if (held === null || held.hash !== answer.hash)
      throw new Error("the treaty subgraph answered for a rule book that it did not send");
    return new Map([["current", held.book]]);
  });
  return {
    async current() {
      const book = await load("current");
      if (book === undefined) throw new Error("no rule book");
      return book;
    },
    known: () => held !== null,
  };
}
