import { parseRuleBook } from "../../../schema/law/parse-rule-book.js";
import type { RuleBook } from "../../../schema/law/rule-book.js";
import type { Graph } from "../../kit/subgraph.js";

/** The law of that day, and the law of today. */
export interface TwoBooks {
  readonly ofThen: RuleBook;
  readonly ofNow: RuleBook;
}

const hashes = "query ($then: String!) { then: ruleBook(hash: $then) { hash } now: ruleBook { hash } }";
const text = "query ($hash: String!) { ruleBook(hash: $hash) { document } }";

/** Read books, by hash: they never change. */
const kept = new Map<string, RuleBook>();
const mostKept = 4;

/** The rule book that decided, and the one in force. Throws GraphUnavailable, or where a book is not there or not what its hash says. */
export async function readBooks(graph: Graph, then: string): Promise<TwoBooks> {
  const found = await graph<Record<"then" | "now", { hash: string } | null>>(hashes, { then });
  if (found.then === null || found.now === null) throw new Error("a rule book that decided is not there any more");
  return { ofThen: await readBook(graph, found.then.hash), ofNow: await readBook(graph, found.now.hash) };
}

async function readBook(graph: Graph, hash: string): Promise<RuleBook> {
  const known = kept.get(hash);
  if (known !== undefined) return known;
  const { ruleBook } = await graph<{ ruleBook: { document: string } | null }>(text, { hash });
  const book = parseRuleBook(JSON.parse(ruleBook?.document ?? "null"));
  if (book.hash !== hash) throw new Error(`rule book ${hash} came with another content`);
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(hash, book);
  return book;
}
