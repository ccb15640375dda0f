import { expect, test } from "@jest/globals";
import { parse, validate } from "graphql";
import { openPlanner } from "../../gateway/plan/open-planner.js";
import { composeGraph } from "../../schema/compose.js";
import { generateOperation } from "../fuzz/generate-operation.js";
import { Random } from "../fuzz/random.js";
import { demoSubgraphs } from "../identity/fixtures/demo-graph.js";

/**
 * Random operations over the shapes of the real API. That each is planned at all means that its plan was verified: no identity field anywhere but at the top of an `_entities`
 * selection of an identity half, and asked exactly where the operation asks.
 */
test("two thousand random operations over the whole API are planned, and every plan may be used", async () => {
  const composed = composeGraph(demoSubgraphs);
  if ("findings" in composed) throw new Error(JSON.stringify(composed.findings));
  const planner = await openPlanner(composed.graph, { operations: 10 });
  const refused: string[] = [];
  let planned = 0;
  let identity = 0;
  for (let seed = 0; planned < 2_000; seed++) {
    const random = new Random(seed);
    const { text, variables } = generateOperation({ random, schema: planner.apiSchema, ids: ["u01", "u01-p1"], mutation: random.chance(0.1) });
    const document = parse(text, { noLocation: true });
    if (validate(planner.apiSchema, document).length > 0) continue;
    planned += 1;
    try {
      const { identityFields } = await planner.prepare(document, "Op", variables);
      if (identityFields.length > 0) identity += 1;
    } catch (fault) {
      refused.push(`seed ${seed}: ${String(fault)} ${String((fault as { originalError?: unknown }).originalError)}\n${text}`);
    }
  }
  await planner.close();
  expect(refused).toEqual([]);
  expect(identity).toBeGreaterThan(300);
}, 120_000);
