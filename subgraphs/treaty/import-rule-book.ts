import { parseRuleBook } from "../../schema/law/parse-rule-book.js";
import type { RuleBook as LawBook } from "../../schema/law/rule-book.js";
import { RuleBookError } from "../../schema/law/rule-book-error.js";
import type { EntityManager } from "../kit/subgraph.js";
import { RuleBook } from "./entities/rule-book.js";

export interface ImportedRuleBook {
  readonly version: string;
  readonly hash: string;
  /** False: this very book was there already, and nothing changed. */
  readonly imported: boolean;
}

/**
 * Puts a rule book in force, from its text. It is read whole or refused whole: throws RuleBookError with the place of the first fault, and where its
 * version is taken by another content. A book that is there already stays as it is.
 */
export async function importRuleBook(em: EntityManager, text: string): Promise<ImportedRuleBook> {
  const { version, hash, asOf, knownGaps, disclaimer } = readRuleBook(text);
  return em.transactional(async (transaction) => {
    await transaction.execute("lock table treaty.rule_books in share row exclusive mode");
    if ((await transaction.count(RuleBook, { hash })) > 0) return { version, hash, imported: false };
    if ((await transaction.count(RuleBook, { version })) > 0) {
      throw new RuleBookError("$.version", JSON.stringify(version), "a version that no other rule book has");
    }
    await transaction.insert(RuleBook, { hash, version, asOf, knownGaps: [...knownGaps], disclaimer, document: text });
    return { version, hash, imported: true };
  });
}

/** Reads the text of a rule book. Throws RuleBookError. */
export function readRuleBook(text: string): LawBook {
  return parseRuleBook(readJson(text));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new RuleBookError("$", `no JSON (${error.message})`, "the JSON text of a rule book");
    throw error;
  }
}
