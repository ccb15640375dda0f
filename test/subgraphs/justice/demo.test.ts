import type { PGlite } from "@electric-sql/pglite";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { RuleBook } from "../../../schema/law/rule-book.js";
import { newestShipped } from "../../../subgraphs/treaty/index.js";
import { embeddedDatabase, gateway, type JusticeUnderTest, openJustice, type Who } from "./justice-under-test.js";

/** The ready-made cases, which the journeys rest on. */
describe("the demo cases", () => {
  let justice: JusticeUnderTest;
  let database: PGlite;
  let book: RuleBook;
  beforeAll(async () => {
    book = await newestShipped();
    database = await embeddedDatabase();
  });
  afterAll(async () => {
    await database.close();
  });
  afterEach(async () => {
    await justice.close();
  });

  const doors = async (ids: string[]) =>
    (
      await justice.ask(
        gateway,
        `query ($ids: [ID!]!) { doorWarrants(ids: $ids) { id status authorityId offenceCodes committedOnline offenceCountry solePurposeIdentification issuedAt periodFrom periodTo categories targets { accountId believedResidence believedNationality } items { id status } } }`,
        { ids },
      )
    ).data.doorWarrants;

  test("at the moment of the stories: one accepted warrant for each", async () => {
    justice = await openJustice("embedded", "2026-11-23T10:00:01.500Z", database);
    await justice.running.loadDemo(book);
    const expected = [
      ["warrant-fr-quiet-heron", "fr-tj-paris", "FR-1881-24", "FR", "u01", "FR"],
      ["warrant-de-brave-badger", "de-ag-berlin", "DE-STGB-130", "DE", "u02", "DE"],
      ["warrant-de-amber-falcon", "de-ag-berlin", "DE-STGB-130", "DE", "u03", "FR"],
      ["warrant-de-amber-falcon-early", "de-ag-berlin", "DE-STGB-130", "DE", "u03", "FR"],
      ["warrant-gb-silver-otter", "gb-cc-london", "GB-TA-58", "GB", "u04", "GB"],
      ["warrant-gb-golden-plover", "gb-cc-london", "GB-TA-58", "GB", "u05", "GB"],
      ["warrant-in-jade-tortoise", "in-dc-delhi", "X-HATE", "IN", "u08", "IN"],
      ["warrant-ru-crimson-kite", "ru-ms-moscow", "X-HATE", "RU", "u09", "RU"],
    ] as const;
    const found = await doors(expected.map(([id]) => id));
    expect(found).toMatchObject(
      expected.map(([id, authorityId, offence, country, accountId, believedResidence]) => ({
        ...{
          id,
          authorityId,
          status: "ACCEPTED",
          offenceCodes: [offence],
          committedOnline: true,
          offenceCountry: country,
        },
        ...{ solePurposeIdentification: true, categories: ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"] },
        ...{ periodFrom: "2026-08-25T10:00:00.000Z", periodTo: "2026-11-23T10:00:00.000Z" },
        issuedAt: id === "warrant-de-amber-falcon-early" ? "2026-11-10T10:00:00.000Z" : "2026-11-23T10:00:00.000Z",
        targets: [{ accountId, believedResidence, believedNationality: null }],
        items: Array.from({ length: 4 }, (_, n) => ({
          id: `${id.replace("warrant-", "item-")}-${n + 1}`,
          status: "ACCEPTED",
        })),
      })),
    );
    expect(await doors(["warrant-fr-hate-2019"])).toEqual([null]);
  });

  test.each(["2019-06-24T10:00:00Z", "2019-06-25T10:00:00Z"])(
    "on %s: the three requests of that day, over May 2019",
    async (now) => {
      justice = await openJustice("embedded", now, database);
      await justice.running.loadDemo(book);
      const found = await doors(["warrant-fr-hate-2019", "warrant-fr-terror-2019", "warrant-de-hate-2019"]);
      const day = {
        periodFrom: "2019-05-01T00:00:00.000Z",
        periodTo: "2019-06-01T00:00:00.000Z",
        status: "ACCEPTED",
        targets: [{ accountId: "u01" }],
      };
      expect(found).toMatchObject([
        { ...day, offenceCodes: ["FR-1881-24"] },
        { ...day, offenceCodes: ["FR-CP-421-2-5"] },
        { ...day, offenceCodes: ["DE-STGB-130"] },
      ]);
      expect(new Date(found[0].issuedAt)).toEqual(new Date(now));
      const paris: Who = { sub: "j", role: "JUDICIAL", country: "FR", authority: "fr-tj-paris", platform: null };
      const { data } = await justice.ask(
        paris,
        '{ a: case(id: "case-fr-hate") { posts { id } } b: case(id: "case-fr-hate-2019") { posts { id } } }',
      );
      expect(data).toEqual({ a: { posts: [] }, b: { posts: [{ id: "u01-p4" }] } });
    },
  );

  test("deadlines and holds are those of the rule book on the day of the issue", async () => {
    justice = await openJustice("embedded", "2026-11-23T10:00:00Z", database);
    await justice.running.loadDemo(book);
    const berlin: Who = { sub: "j", role: "JUDICIAL", country: "DE", authority: "de-ag-berlin", platform: null };
    const { data } = await justice.ask(
      berlin,
      '{ warrant(id: "warrant-de-amber-falcon-early") { deadlineAt deadlineState items { nodes { category deadlineAt heldUntil } } } }',
    );
    const [deadlineAt, heldUntil] = ["2026-11-20T10:00:00.000Z", "2026-11-20T10:00:00.000Z"];
    expect(data.warrant).toEqual({
      deadlineAt,
      deadlineState: "MET",
      items: {
        nodes: [
          { category: "SUBSCRIBER", deadlineAt, heldUntil: null },
          { category: "USER_IDENTIFICATION", deadlineAt, heldUntil: null },
          { category: "TRAFFIC", deadlineAt, heldUntil },
          { category: "CONTENT", deadlineAt, heldUntil },
        ],
      },
    });
  });

  test("the same moment gives the same content, and a second load changes nothing", async () => {
    const hash = () =>
      justice.running.em().execute("select id, content_hash, version from justice.warrants order by id");
    justice = await openJustice("embedded", "2026-11-23T10:00:00Z", database);
    await justice.running.loadDemo(book);
    const first = await hash();
    justice.now = new Date("2026-11-25T10:00:00Z");
    await justice.running.loadDemo(book);
    await justice.running.loadBase();
    expect(await hash()).toEqual(first);
    await justice.close();
    justice = await openJustice("embedded", "2026-11-23T10:00:59.999Z", database);
    await justice.running.loadDemo(book);
    expect(await hash()).toEqual(first);
  });

  test("the migrations and the classes say the same", async () => {
    justice = await openJustice("embedded", "2026-11-23T10:00:00Z", database);
    expect(await justice.running.drift()).toBe("");
  });
});
