import process from "node:process";
import { parseArgs } from "node:util";
import { startRogatory, storyMoment } from "../kit/start-rogatory.js";
import { findValues } from "../leaks/find-values.js";
import { OperationFuzz } from "./operation-fuzz.js";
import { holders, parties } from "./parties.js";

/**
 * The fuzz of operations as a command: `node dist/test/fuzz-operations/run-fuzz-operations.js --operations 20000 --seed 0`. Prints its figure; ends with 1 if an operation gave
 * what it must not.
 */
const { values } = parseArgs({
  options: { operations: { type: "string", default: "5000" }, seed: { type: "string", default: "0" } },
});
const operations = Number(values.operations);
const first = Number(values.seed);
const rogatory = await startRogatory({ now: storyMoment });
const fuzz = new OperationFuzz(rogatory, [...parties, ...Array.from({ length: 8 }, () => holders).flat()]);
const began = performance.now();
let faults = 0;
for (let seed = first; seed < first + operations && faults < 20; seed += 1) {
  const fault = await fuzz.run(seed);
  if (fault) {
    faults += 1;
    const { text, variables } = fault.operation;
    console.log(`\nseed ${seed}, ${fault.party}\n${text}\n${JSON.stringify(variables)}\n${fault.what}`);
  }
  if (process.stdout.isTTY) process.stdout.write(`\r${seed - first + 1} of ${operations}`);
}
const seconds = (performance.now() - began) / 1000;
const alive = (await fetch(`${rogatory.url}/health/live`)).status === 200;
const code = await rogatory.stop();
const said = findValues(rogatory.output());
for (const { what } of said) console.log(`the process printed ${what}`);
const { figures } = fuzz;
console.log(
  `${figures.operations} operations from seed ${first}, ${figures.refused} refused as 4xx; ${figures.identity} reached identity data: ${figures.permitted} identity values given, ${figures.denied} paths denied; ${faults} faults; ${Math.round(figures.operations / seconds)} operations a second`,
);
if (!alive || code !== 0) console.log(`the process did not live to the end (code ${code})`);
process.exitCode = faults === 0 && said.length === 0 && alive && code === 0 ? 0 : 1;
