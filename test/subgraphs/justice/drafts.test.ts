import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { oneDatabase } from "../../kit/databases.js";
import { actsOn, draft, draftInput, openCase } from "./acts.js";
import { freshWorld, permitted } from "./fake-graph.js";
import { engineer, facebook, type JusticeUnderTest, openJustice, paris, prosecutor } from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";

describe.each(oneDatabase)("drafting a warrant, on the %s database", (kind) => {
  let justice: JusticeUnderTest;
  let acts: ReturnType<typeof actsOn>;
  beforeAll(async () => {
    justice = await openJustice(kind, start);
    acts = actsOn(justice);
  });
  afterAll(async () => {
    await justice.close();
  });
  beforeEach(() => {
    Object.assign(justice.world, freshWorld());
    justice.now = new Date(start);
  });

  test("warns of what the law will withhold or hold, with the rule, and of what was added", async () => {
    justice.world.preview = () => ({
      decisions: [
        permitted("SUBSCRIBER", {
          obligations: [
            { kind: "HOLD", text: "Held for 240 hours." },
            { kind: "INFORM_USER", text: "Inform." },
          ],
        }),
        permitted("USER_IDENTIFICATION", {
          permitted: false,
          code: "NATIONAL_PRECONDITION",
          reason: "Three years are needed.",
          rule: { id: "R-FR-60-1-2" },
        }),
      ],
    });
    const { warnings } = await draft(justice, paris, {});
    expect(warnings).toEqual([
      {
        code: "HELD",
        message: "SUBSCRIBER: Held for 240 hours.",
        field: ["categories", "0"],
        rule: { id: "R-EE-IDENT" },
      },
      {
        code: "NATIONAL_PRECONDITION",
        message: "USER_IDENTIFICATION: Three years are needed.",
        field: ["categories", "1"],
        rule: { id: "R-FR-60-1-2" },
      },
      {
        code: "EXPIRY_SET",
        message: "No end was named: this warrant expires 365 days after the draft, at 2027-11-23T10:00:00.000Z.",
        field: ["expiresAt"],
        rule: null,
      },
    ]);
  });

  test("what the preview says of its input is said of the draft's, and nothing twice", async () => {
    const rule = { id: "R-EE-TRAFFIC" };
    justice.world.preview = () => ({
      decisions: [
        permitted("SUBSCRIBER"),
        permitted("USER_IDENTIFICATION", { permitted: false, code: "VALIDATION_MISSING", reason: "A judge must." }),
      ],
      competence: [{ code: "VALIDATION_MISSING", message: "Needs a judge.", field: ["categories", "1"], rule }],
      missing: [
        { code: "RESIDENCE", message: "Where?", field: ["believed", "residence"], rule: null },
        { code: "OFFENCE_COUNTRY", message: "Which?", field: ["offenceCountry"], rule: null },
      ],
    });
    const { warnings } = await draft(justice, paris, { expiresAt: "2027-01-01T00:00:00Z" });
    expect(warnings).toEqual([
      { code: "VALIDATION_MISSING", message: "Needs a judge.", field: ["categories", "1"], rule },
      { code: "RESIDENCE", message: "Where?", field: ["targets", "0", "believed", "residence"], rule: null },
      { code: "OFFENCE_COUNTRY", message: "Which?", field: ["caseId"], rule: null },
    ]);
  });

  test("asks once for each different belief, with the facts and nothing else, and says for whom", async () => {
    const beliefs: object[] = [];
    justice.world.preview = ({ believed }) => {
      beliefs.push(believed);
      const missing =
        believed.residence === "DE"
          ? [{ code: "PERSON_CONDITION", message: "Residence counts.", field: null, rule: null }]
          : [];
      return { missing };
    };
    const target = (value: string, believed: object) => ({ kind: "HANDLE", value, believed });
    const { warnings } = await draft(justice, paris, {
      expiresAt: "2027-01-01T00:00:00Z",
      targets: [
        target("quiet.heron", { residence: "FR", grounds: "profile" }),
        target("brave.badger", { residence: "DE" }),
        { kind: "ACCOUNT_ID", value: "u01", believed: { residence: "FR" } },
      ],
    });
    expect(beliefs).toEqual([{ residence: "FR" }, { residence: "DE" }]);
    expect(warnings).toEqual([
      { code: "PERSON_CONDITION", message: "Target 2: Residence counts.", field: null, rule: null },
    ]);
  });

  test.each<[object, string | null, string, string[]]>([
    [{ kind: "HANDLE", value: "quiet.heron" }, "u01", "RESOLVED", []],
    [{ kind: "ACCOUNT_ID", value: "u02" }, "u02", "RESOLVED", []],
    [{ kind: "POST_URL", value: "https://facebook.example/quiet.heron/posts/1" }, "u01", "RESOLVED", []],
    [{ kind: "HANDLE", value: "no.such.bird" }, null, "UNKNOWN", ["TARGET_UNKNOWN"]],
    [{ kind: "ACCOUNT_ID", value: "u10" }, null, "UNKNOWN", ["TARGET_UNKNOWN"]],
    [{ kind: "EMAIL", value: "a@mail.example" }, null, "NOT_YET", ["TARGET_NOT_RESOLVED"]],
    [{ kind: "PHONE", value: "+33123456789" }, null, "NOT_YET", ["TARGET_NOT_RESOLVED"]],
    [
      { kind: "IP_ADDRESS", value: "198.51.100.16", at: "2026-09-02T09:00:00Z" },
      null,
      "NOT_YET",
      ["TARGET_NOT_RESOLVED"],
    ],
  ])("pins the account of %j", async (target, accountId, pinned, warned) => {
    const { warrant, warnings } = await draft(justice, paris, { targets: [target], expiresAt: "2027-01-01T00:00:00Z" });
    expect(warrant.targets).toMatchObject([{ pinned, accountId, platform: "FACEBOOK" }]);
    expect(warnings.map(({ code }: { code: string }) => code)).toEqual(warned);
    expect((await acts.door(warrant.id)).targets[0].accountId).toBe(accountId);
  });

  test("a hundred targets are asked for in portions", async () => {
    const targets = Array.from({ length: 100 }, (_, n) => ({ kind: "HANDLE", value: `bird.${n}` }));
    const { warrant } = await draft(justice, paris, { targets });
    expect(justice.world.asked.filter((name) => name === "ResolveTargets")).toHaveLength(5);
    expect(warrant.targets).toHaveLength(100);
    const page = (
      await justice.ask(
        paris,
        `{ warrant(id: "${warrant.id}") { items { nodes { id } pageInfo { hasNextPage endCursor } } } }`,
      )
    ).data.warrant.items;
    expect(page.nodes).toHaveLength(100);
    expect(page.pageInfo.hasNextPage).toBe(true);
    const rest = await justice.ask(
      paris,
      `query ($after: String) { warrant(id: "${warrant.id}") { items(after: $after) { nodes { id } pageInfo { hasNextPage } } } }`,
      { after: page.pageInfo.endCursor },
    );
    expect(rest.data.warrant.items).toMatchObject({ pageInfo: { hasNextPage: false } });
    expect(new Set([...page.nodes, ...rest.data.warrant.items.nodes].map(({ id }: { id: string }) => id)).size).toBe(
      200,
    );
  });

  test.each<[string, object, string, string[] | null]>([
    ["a form fault", { categories: [] }, "CATEGORIES_EMPTY", ["categories"]],
    ["an unknown case", { caseId: "case-none" }, "CASE_UNKNOWN", ["caseId"]],
    ["an unknown platform", { platform: "MYSPACE" }, "PLATFORM_UNKNOWN", ["platform"]],
    ["an unknown warrant to replace", { replaces: "warrant-none" }, "REPLACED_UNKNOWN", ["replaces"]],
    [
      "a preservation of nobody known",
      { kind: "PRESERVATION", targets: [{ kind: "HANDLE", value: "no.body" }] },
      "TARGET_NOT_PRESERVABLE",
      ["targets", "0"],
    ],
    [
      "a preservation by an address",
      { kind: "PRESERVATION", targets: [{ kind: "EMAIL", value: "a@b.example" }] },
      "TARGET_NOT_PRESERVABLE",
      ["targets", "0"],
    ],
    ["an unknown preservation to follow", { preserves: "warrant-none" }, "PRESERVED_UNKNOWN", ["preserves"]],
    ["emergency", { emergency: true }, "EMERGENCY_GROUND", ["emergencyGround"]],
  ])("%s is a userError, and nothing is stored", async (_what, change, code, field) => {
    const before = await acts.count();
    const { warrant, userErrors } = await draft(justice, paris, change);
    expect(warrant).toBeNull();
    expect(userErrors).toMatchObject([{ code, field }]);
    expect(await acts.count()).toBe(before);
  });

  test.each(["unreachable", "failing"] as const)(
    "a graph that is %s: refused with the reason, and nothing is stored",
    async (how) => {
      const caseId = await openCase(justice, paris);
      const before = await acts.count();
      justice.world[how] = true;
      const { warrant, userErrors } = await draft(justice, paris, { caseId });
      expect(warrant).toBeNull();
      expect(userErrors).toMatchObject([
        { code: "GRAPH_UNAVAILABLE", message: expect.stringContaining("nothing was changed") },
      ]);
      expect(await acts.count()).toBe(before);
    },
  );

  test("a case of another authority is no case", async () => {
    const caseId = await openCase(justice, paris);
    const { userErrors } = await draft(justice, prosecutor, { caseId });
    expect(userErrors).toMatchObject([{ code: "CASE_UNKNOWN" }]);
  });

  test("a closed case takes no draft, also when it closes while the law is asked", async () => {
    const caseId = await openCase(justice, paris);
    const close = () =>
      justice.ask(
        paris,
        `mutation { closeCase(id: "${caseId}") { case { closedAt } warnings { code } userErrors { code } } }`,
      );
    justice.world.preview = () => ({});
    justice.world.pause = async () => {
      justice.world.pause = async () => undefined;
      await close();
    };
    const answer = await justice.ask(
      paris,
      "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id } } }",
      {
        input: draftInput({ caseId }),
      },
    );
    expect(answer.errors?.[0]?.extensions).toEqual({ code: "CONFLICT", refusal: "CHANGED_MEANWHILE" });
    const { userErrors } = await draft(justice, paris, { caseId });
    expect(userErrors).toMatchObject([{ code: "CASE_CLOSED", field: ["caseId"] }]);
  });

  test("a new warrant may name the one it replaces, which shows", async () => {
    const caseId = await openCase(justice, paris);
    const old = await draft(justice, paris, { caseId });
    const { warrant } = await draft(justice, paris, { caseId, replaces: old.warrant.id });
    const answer = await justice.ask(paris, `{ warrant(id: "${warrant.id}") { replaces { id } } }`);
    expect(answer.data.warrant.replaces.id).toBe(old.warrant.id);
  });

  test("other roles are refused", async () => {
    for (const who of [
      facebook,
      engineer,
      { ...paris, role: "SERVICE" as const, service: "treaty", onBehalfOf: paris },
    ]) {
      const answer = await justice.ask(
        who,
        "mutation ($input: DraftWarrantInput!) { draftWarrant(input: $input) { warrant { id } } }",
        {
          input: draftInput({ caseId: "case-none" }),
        },
      );
      expect(answer.data.draftWarrant).toBeNull();
      expect(answer.errors?.[0]?.extensions).toEqual({ code: "FORBIDDEN", refusal: "ROLE" });
    }
  });
});
