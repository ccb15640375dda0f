import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../kit/root.js";

/** Where everything lies that processes under test said and left behind, until `scan-captures.ts` has read it. */
export const captures: string = path.join(root, "dist", "captures");
const temporary = path.join(captures, "temporary");

/** The folder that processes under test take for that of temporary files. */
export function temporaryFolder(): string {
  mkdirSync(temporary, { recursive: true });
  return temporary;
}

let count = 0;

/** Keeps a text for the scan: what a process printed, its metrics, a file of its home. */
export function capture(name: string, text: string | Buffer): void {
  temporaryFolder();
  count += 1;
  writeFileSync(path.join(captures, `${process.pid}-${count}-${name.replace(/[^\w.-]+/g, "_").slice(0, 80)}`), text);
}

/** Keeps what lies in the home of a process: all but its database, which holds the data. */
export function captureHome(home: string): void {
  for (const file of filesIn(home, ["database"])) capture(path.relative(home, file), readFileSync(file));
}

/** Counts an answer that was scanned when it came, and the identity values that it gave where it may. */
export function countAnswer(disclosed: number): void {
  temporaryFolder();
  appendFileSync(path.join(captures, `${process.pid}-answers`), `${disclosed}\n`);
}

/** Every file in a folder, folders of these names left out. */
export function filesIn(folder: string, except: readonly string[] = []): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (!statSync(file).isDirectory()) return [file];
    return except.includes(name) ? [] : filesIn(file, except);
  });
}
