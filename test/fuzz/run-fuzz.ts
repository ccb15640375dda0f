import { parseArgs } from "node:util";
import { Fuzz } from "./fuzz.js";
import { searchedSources, sources } from "./world/sdl.js";

/** The differential fuzz as a command: `node dist/test/fuzz/run-fuzz.js --seeds 20000 --start 0`, over the world with searches and transfers with `--searches`. Ends with 1 if anything differed. */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "5000" },
    start: { type: "string", default: "0" },
    searches: { type: "boolean", default: false },
  },
});
const seeds = Number(values.seeds);
const start = Number(values.start);
const fuzz = await Fuzz.open(values.searches ? searchedSources : sources);
let faults = 0;
let identity = 0;
const began = performance.now();
for (let seed = start; seed < start + seeds; seed++) {
  const { operation, fault, touchedIdentity } = await fuzz.run(seed);
  if (touchedIdentity) identity += 1;
  if (fault) {
    faults += 1;
    console.log(`\nseed ${seed}\n${operation.text}\n${JSON.stringify(operation.variables)}\n${fault}`);
    if (faults >= 20) break;
  }
  const done = seed - start + 1;
  if (done % 1000 === 0)
    console.log(
      `${done} operations, ${identity} with identity data, ${faults} faults, ${Math.round((performance.now() - began) / done)} ms each`,
    );
}
console.log(`${seeds} operations from seed ${start}: ${faults} faults`);
await fuzz.close();
process.exitCode = faults > 0 ? 1 : 0;
