import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

/** Runs in a thread of its own, with a module graph of its own: the tests of the law against one changed file. Says "killed" or "alive". */

/** A compiled file and what stands in its place; no file: the law as it is. */
export interface Trial {
  readonly file: string | null;
  readonly source: string;
}

export type Verdict = { readonly verdict: "killed"; readonly by: string } | { readonly verdict: "alive" };

/** The quick ones first. */
const tests = ["stories", "vectors", "dates", "warrants", "vocabulary", "parse-rule-book", "words", "laws"];

const { file, source } = workerData as Trial;
const changed = file === null ? null : new URL(`../../../schema/law/${file}`, import.meta.url).href;
const smallJest = new URL("./small-jest.js", import.meta.url).href;
let loaded = changed === null;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "@jest/globals" ? { url: smallJest, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) => {
    if (url !== changed) return next(url, context);
    loaded = true;
    return { format: "module", source, shortCircuit: true };
  },
});

parentPort?.postMessage(await tryMutant());

async function tryMutant(): Promise<Verdict> {
  for (const name of tests) {
    const failure = await failureOf(async () => {
      await import(`../${name}.test.js`);
      const { runDeclared } = await import("./small-jest.js");
      await runDeclared();
    });
    if (failure !== null) return { verdict: "killed", by: `${name}: ${failure}` };
  }
  if (!loaded) throw new Error(`${file} was never loaded: ${pathToFileURL(String(file)).href}`);
  const failure = await failureOf(askCedar);
  return failure === null ? { verdict: "alive" } : { verdict: "killed", by: `cedar: ${failure}` };
}

async function askCedar(): Promise<void> {
  const [{ compare }, { varyBook }, { book }, { Random }] = await Promise.all([
    import("../cedar/compare.js"),
    import("../cedar/vary-book.js"),
    import("../book.js"),
    import("../../fuzz/random.js"),
  ]);
  const runs = [
    { law: book, questions: 2000, seed: 1 },
    ...[1, 2, 3].map((seed) => ({ law: varyBook(new Random(seed)), questions: 500, seed })),
  ];
  for (const { law, questions, seed } of runs) {
    if (compare(law, { questions, seed }).differences.length > 0) throw new Error("Cedar disagrees");
  }
}

async function failureOf(run: () => Promise<void>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return String((error as Error).message).split("\n", 1)[0] ?? "";
  }
}
