import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { Random } from "../../fuzz/random.js";
import { progress } from "../../long/progress.js";
import { book } from "../book.js";
import { compare, type Difference } from "./compare.js";
import { varyBook } from "./vary-book.js";

/**
 * Many questions to `decide` and to Cedar, on every core: every other share of them to a book with another law. Prints how many, how fast, and the first difference
 * with the seed that shows it again. Ends with 1 if there was one, and if a rule that can decide never did.
 */

interface Share {
  /** Of the questions, and of the variation of the book. */
  readonly seed: number;
  readonly questions: number;
  readonly varied: boolean;
}

type Report =
  | { readonly asked: number }
  | { readonly done: Share; readonly differences: readonly Difference[]; readonly rules: readonly string[] };

/** Questions of one share: many to one reading of the policies, few enough to hand out evenly. */
const shareSize = 50_000;

if (isMainThread) await runAll();
else answerShares();

function answerShares(): void {
  parentPort?.on("message", ({ seed, questions, varied }: Share) => {
    const law = varied ? varyBook(new Random(seed)) : book;
    const { differences, rules } = compare(law, { seed, questions }, () => report({ asked: 1000 }));
    report({ done: { seed, questions, varied }, differences, rules: [...rules.keys()] });
  });
}

function report(said: Report): void {
  parentPort?.postMessage(said);
}

async function runAll(): Promise<void> {
  const { values } = parseArgs({
    options: {
      questions: { type: "string", default: "10000000" },
      seed: { type: "string", default: "1" },
      threads: { type: "string", default: String(availableParallelism()) },
    },
  });
  const [questions, seed, threads] = [whole("questions"), whole("seed"), whole("threads")];
  const shares = sharesOf(questions, seed);
  const decided = new Set<string>();
  const differences: string[] = [];
  let [asked, next] = [0, 0];
  const bar = progress("questions", questions);
  const began = performance.now();
  await Promise.all(Array.from({ length: Math.min(threads, shares.length) }, answerInThread));
  bar.end();

  const seconds = (performance.now() - began) / 1000;
  const silent = book.rules.filter(({ id }) => !decided.has(id)).map(({ id }) => id);
  const variants = shares.filter(({ varied }) => varied).length;
  for (const difference of differences) console.log(difference);
  console.log(
    `law: ${asked.toLocaleString("en")} questions to decide and to Cedar, half of them to ${variants} variations of the book: ` +
      `${differences.length} differences; ${Math.round(seconds)} s, ${Math.round(asked / seconds).toLocaleString("en")} a second on ${threads} threads`,
  );
  console.log(`law: ${decided.size} of ${book.rules.length} rules of the book decided; never: ${silent.join(", ")}`);
  process.exitCode = differences.length === 0 ? 0 : 1;

  function whole(name: keyof typeof values): number {
    const value = Number(values[name]);
    if (!Number.isSafeInteger(value) || value < 1)
      throw new Error(`--${name} takes a whole number from 1, found ${values[name]}`);
    return value;
  }

  function answerInThread(): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url));
      const handOut = () => {
        const share = shares[next];
        next += 1;
        if (share !== undefined && differences.length === 0) worker.postMessage(share);
        else void worker.terminate().then(() => resolve());
      };
      worker.on("error", reject);
      worker.on("message", (said: Report) => {
        if ("asked" in said) {
          asked += said.asked;
          bar.at(asked);
          return;
        }
        if (!said.done.varied) for (const id of said.rules) decided.add(id);
        for (const difference of said.differences)
          differences.push(`${JSON.stringify(said.done)}\n${JSON.stringify(difference, null, 2)}`);
        handOut();
      });
      handOut();
    });
  }
}

function sharesOf(questions: number, seed: number): readonly Share[] {
  return Array.from({ length: Math.ceil(questions / shareSize) }, (_, index) => ({
    seed: seed + index,
    questions: Math.min(shareSize, questions - index * shareSize),
    varied: index % 2 === 1,
  }));
}
