import { readFile } from "node:fs/promises";
import type { RuleBook } from "../../../schema/law/rule-book.js";
import { RuleBookError } from "../../../schema/law/rule-book-error.js";
import { diffRuleBooks, findRuleBook, importRuleBook, listRuleBooks } from "../../../subgraphs/treaty/index.js";
import { printLine } from "../print-line.js";
import type { Settings } from "../settings.js";
import { withSubgraph } from "../with-subgraph.js";
import { WrongCall } from "../wrong-call.js";

/** Puts a rule book in force; gateways hear of it with their next decision. Throws WrongCall with the place of the first fault. */
export async function importFile(file: string, settings: Settings): Promise<void> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new WrongCall(`${file} cannot be read (${error.code}): expected a rule book as JSON`);
  });
  const { version, hash, imported } = await withSubgraph("treaty", settings, (treaty) =>
    importRuleBook(treaty.em(), text),
  ).catch(asWrongCall(file));
  const outcome = imported ? "is in force" : "was imported before; nothing changed";
  printLine(`rule book ${version} (${hash}) ${outcome}`);
}

export async function list(settings: Settings): Promise<void> {
  const books = await withSubgraph("treaty", settings, (treaty) => listRuleBooks(treaty.em()));
  for (const { version, hash, asOf, inForce } of books) {
    printLine([version, hash, `as of ${asOf}`, ...(inForce ? ["in force"] : [])].join("\t"));
  }
}

/** Prints one line for each entry that came (+), went (-) or reads differently (~). */
export async function diff(a: string, b: string, settings: Settings): Promise<void> {
  const { other, ...lists } = await withSubgraph("treaty", settings, async (treaty) => {
    const find = async (name: string): Promise<RuleBook> => {
      const book = await findRuleBook(treaty.em(), name);
      if (book === null)
        throw new WrongCall(
          `there is no single rule book ${name}: expected a version, or a hash or its first eight characters, as \`rulebook list\` shows them`,
        );
      return book;
    };
    return diffRuleBooks(await find(a), await find(b));
  });
  for (const [kind, { added, removed, changed }] of Object.entries(lists)) {
    for (const id of added) printLine(`+ ${kind} ${id}`);
    for (const id of removed) printLine(`- ${kind} ${id}`);
    for (const { id, members } of changed) printLine(`~ ${kind} ${id}: ${members.join(", ")}`);
  }
  for (const member of other) printLine(`~ ${member}`);
}

function asWrongCall(file: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof RuleBookError
      ? new WrongCall(`${file} is no rule book, and nothing was imported: ${error.message}`)
      : error;
  };
}
