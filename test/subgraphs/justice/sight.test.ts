import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { oneDatabase } from "../../kit/databases.js";
import { accepted, draft, issued, openCase } from "./acts.js";
import { freshWorld } from "./fake-graph.js";
import {
  type Answer,
  auditor,
  berlin,
  centralFr,
  enforcer,
  engineer,
  facebook,
  fjordnet,
  gateway,
  type JusticeUnderTest,
  openJustice,
  paris,
  prosecutor,
  type Who,
} from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";
const inService = (who: Who) => ({ ...who, role: "SERVICE" as const, service: "treaty", onBehalfOf: who });

describe.each(oneDatabase)("who sees what, on the %s database", (kind) => {
  let justice: JusticeUnderTest;
  let caseId: string;
  let drafted: string;
  let ordered: string;
  let german: string;
  beforeAll(async () => {
    justice = await openJustice(kind, start);
    caseId = await openCase(justice, paris, { postIds: ["u01-p1"] });
    drafted = (await draft(justice, paris, { caseId })).warrant.id;
    ordered = (await issued(justice, paris, { caseId, necessity: "the only lead" })).id;
    german = (await issued(justice, berlin)).id;
  });
  afterAll(async () => {
    await justice.close();
  });
  beforeEach(() => {
    justice.now = new Date(start);
  });

  const listed = async (who: Who, args = ""): Promise<string[]> =>
    (await justice.ask(who, `{ warrants${args} { nodes { id } } }`)).data.warrants?.nodes.map(
      ({ id }: { id: string }) => id,
    ) ?? null;
  const sees = async (who: Who, id: string): Promise<boolean> =>
    (await justice.ask(who, `{ warrant(id: "${id}") { id } }`)).data.warrant !== null;
  const entities = async (who: Who, representations: object[], fields: string): Promise<Answer> =>
    justice.ask(who, `query ($r: [_Any!]!) { _entities(representations: $r) { ${fields} } }`, { r: representations });

  test.each<[string, Who, boolean, boolean, boolean]>([
    ["the issuing authority", paris, true, true, false],
    ["a subgraph on its behalf", inService(paris) as Who, true, true, false],
    ["another authority of the country", prosecutor, false, false, false],
    ["another country's authority", berlin, false, false, true],
    ["the provider, from issue on", facebook, false, true, true],
    ["another provider", fjordnet, false, false, false],
    ["the central authority", centralFr, true, true, false],
    ["an auditor of the country", auditor({ country: "FR" }), true, true, false],
    ["an auditor of the platform", auditor({ platform: "FACEBOOK" }), false, true, true],
    ["an auditor of another platform", auditor({ platform: "FJORDNET" }), false, false, false],
    ["an auditor of all", auditor(), true, true, true],
    ["the enforcing authority, to which nothing is notified", enforcer, false, false, false],
    ["an engineer", engineer, false, false, false],
    ["the gateway, which has a root of its own", gateway, false, false, false],
  ])("%s", async (_who, who, draftSeen, orderSeen, germanSeen) => {
    const expected = [
      [drafted, draftSeen],
      [ordered, orderSeen],
      [german, germanSeen],
    ] as const;
    for (const [id, seen] of expected) {
      expect(await sees(who, id)).toBe(seen);
      const { data } = await entities(who, [{ __typename: "Warrant", id }], "... on Warrant { id }");
      expect(data._entities[0] !== null).toBe(seen);
    }
    const list = await listed(who);
    for (const [id, seen] of expected) expect(list?.includes(id) ?? false).toBe(seen);
  });

  test.each<[string, Who, boolean]>([
    ["the authority", paris, true],
    ["another authority", prosecutor, false],
    ["the provider", facebook, false],
    ["the central authority", centralFr, true],
    ["an auditor of the country", auditor({ country: "FR" }), true],
    ["an auditor of another country", auditor({ country: "DE" }), false],
    ["an auditor of the platform it was ordered from", auditor({ platform: "FACEBOOK" }), true],
    ["an auditor of another platform", auditor({ platform: "FJORDNET" }), false],
    ["an engineer", engineer, false],
  ])("the case: %s", async (_who, who, seen) => {
    const { data } = await justice.ask(who, `{ case(id: "${caseId}") { reference } cases { nodes { id } } }`);
    expect(data.case).toEqual(seen ? { reference: "PAR-2026/17" } : null);
    expect((data.cases?.nodes ?? []).some(({ id }: { id: string }) => id === caseId)).toBe(seen);
    const reference = await entities(who, [{ __typename: "Case", id: caseId }], "... on Case { reference }");
    expect(reference.data._entities).toEqual([seen ? { reference: "PAR-2026/17" } : null]);
  });

  describe("an auditor sees what the records of her scope name", () => {
    afterEach(() => {
      Object.assign(justice.world, freshWorld());
    });
    const france = auditor({ country: "FR" });

    test("what no record names does not exist: by id, by reference, in lists, below its case", async () => {
      justice.world.named = (id) => id === ordered || id === german;
      expect(await sees(france, ordered)).toBe(true);
      expect(await sees(france, drafted)).toBe(false);
      expect(await sees(france, german)).toBe(false);
      expect(await listed(france)).toEqual([ordered]);
      const { data } = await justice.ask(france, `{ case(id: "${caseId}") { id } cases { nodes { id } } }`);
      expect(data).toEqual({ case: null, cases: { nodes: [] } });
      const references = [
        { __typename: "Warrant", id: drafted },
        { __typename: "Case", id: caseId },
      ];
      expect((await entities(france, references, "__typename")).data._entities).toEqual([null, null]);
      justice.world.named = (id) => id === caseId || id === ordered;
      const below = await justice.ask(france, `{ case(id: "${caseId}") { warrants { nodes { id } } } }`);
      expect(below.data.case.warrants.nodes).toEqual([{ id: ordered }]);
    });

    test("pages are full and end where her part ends: nothing betrays what lies between", async () => {
      const ids = await listed(france, "(first: 100, orderBy: CHANGED)");
      const hers = ids.filter((_, index) => index % 2 === 1);
      justice.world.named = (id) => hers.includes(id);
      const seen: string[] = [];
      let after: string | null = null;
      for (;;) {
        const { data } = await justice.ask(
          france,
          "query ($after: String) { warrants(orderBy: CHANGED, first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }",
          { after },
        );
        expect(data.warrants.nodes).toHaveLength(1);
        seen.push(data.warrants.nodes[0].id);
        after = data.warrants.pageInfo.endCursor;
        if (!data.warrants.pageInfo.hasNextPage) break;
      }
      expect(seen).toEqual(hers);
    });

    test("nobody else is judged by the log, and no answer of the log means no sight", async () => {
      justice.world.unreachable = true;
      expect(await sees(paris, ordered)).toBe(true);
      const { data, errors } = await justice.ask(france, `{ warrant(id: "${ordered}") { id } }`);
      expect(data).toEqual({ warrant: null });
      expect(errors?.[0]?.extensions).toEqual({ code: "SUBGRAPH_UNAVAILABLE" });
    });
  });

  test("the provider reads the order without the case, the reasons, and what came before the issue", async () => {
    const document = `{ warrant(id: "${ordered}") { case { id } necessity issuingAuthority { id name country kind } history { to } } }`;
    const issuingAuthority = {
      id: "fr-tj-paris",
      name: "Tribunal judiciaire de Paris (demo)",
      country: "FR",
      kind: "JUDGE",
    };
    expect((await justice.ask(facebook, document)).data.warrant).toEqual({
      case: null,
      necessity: null,
      issuingAuthority,
      history: [{ to: "ISSUED" }],
    });
    expect((await justice.ask(paris, document)).data.warrant).toEqual({
      case: { id: caseId },
      necessity: "the only lead",
      issuingAuthority,
      history: [{ to: "DRAFT" }, { to: "ISSUED" }],
    });
  });

  test.each<[string, Who, object[] | null]>([
    ["the issuing authority: her own, and no draft", paris, [{ keys: ["FR"], warrants: 1, items: 2 }]],
    ["an authority that sees none", prosecutor, []],
    ["another country's", berlin, [{ keys: ["DE"], warrants: 1 }]],
    [
      "the provider",
      facebook,
      [
        { keys: ["DE"], warrants: 1 },
        { keys: ["FR"], warrants: 1 },
      ],
    ],
    ["another provider", fjordnet, []],
    ["the central authority", centralFr, [{ keys: ["FR"], warrants: 1 }]],
    ["an enforcing authority that was not notified", enforcer, []],
    ["an auditor of everything", auditor(), [{ keys: ["DE"] }, { keys: ["FR"] }]],
    ["an auditor of a country", auditor({ country: "DE" }), [{ keys: ["DE"] }]],
    ["an engineer", engineer, null],
  ])("statistics count what is seen: %s", async (_who, who, groups) => {
    const { data } = await justice.ask(who, "{ warrantStatistics(by: [COUNTRY]) { keys warrants items } }");
    if (groups === null) expect(data.warrantStatistics).toBeNull();
    else expect(data.warrantStatistics).toMatchObject(groups);
    expect(data.warrantStatistics?.length ?? null).toBe(groups?.length ?? null);
  });

  test("an auditor's statistics count what the records of her scope name, and nothing else", async () => {
    justice.world.named = (id) => id !== german;
    const { data } = await justice.ask(auditor(), "{ warrantStatistics(by: [COUNTRY]) { keys } }");
    justice.world.named = () => true;
    expect(data.warrantStatistics).toEqual([{ keys: ["FR"] }]);
  });

  test.each<[string, string, string | number]>([
    ["no dimension", "by: []", "BAD_USER_INPUT"],
    ["one twice", "by: [KIND, KIND]", "BAD_USER_INPUT"],
    ["five", "by: [KIND, COUNTRY, MONTH, STATUS, PLATFORM]", "BAD_USER_INPUT"],
    ["an empty period", 'by: [KIND], from: "2026-12-01T00:00:00Z", to: "2026-12-01T00:00:00Z"', "BAD_USER_INPUT"],
    ["issued in the very millisecond", `by: [KIND], from: "${start}"`, 1],
    ["issued before it", `by: [KIND], to: "${start}"`, 0],
    ["before there was anything", 'by: [KIND], to: "0001-01-01T00:00:00Z"', 0],
    ["since ever", 'by: [KIND], from: "0001-01-01T00:00:00Z", to: "9999-12-31T00:00:00Z"', 1],
  ])("statistics of %s", async (_what, args, expected) => {
    const { data, errors } = await justice.ask(paris, `{ warrantStatistics(${args}) { keys } }`);
    if (typeof expected === "number") expect(data.warrantStatistics).toHaveLength(expected);
    else expect(errors).toMatchObject([{ extensions: { code: expected } }]);
  });

  test("a case shows its offences and posts as references, and its warrants as the caller sees them", async () => {
    const document = `{ case(id: "${caseId}") { authority { id } offences { code } posts { id } warrants { nodes { id } } } }`;
    const { data } = await justice.ask(paris, document);
    expect(data.case).toMatchObject({
      authority: { id: "fr-tj-paris" },
      offences: [{ code: "FR-1881-24" }],
      posts: [{ id: "u01-p1" }],
    });
    expect(data.case.warrants.nodes).toHaveLength(2);
    const audited = await justice.ask(auditor({ platform: "FACEBOOK" }), document);
    expect(audited.data.case.warrants.nodes).toEqual([{ id: ordered }]);
  });

  test("items and targets by reference follow their warrant", async () => {
    const { data } = await justice.ask(
      paris,
      `{ warrant(id: "${drafted}") { targets { id platform kind value } items { nodes { id } } } }`,
    );
    const { targets, items } = data.warrant;
    const representations = [
      { __typename: "WarrantItem", id: items.nodes[0].id },
      { __typename: "WarrantTarget", ...targets[0] },
    ];
    const fields =
      "... on WarrantItem { category status target { value } } ... on WarrantTarget { value believed { residence } }";
    expect((await entities(paris, representations, fields)).data._entities).toEqual([
      { category: "SUBSCRIBER", status: "DRAFT", target: { value: "quiet.heron" } },
      { value: "quiet.heron", believed: null },
    ]);
    expect((await entities(facebook, representations, fields)).data._entities).toEqual([null, null]);
  });

  test("the register is open to all who deal with orders", async () => {
    for (const who of [paris, facebook, auditor(), enforcer, centralFr]) {
      expect((await justice.ask(who, '{ authority(id: "de-ag-berlin") { kind } }')).data.authority).toEqual({
        kind: "JUDGE",
      });
    }
    expect((await justice.ask(engineer, '{ authority(id: "de-ag-berlin") { kind } }')).data.authority).toBeNull();
    expect((await justice.ask(paris, '{ authority(id: "fr-none") { kind } }')).data.authority).toBeNull();
  });

  test.each<[string, Partial<Who>]>([
    ["an authority that is not in the register", { authority: "fr-none" }],
    ["an authority of another country", { authority: "de-ag-berlin" }],
    ["no authority", { authority: null }],
  ])("a judicial token that names %s is refused at every root", async (_what, change) => {
    const who = { ...paris, ...change };
    for (const root of [
      `warrant(id: "${ordered}") { id }`,
      "warrants { nodes { id } }",
      `case(id: "${caseId}") { id }`,
      "cases { nodes { id } }",
      'authority(id: "fr-tj-paris") { id }',
    ]) {
      const { errors } = await justice.ask(who, `{ ${root} }`);
      expect(errors?.[0]?.extensions).toEqual({ code: "FORBIDDEN", refusal: "REGISTER" });
    }
    const { errors } = await entities(who, [{ __typename: "Warrant", id: ordered }], "... on Warrant { id }");
    expect(errors?.[0]?.extensions).toEqual({ code: "FORBIDDEN", refusal: "REGISTER" });
  });

  describe("lists", () => {
    const lyon: Who = { ...paris, sub: "judge-9", authority: "fr-ji-paris" };
    let all: { id: string; change: string }[];
    beforeAll(async () => {
      const inCase = await openCase(justice, lyon);
      all = [];
      const at = (time: string) => {
        justice.now = new Date(time);
      };
      at("2026-11-01T00:00:00Z");
      all.push({
        id: (await accepted(justice, lyon, { caseId: inCase, expiresAt: "2026-11-10T00:00:00Z" })).id,
        change: "expired",
      });
      at("2026-11-02T00:00:00Z");
      all.push({ id: (await accepted(justice, lyon, { caseId: inCase })).id, change: "accepted" });
      at("2026-11-03T00:00:00Z");
      all.push({ id: (await issued(justice, lyon, { caseId: inCase })).id, change: "issued" });
      at("2026-11-04T00:00:00Z");
      all.push({ id: (await draft(justice, lyon, { caseId: inCase })).warrant.id, change: "drafted" });
      all.push({ id: (await draft(justice, lyon, { caseId: inCase })).warrant.id, change: "drafted too" });
    });
    const named = async (filter: string): Promise<string[]> =>
      (await listed(lyon, `(filter: ${filter})`)).map((id) => all.find((one) => one.id === id)?.change ?? id);

    test.each<[string, string[]]>([
      ["{}", ["drafted", "drafted too", "issued", "accepted", "expired"]],
      ["{ status: [EXPIRED] }", ["expired"]],
      ["{ status: [ACCEPTED] }", ["accepted"]],
      ["{ status: [ISSUED, EXPIRED] }", ["issued", "expired"]],
      ["{ status: [] }", []],
      ["{ status: [REVOKED] }", []],
      ["{ itemStatus: [LAPSED] }", ["expired"]],
      ["{ itemStatus: [ACCEPTED] }", ["accepted"]],
      ["{ itemStatus: [ORDERED, DRAFT] }", ["drafted", "drafted too", "issued"]],
      ['{ deadlineBefore: "2026-11-13T00:00:00Z" }', ["accepted", "expired"]],
      ['{ deadlineBefore: "0000-01-01T00:00:00Z" }', []],
      ["{ deadlineState: RUNNING }", []],
      ["{ deadlineState: OVERDUE }", ["issued"]],
      ["{ deadlineState: MET }", ["accepted", "expired"]],
      ["{ deadlineState: SUSPENDED }", []],
      ['{ changedSince: "2026-11-03T00:00:00Z" }', ["drafted", "drafted too", "issued", "expired"]],
      ['{ changedSince: "2026-11-10T00:00:00.001Z" }', []],
      ['{ platform: "FJORDNET" }', []],
      ['{ country: "FR", emergency: false, authorityId: "fr-ji-paris", status: [DRAFT] }', ["drafted", "drafted too"]],
      ["{ emergency: true }", []],
      ['{ caseId: "case-none" }', []],
    ])("filter %s", async (filter, expected) => {
      expect((await named(filter)).sort()).toEqual([...expected].sort());
    });

    test("what is due first comes first, then what was answered in time, what has no deadline at the end: the order of a queue, and of every list unless asked", async () => {
      const due = (await listed(lyon)).map((id) => all.find((one) => one.id === id)?.change.slice(0, 7));
      expect(due).toEqual(["issued", "expired", "accepte", "drafted", "drafted"]);
      expect(await listed(lyon, "(orderBy: DEADLINE)")).toEqual(await listed(lyon));
    });

    test("newest change first; by issue, with drafts at the end", async () => {
      const order = (await listed(lyon, "(orderBy: CHANGED)")).map((id) =>
        all.find((one) => one.id === id)?.change.slice(0, 7),
      );
      expect(order).toEqual(["drafted", "drafted", "issued", "accepte", "expired"]);
      const byIssue = (await listed(lyon, "(orderBy: ISSUED)")).map((id) =>
        all.find((one) => one.id === id)?.change.slice(0, 7),
      );
      expect(byIssue).toEqual(["issued", "accepte", "expired", "drafted", "drafted"]);
    });

    test.each(["DEADLINE", "CHANGED", "ISSUED"])(
      "page by page by %s, nothing twice and nothing left out",
      async (orderBy) => {
        const seen: string[] = [];
        let after: string | null = null;
        for (let page = 0; page < 5; page++) {
          const { data } = await justice.ask(
            lyon,
            `query ($after: String) { warrants(orderBy: ${orderBy}, first: 2, after: $after) { nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
            { after },
          );
          seen.push(...data.warrants.nodes.map(({ id }: { id: string }) => id));
          expect(data.warrants.pageInfo.hasPreviousPage).toBe(page > 0);
          after = data.warrants.pageInfo.endCursor;
          if (!data.warrants.pageInfo.hasNextPage) break;
        }
        expect(seen).toEqual(await listed(lyon, `(orderBy: ${orderBy})`));
        expect(new Set(seen).size).toBe(5);
      },
    );

    test("a cursor of another list, and a page of no size, are refused", async () => {
      const { data } = await justice.ask(
        lyon,
        "{ cases { pageInfo { endCursor } } warrants(first: 1) { pageInfo { endCursor } } }",
      );
      const refused = async (query: string) => (await justice.ask(lyon, query)).errors?.[0]?.extensions;
      const foreign = { code: "BAD_USER_INPUT", refusal: "CURSOR" };
      expect(await refused(`{ warrants(after: "${data.cases.pageInfo.endCursor}") { nodes { id } } }`)).toEqual(
        foreign,
      );
      expect(
        await refused(`{ warrants(orderBy: ISSUED, after: "${data.warrants.pageInfo.endCursor}") { nodes { id } } }`),
      ).toEqual(foreign);
      expect(
        await refused(
          `{ warrants(filter: { emergency: false }, after: "${data.warrants.pageInfo.endCursor}") { nodes { id } } }`,
        ),
      ).toEqual(foreign);
      expect(await refused('{ cases(after: "nonsense") { nodes { id } } }')).toEqual(foreign);
      for (const first of [0, -1, 101]) {
        expect(await refused(`{ warrants(first: ${first}) { nodes { id } } }`)).toEqual({
          code: "BAD_USER_INPUT",
          refusal: "PAGE_SIZE",
        });
      }
    });

    test("what no database can hold is not there", async () => {
      const nul = "a\\u0000b";
      const { data, errors } = await justice.ask(
        lyon,
        `{ warrant(id: "${nul}") { id } case(id: "${nul}") { id } warrants(filter: { platform: "${nul}" }) { nodes { id } }
           early: warrants(filter: { changedSince: "0000-01-01T00:00:00Z" }) { nodes { id } } }`,
      );
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ warrant: null, case: null, warrants: { nodes: [] } });
      expect(data.early.nodes).toHaveLength(5);
    });

    test("items by category and status", async () => {
      const id = all.find(({ change }) => change === "expired")?.id;
      const items = async (args: string) =>
        (await justice.ask(lyon, `{ warrant(id: "${id}") { items(${args}) { nodes { category status } } } }`)).data
          .warrant.items.nodes;
      expect(await items("category: SUBSCRIBER")).toEqual([{ category: "SUBSCRIBER", status: "LAPSED" }]);
      expect(await items("status: [ACCEPTED]")).toEqual([]);
      expect(await items("status: [LAPSED], first: 1")).toHaveLength(1);
    });
  });
});
