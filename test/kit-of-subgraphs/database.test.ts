import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Entity, PrimaryKey, Property } from "@mikro-orm/decorators/legacy";
import { Migration } from "@mikro-orm/migrations";
import { pino } from "pino";
import { Arg, Args, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { connectionType, type Page, PageArgsBothWays } from "../../subgraphs/kit/connection.js";
import { listKey } from "../../subgraphs/kit/cursor.js";
import type { Database } from "../../subgraphs/kit/database.js";
import { loadEntity } from "../../subgraphs/kit/load-entity.js";
import { pageOf } from "../../subgraphs/kit/page-of.js";
import { pageOfEach } from "../../subgraphs/kit/page-of-each.js";
import { GraphQLDateTime } from "../../subgraphs/kit/scalars.js";
import {
  openSubgraph,
  type RunningSubgraph,
  type SubgraphContext,
  type SubgraphDefinition,
} from "../../subgraphs/kit/subgraph.js";
import { createDatabase, databases } from "../kit/databases.js";
import { openEmbedded } from "../kit/embedded-database.js";
import { moment, openSigner } from "./signer.js";

@ObjectType("Entry", { simpleResolvers: true })
@Entity({ tableName: "entries" })
class Entry {
  @Field(() => ID)
  @PrimaryKey({ type: "text" })
  id!: string;

  @Field(() => GraphQLDateTime)
  @Property({ type: "datetime", columnType: "timestamptz(3)" })
  at!: Date;

  @Field(() => String)
  @Property({ type: "text" })
  colour!: string;
}

class CreateEntries extends Migration {
  override up(): void {
    this.addSql("create table entries (id text primary key, at timestamptz(3) not null, colour text not null)");
  }
}

const EntryConnection = connectionType("Entry", () => Entry);
const byTime = [
  ["at", "desc"],
  ["id", "asc"],
] as const;

@Resolver()
class Roots {
  @Query(() => EntryConnection, { nullable: true })
  entries(
    @Arg("colour", () => String, { nullable: true }) colour: string | null,
    @Args(() => PageArgsBothWays) page: PageArgsBothWays,
    @Ctx() { em }: SubgraphContext,
  ): Promise<Page<Entry>> {
    return pageOf(
      em,
      Entry,
      { key: listKey("entries", { colour }), where: colour ? { colour } : {}, order: byTime, fallback: 3 },
      page,
    );
  }

  @Query(() => EntryConnection, { nullable: true })
  ofColour(
    @Arg("colour", () => String) colour: string,
    @Args(() => PageArgsBothWays) page: PageArgsBothWays,
    @Ctx() context: SubgraphContext,
  ): Promise<Page<Entry>> {
    return pageOfEach(context, { name: "ofColour", entity: Entry, parent: "colour", order: byTime }, colour, page);
  }

  /** Reads twice, and changes what it read without saving it. */
  @Query(() => [String], { nullable: true })
  async twice(@Ctx() context: SubgraphContext): Promise<string[]> {
    const [first, second] = await Promise.all([loadEntity(context, Entry, "e1"), loadEntity(context, Entry, "e1")]);
    const same = String(first === second);
    const colour = first?.colour ?? "";
    if (first) first.colour = "changed in memory alone";
    return [same, colour];
  }

  @Mutation(() => String, { nullable: true })
  async paint(@Arg("ask", () => String) ask: string, @Ctx() { em, graph }: SubgraphContext): Promise<string> {
    if (ask === "before") await graph("{ word }");
    await em.transactional(async (transaction) => {
      const entry = await transaction.findOneOrFail(Entry, "e2");
      entry.colour = "painted";
      await transaction.flush();
      if (ask === "itself") await em.findOneOrFail(Entry, "e3");
      if (ask === "inside") await graph("{ word }");
    });
    return "painted";
  }
}

const ledger: SubgraphDefinition = {
  name: "ledger_of_tests",
  entities: [Entry],
  migrations: [{ name: "001", class: CreateEntries }],
  resolvers: [Roots],
  references: {},
  async loadBase(em) {
    const rows = Array.from({ length: 10 }, (_, index) => ({
      id: `e${index}`,
      at: new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 2))),
      colour: index % 3 === 0 ? "red" : "blue",
    }));
    await em.upsertMany(Entry, rows, { onConflictAction: "ignore" });
  },
};

describe.each(databases)("on the %s database", (kind) => {
  let running: RunningSubgraph;
  let close: () => Promise<void>;
  let signer: Awaited<ReturnType<typeof openSigner>>;
  let gatewayWas = 0;

  beforeAll(async () => {
    signer = await openSigner(ledger.name);
    const temporary = kind === "server" ? await createDatabase() : null;
    const pglite = temporary ? null : await openEmbedded();
    const database: Database = temporary
      ? { kind: "server", url: temporary.url }
      : { kind: "embedded", pglite: pglite as PGlite };
    running = await openSubgraph(ledger, {
      database,
      clock: () => moment,
      gatewayKeys: signer.keys,
      askGateway: async () => {
        gatewayWas += 1;
        return { data: { word: "yes" } };
      },
      log: pino({ enabled: false }),
    });
    await running.migrate();
    await running.loadBase();
    close = async () => {
      await running.close();
      await pglite?.close();
      await temporary?.drop();
    };
  }, 60_000);
  afterAll(() => close());

  const ask = (query: string, variables = {}) => signer.ask(running.handle, { query, variables });
  const ids = (page: { nodes: { id: string }[] }) => page.nodes.map(({ id }) => id);
  const page = async (list: string) => {
    const { data, errors } = await ask(
      `{ page: ${list} { nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    );
    return { ...data?.page, refusal: errors?.[0]?.extensions.refusal };
  };

  describe("migrations", () => {
    test("run once, also when several start at the same time", async () => {
      await Promise.all([running.migrate(), running.migrate()]);
      await running.loadBase();
      const rows = await running.em().execute("select name from ledger_of_tests.migrations");
      expect(rows).toEqual([{ name: "001" }]);
      expect(await running.em().count(Entry)).toBe(10);
    });

    test("say the same as the entities", async () => expect(await running.drift()).toBe(""));
  });

  describe("a list of ten, latest first, those of one day by id", () => {
    const whole = ["e8", "e9", "e6", "e7", "e4", "e5", "e2", "e3", "e0", "e1"];

    test("is walked to its end, page by page, nothing twice and nothing missing", async () => {
      const seen: string[] = [];
      let at = await page("entries(first: 4)");
      expect(at.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
      for (seen.push(...ids(at)); at.pageInfo.hasNextPage; seen.push(...ids(at)))
        at = await page(`entries(first: 4, after: "${at.pageInfo.endCursor}")`);
      expect(seen).toEqual(whole);
      expect(at.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    });

    test("and back from its end", async () => {
      const last = await page("entries(last: 3)");
      expect(ids(last)).toEqual(["e3", "e0", "e1"]);
      expect(last.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
      const before = await page(`entries(last: 3, before: "${last.pageInfo.startCursor}")`);
      expect(ids(before)).toEqual(["e4", "e5", "e2"]);
      expect(before.edges.map((edge: { cursor: string }) => edge.cursor)[0]).toBe(before.pageInfo.startCursor);
    });

    test("exactly as many as there are is the last page", async () => {
      expect((await page("entries(first: 10)")).pageInfo.hasNextPage).toBe(false);
    });

    test("every edge's cursor leads on from its own node", async () => {
      const { edges } = await page("entries(first: 5)");
      for (const [index, { cursor }] of edges.entries())
        expect(ids(await page(`entries(first: 1, after: "${cursor}")`))).toEqual([whole[index + 1]]);
    });

    test("an empty list has no cursors", async () => {
      const { pageInfo } = await page('entries(colour: "green")');
      expect(pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
    });
  });

  describe("refused", () => {
    test.each(["first: 0", "first: 101", "first: -1", "last: 0", "first: 2, last: 2"])("%s: PAGE_SIZE", async (size) =>
      expect(await page(`entries(${size})`)).toMatchObject({ refusal: "PAGE_SIZE" }),
    );

    test("CURSOR: one of another filter, of another list, an altered one, none at all", async () => {
      const { pageInfo } = await page('entries(colour: "red", first: 1)');
      const cursor: string = pageInfo.endCursor;
      expect(ids(await page(`entries(colour: "red", first: 1, after: "${cursor}")`))).toHaveLength(1);
      const text = Buffer.from(cursor, "base64url").toString();
      const altered = Buffer.from(text.replace(/"e\d"/, '"e1"')).toString("base64url");
      for (const list of [
        `entries(colour: "blue", first: 1, after: "${cursor}")`,
        `entries(first: 1, after: "${cursor}")`,
        `ofColour(colour: "red", first: 1, after: "${cursor}")`,
        `entries(colour: "red", first: 1, after: "${altered}")`,
        'entries(first: 1, after: "")',
        'entries(first: 1, after: "eyJ0Ijox")',
        `entries(colour: "red", after: "${cursor}", before: "${cursor}")`,
      ])
        expect(await page(list)).toMatchObject({ refusal: "CURSOR" });
    });
  });

  describe("lists of many parents", () => {
    test("each gets its own page", async () => {
      const { data } = await ask(
        '{ red: ofColour(colour: "red", first: 2) { nodes { id } pageInfo { hasNextPage endCursor } } blue: ofColour(colour: "blue", first: 2) { nodes { id } } none: ofColour(colour: "x", first: 2) { nodes { id } } }',
      );
      expect([ids(data.red), ids(data.blue), ids(data.none)]).toEqual([["e9", "e6"], ["e8", "e7"], []]);
      expect(ids(await page(`ofColour(colour: "red", first: 2, after: "${data.red.pageInfo.endCursor}")`))).toEqual([
        "e3",
        "e0",
      ]);
      expect(await page(`ofColour(colour: "blue", first: 2, after: "${data.red.pageInfo.endCursor}")`)).toMatchObject({
        refusal: "CURSOR",
      });
    });
  });

  describe("between requests", () => {
    test("nothing read or changed in memory is seen by the next", async () => {
      for (const _request of [1, 2]) expect((await ask("{ twice }")).data.twice).toEqual(["true", "blue"]);
    });
  });

  describe("the graph and a transaction", () => {
    const colour = async () => (await running.em().findOneOrFail(Entry, "e2")).colour;

    test("asked inside: a clear error at once, and nothing is changed", async () => {
      const { data, errors } = await ask('mutation { paint(ask: "inside") }');
      expect(data).toEqual({ paint: null });
      expect(errors).toMatchObject([{ message: "internal" }]);
      expect([gatewayWas, await colour()]).toEqual([0, "blue"]);
    }, 5_000);

    test("the request's own em is the transaction inside it, and does not wait for it", async () => {
      expect(await ask('mutation { paint(ask: "itself") }')).toMatchObject({ data: { paint: "painted" } });
    }, 5_000);

    test("asked before: done", async () => {
      expect(await ask('mutation { paint(ask: "before") }')).toMatchObject({ data: { paint: "painted" } });
      expect([gatewayWas, await colour()]).toEqual([1, "painted"]);
    }, 5_000);
  });
});
