import type { RuleBook as LawBook } from "../../schema/law/rule-book.js";
import type { EntityManager, SubgraphContext } from "../kit/subgraph.js";
import { RuleBook } from "./entities/rule-book.js";
import { readRuleBook } from "./import-rule-book.js";

export interface ListedRuleBook {
  readonly version: string;
  readonly hash: string;
  readonly asOf: string;
  readonly inForce: boolean;
}

/** Every rule book, the one in force first. */
export async function listRuleBooks(em: EntityManager): Promise<readonly ListedRuleBook[]> {
  const books = await em.find(RuleBook, {}, { orderBy: { position: "desc" } });
  return books.map(({ version, hash, asOf }, index) => ({ version, hash, asOf, inForce: index === 0 }));
}

/** The rule book of this version or hash (or its first eight characters or more); null: none, or more than one. */
export async function findRuleBook(em: EntityManager, name: string): Promise<LawBook | null> {
  const books = await em.find(RuleBook, {}, { orderBy: { position: "desc" } });
  const found = books.filter(({ version, hash }) => version === name || (name.length >= 8 && hash.startsWith(name)));
  return found.length === 1 && found[0] !== undefined ? readStored(em, found[0].hash) : null;
}

const currentBooks = new WeakMap<SubgraphContext, Promise<LawBook>>();

/** The rule book in force; the same for the whole of a request. */
export function currentBook(context: SubgraphContext): Promise<LawBook> {
  const known = currentBooks.get(context) ?? newestFirst(context).then(([newest]) => readStored(context.em, newest));
  currentBooks.set(context, known);
  return known;
}

/** The newest rule book of which this is true, from the one in force backwards; null: none. */
export async function newestBookWith(
  context: SubgraphContext,
  holds: (book: LawBook) => boolean,
): Promise<LawBook | null> {
  const current = await currentBook(context);
  if (holds(current)) return current;
  for (const hash of (await newestFirst(context)).slice(1)) {
    const book = await readStored(context.em, hash);
    if (holds(book)) return book;
  }
  return null;
}

/** The rule book of this hash; null: it was never imported. */
export async function bookOfHash({ em }: SubgraphContext, hash: string): Promise<LawBook | null> {
  return (await em.count(RuleBook, { hash })) === 0 ? null : readStored(em, hash);
}

async function newestFirst({ em }: SubgraphContext): Promise<[string, ...string[]]> {
  const [newest, ...older] = await em.find(RuleBook, {}, { fields: ["hash"], orderBy: { position: "desc" } });
  if (newest === undefined) throw new Error("no rule book was imported");
  return [newest.hash, ...older.map(({ hash }) => hash)];
}

/** Parsed books, by hash: they never change, and reading one takes some milliseconds. */
const parsedBooks = new Map<string, LawBook>();
const parsedBooksKept = 8;

async function readStored(em: EntityManager, hash: string): Promise<LawBook> {
  const known = parsedBooks.get(hash);
  if (known !== undefined) return known;
  const book = readRuleBook(await readDocument(em, hash));
  if (book.hash !== hash) throw new Error(`the stored rule book ${hash} has another content`);
  const oldest = parsedBooks.keys().next();
  if (parsedBooks.size >= parsedBooksKept && !oldest.done) parsedBooks.delete(oldest.value);
  parsedBooks.set(hash, book);
  return book;
}

/** The text of a rule book, as it was imported. */
export async function readDocument(em: EntityManager, hash: string): Promise<string> {
  const { document } = await em.findOneOrFail(RuleBook, { hash }, { fields: ["hash", "document"] });
  return document;
}
