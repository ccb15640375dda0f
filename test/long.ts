/**
 * What takes too long for `npm test`, each part with a printed figure: `npm run test:long`, or `npm run test:long -- law --questions 1000000 --seed 7`. Options go to
 * the one part that is named. Run by plain Node from this file.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";

interface Part {
  readonly name: string;
  readonly what: string;
  /** Below dist/test. */
  readonly script: string;
}

// biome-ignore format: one part is one line.
const parts: readonly Part[] = [
  { name: "law", what: "10 million questions to decide and to Cedar (--questions, --seed, --threads)", script: "law/cedar/run-comparison.js" },
  { name: "fuzz", what: "random operations over the whole schema, from parser to door (--operations, --seed)", script: "fuzz-operations/run-fuzz-operations.js" },
  { name: "journeys", what: "every journey with every request read anew by Apollo Server (--testNamePattern and what else jest takes)", script: "long/run-journeys.js" },
  { name: "mutation", what: "every mutant of schema/law killed or explained (--only FILE,FILE --threads)", script: "law/mutation/run-mutants.js" },
];

const root = path.resolve(import.meta.dirname, "..");
const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith("-"));
const names = firstOption === -1 ? args : args.slice(0, firstOption);
const options = firstOption === -1 ? [] : args.slice(firstOption);
const unknown = names.filter((name) => !parts.some((part) => part.name === name));

if (options.includes("--help") || options.includes("-h")) {
  process.stdout.write(`npm run test:long [-- PART… [OPTIONS]]\n\n${described()}\n`);
} else if (unknown.length > 0 || (options.length > 0 && names.length !== 1)) {
  const fault = unknown.length > 0 ? `there is no part ${unknown.join(", ")}` : "options need one part to go to";
  process.stderr.write(`test:long: ${fault}; the parts are\n${described()}\n`);
  process.exitCode = 2;
} else {
  runParts(names.length === 0 ? parts : parts.filter(({ name }) => names.includes(name)));
}

function runParts(chosen: readonly Part[]): void {
  const run = (script: string, more: readonly string[]) =>
    spawnSync(process.execPath, [path.join(root, script), ...more], { cwd: root, stdio: "inherit" }).status === 0;
  if (!run("gateway/build.ts", [])) {
    process.exitCode = 1;
    return;
  }
  const failed = chosen.filter(({ name, what, script }) => {
    process.stdout.write(`\n── ${name}: ${what}\n`);
    return !run(path.join("dist", "test", script), options);
  });
  process.stdout.write(
    `\n${chosen.length - failed.length} parts held, ${failed.length} failed${failed.map(({ name }) => ` ${name}`).join("")}\n`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function described(): string {
  return parts.map(({ name, what }) => `  ${name.padEnd(10)} ${what}`).join("\n");
}
