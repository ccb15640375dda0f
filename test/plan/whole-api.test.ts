import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse, validate } from "graphql";
import { sdlFolder } from "../../gateway/main/read-graph.js";
import { openPlanner } from "../../gateway/plan/open-planner.js";
import { composeGraph } from "../../schema/compose.js";
import { generateOperation } from "../fuzz/generate-operation.js";
import { Random } from "../fuzz/random.js";
import { demoSubgraphs } from "../identity/fixtures/demo-graph.js";

const committed = ["platform", "justice", "treaty", "audit"].map((name) => ({
  name,
  sdl: readFileSync(join(sdlFolder, `${name}.graphql`), "utf8"),
}));

/**
 * Random operations over a whole API. That each is planned at all means that its plan was verified: no identity field anywhere but at the top of an `_entities`
 * selection of an identity half, and asked exactly where the operation asks.
 */
test.each([
  ["the committed SDL", committed],
  ["the fixture", demoSubgraphs],
])(
  "fifteen hundred random operations over %s are planned, and every plan may be used",
  async (_, subgraphs) => {
    const composed = composeGraph(subgraphs);
    if ("findings" in composed) throw new Error(JSON.stringify(composed.findings));
    const planner = await openPlanner(composed.graph, { operations: 10 });
    const refused: string[] = [];
    let planned = 0;
    let identity = 0;
    for (let seed = 0; planned < 1_500; seed++) {
      const random = new Random(seed);
      const { text, variables } = generateOperation({
        random,
        schema: planner.apiSchema,
        ids: ["u01", "u01-p1"],
        mutation: random.chance(0.1),
      });
      const document = parse(text, { noLocation: true });
      if (validate(planner.apiSchema, document).length > 0) continue;
      planned += 1;
      try {
        const { identityFields } = await planner.prepare(document, "Op", variables);
        if (identityFields.length > 0) identity += 1;
      } catch (fault) {
        refused.push(
          `seed ${seed}: ${String(fault)} ${String((fault as { originalError?: unknown }).originalError)}\n${text}`,
        );
      }
    }
    await planner.close();
    expect(refused).toEqual([]);
    expect(identity).toBeGreaterThan(200);
  },
  120_000,
);
