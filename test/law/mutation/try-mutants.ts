import { registerHooks } from "node:module";
import { parentPort } from "node:worker_threads";
import { forgetDeclared, runDeclared } from "./small-jest.js";

/**
 * A thread that runs the tests of the law against one changed file after another. Every trial loads the law and its tests anew (their addresses carry its number); packages,
 * and what of Cedar does not run the law, are loaded once.
 */

/** A compiled file below schema/law and what stands in its place; no file: the law as it is. */
export interface Trial {
  readonly file: string | null;
  readonly source: string;
}

/** Killed: by which test, with its first words; null: alive. */
export interface Verdict {
  readonly killedBy: string | null;
}

/** The quick ones first; Cedar comes after them. The laws are left out: they take long, and what they alone would notice deserves an example. */
const inOrder: readonly [string, ...string[]] = [
  "stories",
  "vectors",
  "dates",
  "words",
  "warrants",
  "policies",
  "parties",
  "unreadable",
  "parse-rule-book",
  "rule-book-faults",
  "vocabulary",
];
const rooms = ["../../../schema/", "../"].map((room) => new URL(room, import.meta.url).href);
const lasting = ["./", "../cedar/translate.js", "../cedar/second-opinion.js", "../cedar/midnight.js"].map(
  (file) => new URL(file, import.meta.url).href,
);

let trial: Trial = { file: null, source: "" };
let number = 0;
let loaded = false;
/** What killed one mutant mostly kills its neighbours: it goes first. */
let lastKiller = inOrder[0];

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === "@jest/globals")
      return { url: new URL("./small-jest.js", import.meta.url).href, shortCircuit: true };
    const found = next(specifier, context);
    const isAnew =
      rooms.some((room) => found.url.startsWith(room)) && !lasting.some((file) => found.url.startsWith(file));
    const fromLasting = lasting.some((file) => context.parentURL?.startsWith(file)) && !specifier.includes("?anew");
    return isAnew && !fromLasting ? { ...found, url: `${found.url.split("?", 1)[0]}?trial=${number}` } : found;
  },
  load: (url, context, next) => {
    if (
      trial.file === null ||
      url !== `${new URL(`../../../schema/law/${trial.file}`, import.meta.url).href}?trial=${number}`
    )
      return next(url, context);
    loaded = true;
    return { format: "module", source: trial.source, shortCircuit: true };
  },
});

parentPort?.on("message", async (given: Trial) => {
  trial = given;
  number += 1;
  loaded = trial.file === null;
  parentPort?.postMessage({ killedBy: await killerOf() } satisfies Verdict);
});

async function killerOf(): Promise<string | null> {
  forgetDeclared();
  const tests = new Set([lastKiller, ...inOrder]);
  for (const name of tests) {
    const failure = await failureOf(() => runFile(name));
    if (failure === null) continue;
    lastKiller = name;
    return `${name}: ${failure}`;
  }
  if (!loaded) throw new Error(`no test loads ${trial.file}`);
  const disagreement = await failureOf(askCedar);
  return disagreement === null ? null : `cedar: ${disagreement}`;
}

async function runFile(name: string): Promise<void> {
  await import(anew(`../${name}.test.js`));
  await runDeclared();
}

async function askCedar(): Promise<void> {
  const { compare } = (await import(anew("../cedar/compare.js"))) as typeof import("../cedar/compare.js");
  const { varyBook } = (await import(anew("../cedar/vary-book.js"))) as typeof import("../cedar/vary-book.js");
  const { book } = (await import(anew("../book.js"))) as typeof import("../book.js");
  const { Random } = await import("../../fuzz/random.js");
  const laws = [book, ...[1, 2].map((seed) => varyBook(new Random(seed)))];
  for (const law of laws) {
    const { differences } = compare(law, { questions: law === book ? 800 : 300, seed: 1 });
    if (differences.length > 0) throw new Error("Cedar disagrees");
  }
}

/** The address of a file of which this trial has one of its own. */
function anew(file: string): string {
  return `${file}?anew`;
}

async function failureOf(run: () => Promise<void>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return String((error as Error).message).split("\n", 1)[0] ?? "";
  }
}
