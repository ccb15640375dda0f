import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { dataFolder } from "../kit/data-folder.js";
import type { EntityManager } from "../kit/subgraph.js";
import { importRuleBook, readRuleBook } from "./import-rule-book.js";

/** Imports the rule books that come with the program and are not there yet, by version. */
export async function loadBase(em: EntityManager): Promise<void> {
  const folder = dataFolder("treaty");
  const files = (await readdir(folder)).filter((name) => /^rule-book-.*\.json$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), "utf8")));
  const byVersion = texts
    .map((text) => ({ text, version: readRuleBook(text).version }))
    .sort((one, other) => compareVersions(one.version, other.version));
  for (const { text } of byVersion) await importRuleBook(em, text);
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
