import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { progress } from "../../long/progress.js";
import { type Mutant, mutantsOf } from "./mutants-of.js";
import type { Trial, Verdict } from "./try-mutants.js";

/**
 * Changes schema/law in every small way, one at a time, and runs its tests. Prints mutants, killed, explained, alive; ends with 1 where one is alive and
 * `explained.json` does not say why, or where it explains one that is not alive.
 */

class Thread {
  readonly #worker = new Worker(new URL("./try-mutants.js", import.meta.url), { stdout: true, stderr: true });
  #trials = 0;
  #settle: (killedBy: string | null) => void = () => undefined;

  constructor() {
    this.#worker.on("message", ({ killedBy }: Verdict) => this.#settle(killedBy));
    this.#worker.on("error", (error: Error) => this.#fail(`crash: ${error.message}`));
  }

  /** True after its last trial: it takes no other. */
  get isSpent(): boolean {
    return this.#trials >= lifetime;
  }

  /** What killed the mutant; null: nothing did. A crash and a circle kill it too, and the thread with it. */
  attempt(trial: Trial): Promise<string | null> {
    this.#trials += 1;
    return new Promise((resolve) => {
      const clock = setTimeout(() => this.#fail("endless"), patience);
      this.#settle = (killedBy) => {
        clearTimeout(clock);
        if (this.isSpent) this.end();
        resolve(killedBy);
      };
      this.#worker.postMessage(trial);
    });
  }

  #fail(how: string): void {
    this.#trials = lifetime;
    this.#settle(how);
  }

  end(): void {
    void this.#worker.terminate();
  }
}

const room = path.join("schema", "law");
/** A mutant that has not ended by then (milliseconds) runs in circles: killed. One that is alive takes some seconds. */
const patience = 120_000;
/** Trials of one thread: what they loaded is let go with it. */
const lifetime = 100;

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    threads: { type: "string", default: String(availableParallelism()) },
  },
});
const only = values.only.split(",");
const files = readdirSync(room, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && only.some((part) => file.includes(part)))
  .sort();
const mutants = files.flatMap((file) => mutantsOf(file, readFileSync(path.join(room, file), "utf8")));
if (mutants.length === 0) throw new Error(`no file of ${room} has ${only.join(" or ")} in its name`);

const rehearsal = new Thread();
const untouched = await rehearsal.attempt({ file: null, source: "" });
rehearsal.end();
if (untouched !== null) throw new Error(`the tests fail without a mutant: ${untouched}`);

/** Mutants that no test can kill, and why: each is another way to write the same law. */
const explained = JSON.parse(readFileSync("test/law/mutation/explained.json", "utf8")) as readonly {
  readonly why: string;
  readonly mutants: readonly string[];
}[];
const excused = new Map(explained.flatMap(({ why, mutants: ids }) => ids.map((id) => [id, why] as const)));
const alive: Mutant[] = [];
const killers = new Map<string, number>();
let [next, done] = [0, 0];
const bar = progress("mutants", mutants.length);
const began = performance.now();
await Promise.all(Array.from({ length: Number(values.threads) }, tryThem));
bar.end();

const unexplained = alive.filter(({ id }) => !excused.has(id));
const aliveIds = new Set(alive.map(({ id }) => id));
const stale = [...excused.keys()].filter((id) => files.some((file) => id.startsWith(`${file} `)) && !aliveIds.has(id));
for (const id of stale) console.log(`explained, but killed or gone: ${id}`);
const seconds = Math.round((performance.now() - began) / 1000);
console.log(
  `mutation: ${mutants.length} mutants of ${files.length} files: ${mutants.length - alive.length} killed, ${alive.length - unexplained.length} explained, ` +
    `${unexplained.length} alive; ${seconds} s on ${values.threads} threads`,
);
console.log(`killed by ${[...killers].map(([name, count]) => `${name} ${count}`).join(", ")}`);
process.exitCode = unexplained.length === 0 && stale.length === 0 ? 0 : 1;

async function tryThem(): Promise<void> {
  let thread = new Thread();
  for (let mutant = mutants[next++]; mutant !== undefined; mutant = mutants[next++]) {
    if (thread.isSpent) thread = new Thread();
    const killedBy = await thread.attempt({ file: mutant.file.replace(/\.ts$/, ".js"), source: mutant.source() });
    if (killedBy === null) {
      alive.push(mutant);
      if (!excused.has(mutant.id)) bar.say(`alive, line ${mutant.line}: ${mutant.id}`);
    } else {
      const name = killedBy.split(":", 1)[0] ?? "";
      killers.set(name, (killers.get(name) ?? 0) + 1);
    }
    done += 1;
    bar.at(done);
  }
  thread.end();
}
