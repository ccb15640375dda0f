import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Principal } from "../../../schema/principal.js";
import type { GraphAnswer } from "../../../subgraphs/kit/ask-graph.js";
import { PreservedData } from "../../../subgraphs/platform/entities/preserved-data.js";
import { oneDatabase } from "../../kit/databases.js";
import { judge, moment } from "../../kit-of-subgraphs/signer.js";
import { openPlatform } from "./platform-under-test.js";

const facebook: Principal = {
  sub: "provider-1",
  role: "PROVIDER",
  country: null,
  authority: null,
  platform: "FACEBOOK",
};
const justice: Principal = { ...judge, role: "SERVICE", service: "justice", onBehalfOf: judge, hops: 1 };
const until = "2027-01-22T10:00:00.000Z";
interface ToKeep {
  readonly warrantId: string;
  readonly itemId: string;
  readonly accountId: string;
  readonly category: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly until: string;
}
const held: ToKeep = {
  ...{ warrantId: "warrant-1", itemId: "item-1", accountId: "u01", category: "TRAFFIC" },
  ...{ from: null, to: null, until },
};
const deletion = "mutation { deleteExpired { expired { category deleted preserved } lifted } }";

/** Sessions of u01 that are older than ninety days, by the end of their id. */
const old = { a: "2026-01-01T00:00:00Z", b: "2026-03-01T00:00:00Z" };

describe.each(oneDatabase)("what is kept against deletion, on the %s database", (kind) => {
  let platform: Awaited<ReturnType<typeof openPlatform>>;
  let toKeep: readonly ToKeep[] = [];
  let reported: unknown[] = [];
  let answers: (query: string) => Promise<GraphAnswer>;
  const plainly = async (query: string): Promise<GraphAnswer> => {
    if (query.includes("DataToKeep")) return { data: { dataToKeep: toKeep } };
    if (query.includes("ReportDeletion")) return { data: { reportDeletion: { userErrors: [] } } };
    return { data: { found: { id: "warrant-1" } } };
  };
  beforeAll(async () => {
    platform = await openPlatform(kind, async ({ query, variables }) => {
      const answer = await answers(query);
      if (query.includes("ReportDeletion") && !answer.errors) reported.push(variables);
      return answer;
    });
  });
  afterAll(() => platform.close());
  beforeEach(async () => {
    [toKeep, reported, answers] = [[], [], plainly];
    await run("delete from platform.preserved_data");
    for (const [id, at] of Object.entries(old))
      await run("insert into platform.sessions values (?, 'u01', ?, null, '192.0.2.1', null) on conflict do nothing", [
        `old-${id}`,
        at,
      ]);
  });

  const run = (sql: string, values: unknown[] = []) => platform.running.em().execute<{ id: string }[]>(sql, values);
  const olds = async () =>
    (await run("select id from platform.sessions where id like 'old-%' order by id")).map(({ id }) => id);
  const keep = () => platform.ask({ query: 'mutation { keepData(platform: "FACEBOOK") }', principal: justice });
  const purge = async (who = facebook) => (await platform.ask({ query: deletion, principal: who })).data?.deleteExpired;
  const traffic = (deleted: number, preserved: number) => ({ category: "TRAFFIC", deleted, preserved });

  test("what nobody keeps is deleted when it is older than the platform keeps it, and a restart brings none of it back", async () => {
    expect((await purge()).expired).toContainEqual(traffic(2, 0));
    expect(await olds()).toEqual([]);
    const [address] = await run("delete from platform.ip_addresses where id = 'u02-ip1' returning id");
    expect(address).toEqual({ id: "u02-ip1" });
    await platform.running.loadBase();
    expect(await run("select id from platform.ip_addresses where id = 'u02-ip1'")).toEqual([]);
  });

  test("what is frozen stays, that of others goes; once nothing holds it, it goes too, and whoever ordered it is told", async () => {
    toKeep = [held];
    expect(await keep()).toMatchObject({ data: { keepData: true } });
    await run("insert into platform.sessions values ('old-other', 'u02', '2026-01-01', null, '192.0.2.1', null)");
    expect(await purge()).toMatchObject({ lifted: 0, expired: expect.arrayContaining([traffic(1, 2)]) });
    expect(await olds()).toEqual(["old-a", "old-b"]);
    toKeep = [];
    expect(await purge()).toMatchObject({ lifted: 1, expired: expect.arrayContaining([traffic(2, 0)]) });
    expect(reported).toEqual([{ warrantId: "warrant-1", said: [{ category: "TRAFFIC", deleted: 2, kept: 8 }] }]);
    await purge();
    expect(reported).toHaveLength(1);
  });

  test("kept is what was there when it was frozen, and lies in the period of the order", async () => {
    toKeep = [{ ...held, to: "2026-02-01T00:00:00Z" }];
    await keep();
    await run("update platform.preserved_data set frozen_at = '2025-12-01'");
    await run("insert into platform.sessions values ('old-first', 'u01', '2025-11-01', null, '192.0.2.1', null)");
    expect((await purge()).expired).toContainEqual(traffic(2, 1));
    expect(await olds()).toEqual(["old-first"]);
    toKeep = [];
    await purge();
    expect(await olds()).toEqual([]);
  });

  test("it asks before it deletes: without an answer nothing goes, and what was never told of is found then", async () => {
    answers = async () => {
      throw new Error("nobody there");
    };
    const { data, errors } = await platform.ask({ query: deletion, principal: facebook });
    expect(data).toEqual({ deleteExpired: null });
    expect(errors).toMatchObject([{ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }]);
    expect(await olds()).toEqual(["old-a", "old-b"]);
    [answers, toKeep] = [plainly, [held]];
    expect((await purge()).expired).toContainEqual(traffic(0, 2));
  });

  test("what is frozen while a deletion is on its way is neither deleted nor lifted by it", async () => {
    answers = async (query) => {
      const stale = await plainly(query);
      if (query.includes("DataToKeep") && toKeep.length === 0) {
        toKeep = [held];
        await keep();
      }
      return stale;
    };
    expect(await purge()).toMatchObject({ lifted: 0, expired: expect.arrayContaining([traffic(0, 2)]) });
    expect(await olds()).toEqual(["old-a", "old-b"]);
  });

  test("what could not be told is told after the next deletion", async () => {
    toKeep = [held];
    await keep();
    toKeep = [];
    answers = async (query) =>
      query.includes("ReportDeletion")
        ? { errors: [{ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }] }
        : plainly(query);
    expect(await purge()).toMatchObject({ lifted: 1 });
    expect(reported).toEqual([]);
    answers = plainly;
    expect(await purge()).toMatchObject({ lifted: 0 });
    expect(reported).toMatchObject([{ warrantId: "warrant-1" }]);
  });

  test("an account of another platform is not ours to keep; the extension moves the end", async () => {
    const [foreign] = await run("select id from platform.users where platform = 'FJORDNET' limit 1");
    toKeep = [held, { ...held, itemId: "item-2", accountId: foreign?.id ?? "" }];
    await keep();
    toKeep = [{ ...held, until: "2027-02-21T10:00:00.000Z" }];
    await keep();
    expect(await platform.running.em().find(PreservedData, {})).toEqual([
      expect.objectContaining({ itemId: "item-1", until: new Date("2027-02-21T10:00:00Z"), frozenAt: moment }),
    ]);
  });

  test.each<[string, Principal, string]>([
    ["a judge deletes nothing", judge, deletion],
    ["nor a provider without a platform", { ...facebook, platform: null }, deletion],
    ["a client does not freeze", facebook, 'mutation { keepData(platform: "FACEBOOK") }'],
    ["nor another service", { ...justice, service: "treaty" }, 'mutation { keepData(platform: "FACEBOOK") }'],
  ])("%s", async (_what, principal, query) => {
    const { errors } = await platform.ask({ query, principal });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect(await olds()).toEqual(["old-a", "old-b"]);
  });

  test("what is kept for a warrant is told to whoever sees the warrant, and names no account", async () => {
    toKeep = [held];
    await keep();
    const ask = async () =>
      (
        await platform.entities(
          [{ __typename: "Warrant", id: "warrant-1" }],
          "... on Warrant { preserved { category until item { id } } }",
        )
      ).data._entities;
    expect(await ask()).toEqual([{ preserved: [{ category: "TRAFFIC", until, item: { id: "item-1" } }] }]);
    answers = async () => ({ data: { found: null } });
    expect(await ask()).toEqual([{ preserved: null }]);
  });
});
