import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { demoCasesAt } from "../../subgraphs/justice/demo-cases.js";
import { root } from "../kit/root.js";
import { captures, filesIn } from "./captures.js";
import { findValues } from "./find-values.js";

/**
 * The last step of a test run: no identity value of the demo data stands in anything that a process under test printed (log, errors, traces), in its metrics, in what
 * it left in its home beside the database, in its temporary files, or in the cache of compiled code. Prints a figure; ends with 1 if there is one.
 */
/** Whom a demo warrant names by an address, its authority wrote herself: that text is a part of the program. */
const namedByDemo = demoCasesAt(new Date("2026-11-23")).flatMap(({ warrants }) =>
  warrants.flatMap(({ target }) => (target.kind === "HANDLE" ? [] : [target.value])),
);
const files = [...filesIn(captures), ...filesIn(path.join(root, "dist", "compile-cache"))];
let bytes = 0;
let leaks = 0;
let answers = 0;
let disclosed = 0;
for (const file of files) {
  const content = readFileSync(file);
  if (file.endsWith("-answers")) {
    const lines = content.toString().trim().split("\n").map(Number);
    answers += lines.length;
    disclosed += lines.reduce((sum, line) => sum + line, 0);
    continue;
  }
  bytes += content.length;
  const compiled = file.includes(`${path.sep}compile-cache${path.sep}`);
  for (const { what, value } of findValues(content.toString("latin1"))) {
    if (compiled && value && namedByDemo.some((each) => each.toLowerCase().startsWith(value.text.toLowerCase())))
      continue;
    leaks += 1;
    console.log(`${path.relative(root, file)}: ${what}`);
  }
}
const processes = files.filter((file) => file.endsWith("-output")).length;
console.log(
  `${answers} answers with ${disclosed} identity values where they may stand; ${processes} processes, ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB: ${leaks} identity values where none may`,
);
if (processes === 0) console.log("no process was captured: nothing was proven");
process.exitCode = leaks === 0 && processes > 0 ? 0 : 1;
