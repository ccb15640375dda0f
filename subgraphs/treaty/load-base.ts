import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { RuleBook } from "../../schema/law/rule-book.js";
import { dataFolder } from "../kit/data-folder.js";
import type { EntityManager } from "../kit/subgraph.js";
import { importRuleBook, readRuleBook } from "./import-rule-book.js";

/** Imports the rule books that come with the program and are not there yet, by version. */
export async function loadBase(em: EntityManager): Promise<void> {
  for (const { text } of await readShipped()) await importRuleBook(em, text);
}

/** The newest rule book that comes with the program. */
export async function newestShipped(): Promise<RuleBook> {
  const newest = (await readShipped()).at(-1);
  if (newest === undefined) throw new Error("no rule book comes with the program");
  return newest.book;
}

async function readShipped(): Promise<{ readonly text: string; readonly book: RuleBook }[]> {
  const folder = dataFolder("treaty");
  const files = (await readdir(folder)).filter((name) => /^rule-book-.*\.json$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), "utf8")));
  return texts
    .map((text) => ({ text, book: readRuleBook(text) }))
    .sort((one, other) => compareVersions(one.book.version, other.book.version));
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
