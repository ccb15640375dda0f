import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Principal } from "../../../schema/principal.js";
import type { GraphAnswer, GraphQuestion } from "../../../subgraphs/kit/ask-graph.js";
import { Post } from "../../../subgraphs/platform/entities/post.js";
import { User } from "../../../subgraphs/platform/entities/user.js";
import { oneDatabase } from "../../kit/databases.js";
import { engineer, judge } from "../../kit-of-subgraphs/signer.js";
import { openPlatform } from "./platform-under-test.js";

describe.each(oneDatabase)("the platform on the %s database", (kind) => {
  let platform: Awaited<ReturnType<typeof openPlatform>>;
  let asked: GraphQuestion[] = [];
  let graphAnswers: (question: GraphQuestion) => GraphAnswer = () => ({ data: { found: null } });

  beforeAll(async () => {
    platform = await openPlatform(kind, async (question) => {
      asked.push(question);
      return graphAnswers(question);
    });
  }, 60_000);
  afterAll(() => platform.close());
  beforeEach(() => {
    asked = [];
  });

  const ask = (query: string, variables: Record<string, unknown> = {}, principal = judge) =>
    platform.ask({ query, variables, principal });
  const dataOf = async (query: string, variables: Record<string, unknown> = {}, principal = judge) => {
    const { data, errors } = await ask(query, variables, principal);
    expect(errors).toBeUndefined();
    return data;
  };

  test("migrations and entities say the same", async () => expect(await platform.running.drift()).toBe(""));

  test("the demo register is loaded once: twelve people and their posts, those of 2019 too", async () => {
    await platform.running.loadBase();
    const em = platform.running.em();
    expect([await em.count(User), await em.count(Post)]).toEqual([12, 17]);
    expect(await dataOf('{ post(id: "u01-p4") { publishedAt body author { handle } } }')).toEqual({
      post: {
        publishedAt: "2019-05-20T19:32:00.000Z",
        body: "Specimen post of May 2019, reported as public provocation to hatred (body withheld from the demo).",
        author: { handle: "quiet.heron" },
      },
    });
  });

  describe("public roots", () => {
    const heron = {
      id: "u01",
      platform: "FACEBOOK",
      handle: "quiet.heron",
      profileUrl: "https://facebook.example/quiet.heron",
    };

    test("a user by id and by handle, which belongs to one platform", async () => {
      const fields = "id platform handle profileUrl";
      const data = await dataOf(`{
        byId: user(id: "u01") { ${fields} } byHandle: userByHandle(platform: "FACEBOOK", handle: "quiet.heron") { ${fields} }
        elsewhere: userByHandle(platform: "FJORDNET", handle: "quiet.heron") { id } nobody: user(id: "u99") { id } }`);
      expect(data).toEqual({ byId: heron, byHandle: heron, elsewhere: null, nobody: null });
    });

    test("a post by its address", async () => {
      const query = "query ($url: URL!) { postByUrl(url: $url) { id author { id } } }";
      const url = "https://facebook.example/quiet.heron/posts/1";
      expect(await dataOf(query, { url })).toEqual({ postByUrl: { id: "u01-p1", author: { id: "u01" } } });
      expect(await dataOf(query, { url: `${url}0` })).toEqual({ postByUrl: null });
    });

    test("the posts of a user, published last first, by pages", async () => {
      const query =
        'query ($after: String) { user(id: "u01") { posts(first: 3, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }';
      const { user } = await dataOf(query);
      expect(user.posts.nodes).toEqual([{ id: "u01-p3" }, { id: "u01-p2" }, { id: "u01-p1" }]);
      const next = await dataOf(query, { after: user.posts.pageInfo.endCursor });
      expect(next.user.posts).toMatchObject({ nodes: [{ id: "u01-p4" }], pageInfo: { hasNextPage: false } });
    });

    test("a removed post says nothing in public", async () => {
      expect(await dataOf('{ post(id: "u01-p2") { body removedAt } }')).toEqual({
        post: { body: null, removedAt: "2026-10-30T12:00:00.000Z" },
      });
    });

    test("platforms, their establishments and what they hold", async () => {
      const { platforms, fjordnet, none } = await dataOf(`{
        platforms { code establishments { id country servesResidentsOf } holds { category fields retentionDays } }
        fjordnet: platform(code: "FJORDNET") { name establishments { id country languages confirmed } } none: platform(code: "X") { code } }`);
      expect(
        platforms[0].establishments.map(({ id, country }: { id: string; country: string }) => [id, country]),
      ).toEqual([
        ["facebook-ie", "IE"],
        ["facebook-us", "US"],
      ]);
      expect(platforms[0].establishments[0].servesResidentsOf).toContain("FR");
      expect(platforms[0].establishments[1].servesResidentsOf).toEqual([]);
      expect(platforms[0].holds[1]).toEqual({
        category: "USER_IDENTIFICATION",
        fields: ["User.ipAddresses", "Post.authorIp"],
        retentionDays: 90,
      });
      expect(fjordnet.establishments).toEqual([
        { id: "fjordnet-dk", country: "DK", languages: ["da", "en"], confirmed: false },
      ]);
      expect(none).toBeNull();
    });
  });

  describe("posts: courts get no search engine over everybody's speech", () => {
    const query = "query ($filter: PostFilter) { posts(filter: $filter, first: 100) { nodes { id } } }";
    const idsOf = async (filter: object | null, principal = judge) =>
      (await dataOf(query, { filter }, principal)).posts.nodes.map(({ id }: { id: string }) => id);

    test.each([null, {}, { platform: "FACEBOOK" }, { language: "fr" }, { publishedFrom: "2019-01-01T00:00:00Z" }])(
      "POST_FILTER for a judge who names none: %j",
      async (filter) => {
        const { data, errors } = await ask(query, { filter });
        expect(data).toEqual({ posts: null });
        expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", refusal: "POST_FILTER" } }]);
      },
    );

    test("nor through a subgraph that asks on her behalf", async () => {
      const service = { ...judge, role: "SERVICE" as const, service: "justice", onBehalfOf: judge };
      expect((await ask(query, { filter: {} }, service)).errors).toMatchObject([
        { extensions: { refusal: "POST_FILTER" } },
      ]);
    });

    test.each<[object, string[]]>([
      [{ ids: ["u01-p1", "u02-p1", "none"] }, ["u02-p1", "u01-p1"]],
      [{ ids: [] }, []],
      [{ urls: ["https://facebook.example/quiet.heron/posts/3"] }, ["u01-p3"]],
      [{ authorId: "u01" }, ["u01-p3", "u01-p2", "u01-p1", "u01-p4"]],
      [{ authorId: "u01", platform: "FJORDNET" }, []],
      [{ authorId: "u01", platform: "FACEBOOK", publishedTo: "2020-01-01T00:00:00Z" }, ["u01-p4"]],
      [{ authorId: "u01", publishedFrom: "2026-09-14T10:00:00Z", publishedTo: "2026-09-26T10:00:00Z" }, ["u01-p2"]],
    ])("a judge who names them: %j", async (filter, ids) => expect(await idsOf(filter)).toEqual(ids));

    test("others may list: by language, by platform", async () => {
      expect(await idsOf(null, engineer)).toHaveLength(17);
      expect(await idsOf({ platform: "FJORDNET" }, engineer)).toEqual(["u10-p1"]);
    });

    test("PERIOD for bounds that contradict each other", async () => {
      const filter = { authorId: "u01", publishedFrom: "2026-01-02T00:00:00Z", publishedTo: "2026-01-02T00:00:00Z" };
      expect((await ask(query, { filter })).errors).toMatchObject([{ extensions: { refusal: "PERIOD" } }]);
    });
  });

  describe("node", () => {
    const query = "query ($id: ID!) { node(id: $id) { __typename id } }";

    test("knows its own without asking anybody", async () => {
      expect(await dataOf(query, { id: "u01" })).toEqual({ node: { __typename: "User", id: "u01" } });
      expect(await dataOf(query, { id: "u01-p1" })).toEqual({ node: { __typename: "Post", id: "u01-p1" } });
      expect(asked).toEqual([]);
    });

    test.each([
      ["case-fr-hate", "Case"],
      ["warrant-fr-hate", "Warrant"],
      ["fr-tj-paris", "Authority"],
    ])("asks the graph for %s on behalf of the caller: a %s", async (id, type) => {
      graphAnswers = () => ({ data: { found: { id } } });
      expect(await dataOf(query, { id })).toEqual({ node: { __typename: type, id } });
      expect(asked).toMatchObject([{ subgraph: "platform", variables: { id } }]);
      expect(asked[0]?.query).toContain(`${type.toLowerCase()}(id: $id)`);
    });

    test("what the caller may not see is null", async () => {
      graphAnswers = () => ({ data: { found: null } });
      expect(await dataOf(query, { id: "case-secret" })).toEqual({ node: null });
      graphAnswers = () => ({ data: { found: null }, errors: [{ extensions: { code: "FORBIDDEN" } }] });
      expect(await dataOf(query, { id: "case-secret" })).toEqual({ node: null });
    });

    test("no answer is an error, not an absence", async () => {
      graphAnswers = () => {
        throw new Error("down");
      };
      expect(await ask(query, { id: "case-secret" })).toMatchObject({
        data: { node: null },
        errors: [{ message: "unavailable", extensions: { code: "SUBGRAPH_UNAVAILABLE" } }],
      });
    });
  });

  describe("WarrantTarget", () => {
    const target = (kind: string, value: string, more: object = {}) => ({
      ...{ __typename: "WarrantTarget", id: "t", platform: "FACEBOOK", kind, value, at: null },
      ...{ accountId: null, pinned: "NOT_YET", ...more },
    });
    const read = async (of: object, principal: Principal = judge) => {
      const query =
        "query ($r: [_Any!]!) { _entities(representations: $r) { ... on WarrantTarget { account { id } resolution } } }";
      return (await dataOf(query, { r: [of] }, principal))._entities[0];
    };
    const provider: Principal = { ...judge, role: "PROVIDER", country: null, authority: null, platform: "FACEBOOK" };

    test.each<[string, string, string | null, string, string | null]>([
      ["ACCOUNT_ID", "u01", "u01", "RESOLVED", "u01"],
      ["HANDLE", "quiet.heron", "u01", "RESOLVED", "u01"],
      ["HANDLE", "brave.badger", "u01", "RESOLVED", "u01"],
      ["POST_URL", "https://facebook.example/quiet.heron/posts/1", "u01", "RESOLVED", "u01"],
      ["HANDLE", "quiet.heron", null, "UNKNOWN", null],
      ["ACCOUNT_ID", "u10", "u10", "RESOLVED", null],
    ])(
      "%s %s names whom it named at the draft, %s, whoever it would name now",
      async (kind, value, accountId, pinned, id) => {
        const account = id && { id };
        for (const principal of [judge, provider])
          expect(await read(target(kind, value, { accountId, pinned }), principal)).toEqual({
            account,
            resolution: pinned,
          });
      },
    );

    test.each<[string, string, string, object?]>([
      ["EMAIL", "Specimen-01@Mail.example", "RESOLVED"],
      ["EMAIL", "specimen-01+news@mail.example", "UNKNOWN"],
      ["EMAIL", "specimen-10@mail.example", "UNKNOWN"],
      ["PHONE", "+15550100001", "RESOLVED"],
      ["PHONE", "+15550100003", "AMBIGUOUS"],
      ["PHONE", "+15550100099", "UNKNOWN"],
      ["IP_ADDRESS", "198.51.100.16:40100", "RESOLVED", { at: "2026-09-02T09:00:00.000Z" }],
      ["IP_ADDRESS", "198.51.100.16:40101", "UNKNOWN", { at: "2026-09-02T09:00:00.000Z" }],
      ["IP_ADDRESS", "198.51.100.16", "UNKNOWN", { at: "2026-09-04T09:00:00.000Z" }],
      ["IP_ADDRESS", "198.51.100.16", "UNKNOWN"],
    ])(
      "whether %s %s names one account, none or several is told to the provider alone: %s",
      async (kind, value, resolution, more = {}) => {
        const named = target(kind, value, more);
        expect(await read(named, provider)).toEqual({ account: null, resolution });
        const others: Principal[] = [judge, { ...provider, platform: "FJORDNET" }, { ...judge, role: "AUDITOR" }];
        for (const other of others) expect(await read(named, other)).toEqual({ account: null, resolution: "NOT_YET" });
      },
    );
  });
});
