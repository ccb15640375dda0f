import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshWorld } from "./fake-graph.js";
import { berlin, facebook, type JusticeUnderTest, openJustice, paris } from "./justice-under-test.js";

describe("cases", () => {
  let justice: JusticeUnderTest;
  beforeAll(async () => {
    justice = await openJustice("embedded", "2026-11-23T10:00:00.000Z");
  });
  afterAll(async () => {
    await justice.close();
  });
  beforeEach(() => {
    Object.assign(justice.world, freshWorld());
  });

  const open = async (change: object, who = paris) =>
    justice.ask(
      who,
      "mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id reference country committedOnline offenceCountry openedAt closedAt } userErrors { code message field } } }",
      {
        input: { reference: "PAR-2026/17", offenceCodes: ["FR-1881-24"], committedOnline: true, ...change },
      },
    );

  test("opened in the name of the token's authority, at the clock's time", async () => {
    const { data } = await open({ offenceCountry: "FR", postIds: ["u01-p1"] });
    expect(data.openCase).toEqual({
      case: {
        ...{
          id: expect.stringMatching(/^case-/),
          reference: "PAR-2026/17",
          country: "FR",
          committedOnline: true,
          offenceCountry: "FR",
        },
        ...{ openedAt: "2026-11-23T10:00:00.000Z", closedAt: null },
      },
      userErrors: [],
    });
  });

  test.each<[string, object, { code: string; field: string[] }]>([
    ["no reference", { reference: "  " }, { code: "TEXT_EMPTY", field: ["reference"] }],
    ["no offence", { offenceCodes: [] }, { code: "OFFENCES_EMPTY", field: ["offenceCodes"] }],
    ["an offence twice", { offenceCodes: ["X-HATE", "X-HATE"] }, { code: "NAMED_TWICE", field: ["offenceCodes", "1"] }],
    [
      "an offence that is not in the table",
      { offenceCodes: ["X-HATE", "FR-NONE"] },
      { code: "OFFENCE_UNKNOWN", field: ["offenceCodes", "1"] },
    ],
    [
      "an offence of another state",
      { offenceCodes: ["DE-STGB-130"] },
      { code: "OFFENCE_OF_ANOTHER_STATE", field: ["offenceCodes", "0"] },
    ],
    [
      "a post that does not exist",
      { postIds: ["u01-p1", "u99-p1"] },
      { code: "POST_UNKNOWN", field: ["postIds", "1"] },
    ],
  ])("%s: userError, and no case", async (_what, change, expected) => {
    const before = (await justice.ask(paris, "{ cases(first: 100) { nodes { id } } }")).data.cases.nodes.length;
    const { data } = await open(change);
    expect(data.openCase.case).toBeNull();
    expect(data.openCase.userErrors).toMatchObject([expected]);
    expect((await justice.ask(paris, "{ cases(first: 100) { nodes { id } } }")).data.cases.nodes).toHaveLength(before);
  });

  test('an offence of "*" is open to every state', async () => {
    expect((await open({ offenceCodes: ["X-HATE"] }, berlin)).data.openCase.userErrors).toEqual([]);
  });

  test("no answer of the graph: no case", async () => {
    justice.world.failing = true;
    expect((await open({})).data.openCase).toMatchObject({ case: null, userErrors: [{ code: "GRAPH_UNAVAILABLE" }] });
  });

  test("a provider opens none", async () => {
    expect((await open({}, facebook)).errors?.[0]?.extensions).toEqual({ code: "FORBIDDEN", refusal: "ROLE" });
  });

  test("closed once, by its authority", async () => {
    const { id } = (await open({})).data.openCase.case;
    const close = (who: typeof paris) =>
      justice.ask(
        who,
        `mutation { closeCase(id: "${id}") { case { closedAt } warnings { code } userErrors { code } } }`,
      );
    expect((await close(berlin)).data.closeCase.userErrors).toEqual([{ code: "CASE_UNKNOWN" }]);
    expect((await close(paris)).data.closeCase).toEqual({
      case: { closedAt: "2026-11-23T10:00:00.000Z" },
      warnings: [],
      userErrors: [],
    });
    expect((await close(paris)).data.closeCase.userErrors).toEqual([{ code: "CASE_CLOSED" }]);
  });
});
