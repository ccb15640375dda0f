import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse, validate } from "graphql";
import { difference } from "../fuzz/compare.js";
import { generateOperation } from "../fuzz/generate-operation.js";
import { Random } from "../fuzz/random.js";
import { Monolith } from "./kit/monolith.js";
import { type OpenWorld, openWorld } from "./kit/open-world.js";
import { worlds } from "./worlds.js";

const operations = 25;

describe.each(worlds)("$name", (world) => {
  let open: OpenWorld;
  beforeAll(async () => {
    open = await openWorld(world);
  });
  afterAll(() => open?.close());

  test.each([...world.cases])("$title", async ({ query, variables, data, errors = [], spared = [], requests }) => {
    const answered = await open.ask(parse(query), variables);
    expect(answered.errors.map(({ path = [] }) => path.join("."))).toEqual(errors);
    expect(JSON.parse(JSON.stringify(answered.data))).toEqual(data);
    for (const subgraph of spared) expect(answered.calls.map((call) => call.subgraph)).not.toContain(subgraph);
    if (requests !== undefined) expect(answered.calls.length).toBeLessThanOrEqual(requests);
  });

  const random = world.random === undefined ? test : test.skip;
  random(`${operations} random operations answer as one schema over the same data would`, async () => {
    const monolith = new Monolith(open.supergraphSdl, world);
    for (let seed = 1; seed <= operations; seed += 1) {
      const { text, variables } = validOperation(seed, open, world.ids ?? ["1"]);
      const document = parse(text);
      const ours = await open.ask(document, variables);
      const theirs = await monolith.run(document, variables);
      const different = difference(ours, theirs, false);
      if (different !== null) throw new Error(`seed ${seed}: ${text}\n${JSON.stringify(variables)}\n${different}`);
    }
  });
});

function validOperation(seed: number, { planner }: OpenWorld, ids: readonly string[]) {
  const random = new Random(seed);
  for (;;) {
    const operation = generateOperation({ random, schema: planner.apiSchema, ids });
    if (validate(planner.apiSchema, parse(operation.text)).length === 0) return operation;
  }
}
