/**
 * The gate: everything that must hold before a change lands, in one command. Types, lint and format, dead code, architecture, the committed SDL, then
 * every test; on the embedded database, and on a PostgreSQL server too where TEST_DATABASE_URL names one. At the end, all that the processes under test said and
 * left behind is searched for identity data. Run by plain Node from this file.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "..");
const report = path.join(root, "dist", "jest-report.json");
const bin = (...parts: string[]): string => path.join(root, "node_modules", ...parts);
const filters = process.argv.slice(2);

interface Step {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
}

const gates: readonly Step[] = [
  { name: "types and build", script: path.join(root, "gateway", "build.ts"), args: [] },
  {
    name: "lint and format",
    script: bin("@biomejs", "biome", "bin", "biome"),
    args: ["check", "--config-path", ".ci", "gateway", "schema", "subgraphs", "test", "package.json", "tsconfig.json"],
  },
  { name: "dead code", script: bin("knip", "bin", "knip.js"), args: ["--no-progress"] },
  {
    name: "architecture",
    script: bin("dependency-cruiser", "bin", "dependency-cruise.mjs"),
    args: ["--config", "test/architecture/dependency-cruiser.cjs", "schema", "gateway", "subgraphs", "test"],
  },
  { name: "committed SDL", script: path.join(root, "dist", "gateway", "main", "cli.js"), args: ["compose", "--check"] },
];

function run(step: Step, nodeOptions: readonly string[] = []): boolean {
  process.stdout.write(`\n── ${step.name}\n`);
  const done = spawnSync(process.execPath, [...nodeOptions, step.script, ...step.args], {
    cwd: root,
    stdio: "inherit",
  });
  return done.status === 0;
}

const failedGates = filters.length > 0 ? [] : gates.filter((gate) => !run(gate)).map((gate) => gate.name);
if (filters.length > 0) run(gates[0] as Step);

mkdirSync(path.dirname(report), { recursive: true });
rmSync(report, { force: true });
rmSync(path.join(root, "dist", "captures"), { recursive: true, force: true });
const jestPassed = run(
  {
    name: `tests (embedded database${process.env.TEST_DATABASE_URL === undefined ? "" : " and PostgreSQL"})`,
    script: bin("jest", "bin", "jest.js"),
    args: ["--json", "--outputFile", report, ...filters],
  },
  ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"],
);
const scan: Step = {
  name: "leak scan",
  script: path.join(root, "dist", "test", "leaks", "scan-captures.js"),
  args: [],
};
if (filters.length === 0 && !run(scan)) failedGates.push(scan.name);
const counts = JSON.parse(readFileSync(report, "utf8")) as {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
};
const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites + failedGates.length;
if (failedGates.length > 0) process.stdout.write(`\nfailed: ${failedGates.join(", ")}\n`);
process.stdout.write(`\n${counts.numPassedTests + gates.length + 1 - failedGates.length} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && jestPassed ? 0 : 1;
