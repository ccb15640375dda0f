import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { GrantClaims, GrantedScope } from "../../../schema/calls.js";
import { Post } from "../../../subgraphs/platform/entities/post.js";
import { User } from "../../../subgraphs/platform/entities/user.js";
import { seedUsers } from "../../../subgraphs/platform/index.js";
import { oneDatabase } from "../../kit/databases.js";
import { factsOf, grantFor, openPlatform } from "./platform-under-test.js";

describe.each(oneDatabase)("the platform on the %s database", (kind) => {
  let platform: Awaited<ReturnType<typeof openPlatform>>;

  beforeAll(async () => {
    platform = await openPlatform(kind);
  }, 60_000);
  afterAll(() => platform.close());

  describe("identity data", () => {
    const heron = factsOf("IE", "FR");
    const user = { __typename: "User", id: "u01" };
    const fields = "legalName email phone dateOfBirth postalAddress";

    test("every category of one person, within a grant", async () => {
      const granted = [
        "legalName",
        "email",
        "phone",
        "dateOfBirth",
        "postalAddress",
        "ipAddresses",
        "sessions",
        "messages",
      ];
      const { data, errors } = await platform.entities(
        [user],
        `... on User { ${fields} ipAddresses(first: 1) { nodes { address port seenAt } } sessions(first: 1) { nodes { startedAt endedAt address userAgent } }
          messages(first: 1) { nodes { id body sentAt counterpart { id } } } }`,
        grantFor({ u01: heron }, [{ type: "User", id: "u01", subject: "u01", fields: granted }]),
      );
      expect(errors).toBeUndefined();
      expect(data._entities).toEqual([
        {
          legalName: "Specimen Person 01",
          email: "specimen-01@mail.example",
          phone: "+15550100001",
          dateOfBirth: "1971-02-11",
          postalAddress: "1 Specimen Street, FR-100001",
          ipAddresses: { nodes: [{ address: "198.51.100.16", port: 40100, seenAt: "2026-09-02T09:00:00.000Z" }] },
          sessions: {
            nodes: [
              {
                startedAt: "2026-09-02T09:00:00.000Z",
                endedAt: "2026-09-02T09:25:00.000Z",
                address: "198.51.100.16",
                userAgent: "SpecimenBrowser/1.0",
              },
            ],
          },
          messages: {
            nodes: [
              {
                id: "u01-m1",
                body: "Specimen message 1 of quiet.heron",
                sentAt: "2026-09-02T09:00:00.000Z",
                counterpart: { id: "u02" },
              },
            ],
          },
        },
      ]);
    });

    test("without a grant nothing of it, and no fault in the public fields", async () => {
      const { data, errors, text } = await platform.entities(
        [user],
        `... on User { handle ${fields} ipAddresses { nodes { address } } }`,
      );
      expect(data._entities[0]).toMatchObject({
        handle: "quiet.heron",
        legalName: null,
        email: null,
        ipAddresses: null,
      });
      expect(errors?.map((error) => error.extensions.problem)).toEqual(Array(6).fill("NO_GRANT"));
      expect(text).not.toMatch(/Specimen Person|mail\.example|198\.51/);
    });

    describe("pages lie inside the granted period", () => {
      const grant = (from: string, to: string) =>
        grantFor({ u01: heron }, [{ type: "User", id: "u01", subject: "u01", fields: ["ipAddresses"] }], [from, to]);
      const addresses = async (args: string, [from, to]: [string, string]) => {
        const selection = `... on User { ipAddresses(${args}) { nodes { address seenAt } edges { cursor } pageInfo { hasNextPage endCursor } } }`;
        const { data, errors } = await platform.entities([user], selection, grant(from, to));
        return { ...data._entities[0].ipAddresses, refusal: errors?.[0]?.extensions.refusal };
      };
      const autumn: [string, string] = ["2026-09-12T09:07:00Z", "2026-10-22T09:35:00Z"];
      const hosts = (page: { nodes: { address: string }[] }) => page.nodes.map(({ address }) => address);

      test("from its first moment on, before its last, full from the first row", async () => {
        const first = await addresses("first: 2", autumn);
        expect(hosts(first)).toEqual(["198.51.100.17", "2001:db8:1::3"]);
        expect(first.pageInfo.hasNextPage).toBe(true);
        const second = await addresses(`first: 10, after: "${first.pageInfo.endCursor}"`, autumn);
        expect(hosts(second)).toEqual(["198.51.100.19", "198.51.100.20"]);
        expect(second.pageInfo.hasNextPage).toBe(false);
      });

      test("the client's own bounds narrow it and never widen it", async () => {
        expect(hosts(await addresses('from: "2026-10-01T00:00:00Z", to: "2026-10-12T00:00:00Z"', autumn))).toEqual([
          "198.51.100.19",
        ]);
        expect(hosts(await addresses('from: "2019-01-01T00:00:00Z", to: "2030-01-01T00:00:00Z"', autumn))).toHaveLength(
          4,
        );
        expect(hosts(await addresses('from: "2026-11-01T00:00:00Z"', autumn))).toEqual([]);
      });

      test("a period of May 2019 gives the two addresses of that month", async () => {
        const may = await addresses("first: 10", ["2019-05-01T00:00:00Z", "2019-06-01T00:00:00Z"]);
        expect(hosts(may)).toEqual(["198.51.100.28", "198.51.100.29"]);
      });

      test("a cursor of another period is refused: CURSOR", async () => {
        const { pageInfo } = await addresses("first: 1", autumn);
        expect(
          await addresses(`first: 1, after: "${pageInfo.endCursor}"`, ["2026-09-01T00:00:00Z", autumn[1]]),
        ).toMatchObject({ refusal: "CURSOR" });
      });
    });

    describe("of a post", () => {
      const removed = { __typename: "Post", id: "u01-p2" };
      const fieldsOf = (subject: string) => [
        { type: "Post", id: "u01-p2", subject, fields: ["removedBody", "authorIp"] },
      ];

      test("what was removed and whence it came, about its author", async () => {
        const { data, errors } = await platform.entities(
          [removed],
          "... on Post { removedBody authorIp { address } }",
          grantFor({ u01: heron }, fieldsOf("u01")),
        );
        expect(errors).toBeUndefined();
        expect(data._entities).toEqual([
          {
            removedBody: "Second specimen post, same account, reported twice.",
            authorIp: { address: "198.51.100.17" },
          },
        ]);
      });

      test("not under a grant about somebody else: SUBJECT_DIFFERS", async () => {
        const grant = grantFor({ u02: factsOf("IE", "DE") }, fieldsOf("u02"));
        const { data, errors } = await platform.entities(
          [removed],
          "... on Post { removedBody authorIp { address } }",
          grant,
        );
        expect(data._entities).toEqual([{ removedBody: null, authorIp: null }]);
        expect(errors?.map((error) => error.extensions.problem)).toEqual(["SUBJECT_DIFFERS", "SUBJECT_DIFFERS"]);
      });

      test("an address from outside the period stays: null", async () => {
        const grant = grantFor({ u01: heron }, fieldsOf("u01"), ["2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"]);
        const { data, errors } = await platform.entities([removed], "... on Post { authorIp { address } }", grant);
        expect([data._entities, errors]).toEqual([[{ authorIp: null }], undefined]);
      });
    });
  });

  describe("a search for accounts by their address", () => {
    const identifier = {
      kind: "IP_ADDRESS",
      address: "198.51.100.16",
      port: 40_100,
      from: "2026-09-02T08:00:00.000Z",
      to: "2026-09-02T10:00:00.000Z",
    } as const;
    const granted = { field: "accountsByIp", identifier, platform: "FACEBOOK" };
    const query = `query ($a: IP!, $p: Port, $f: DateTime!, $t: DateTime!, $n: Int) { accountsByIp(address: $a, port: $p, from: $f, to: $t, first: $n) { edges { cursor node { id } } pageInfo { hasNextPage } } }`;
    const ask = (search: GrantedScope["search"] | null, changes: object = {}, claims: Partial<GrantClaims> = {}) =>
      platform.ask({
        query,
        variables: {
          a: identifier.address,
          p: identifier.port,
          f: identifier.from,
          t: identifier.to,
          n: 10,
          ...changes,
        },
        ...(search === null
          ? {}
          : {
              grant: {
                scope: { subjects: [], entities: [], leafHashes: ["0".repeat(64)], ...(search && { search }) },
                claims,
              },
            }),
      });

    test("under a grant for this very search: who was seen there, in another spelling of the address too", async () => {
      const { data, errors } = await ask(granted, { a: "::ffff:198.51.100.16" });
      expect(errors).toBeUndefined();
      expect(data.accountsByIp.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(["u01"]);
      expect(data.accountsByIp.pageInfo).toEqual({ hasNextPage: false });
    });

    test.each<[string, Partial<typeof identifier> | object]>([
      ["before it was seen there", { from: "2026-09-02T08:00:00.000Z", to: "2026-09-02T09:00:00.000Z" }],
      ["from another port", { port: 40_101 }],
    ])("nobody %s", async (_, changed) => {
      const other = { ...identifier, ...changed };
      const { data } = await ask({ ...granted, identifier: other }, { p: other.port, f: other.from, t: other.to });
      expect(data.accountsByIp.edges).toEqual([]);
    });

    test("nobody of another platform", async () => {
      const { data } = await ask({ ...granted, platform: "FJORDNET" });
      expect(data.accountsByIp.edges).toEqual([]);
    });

    test.each<[string, GrantedScope["search"] | null, object, Partial<GrantClaims>, string]>([
      ["without a grant", null, {}, {}, "NO_GRANT"],
      ["under a grant for persons alone", undefined, {}, {}, "SEARCH_NOT_GRANTED"],
      ["for another address", granted, { a: "198.51.100.17" }, {}, "SEARCH_NOT_GRANTED"],
      ["without the port", granted, { p: null }, {}, "SEARCH_NOT_GRANTED"],
      ["in a wider window", granted, { t: "2026-09-02T10:00:00.001Z" }, {}, "SEARCH_NOT_GRANTED"],
      ["under a grant for another field", { ...granted, field: "users" }, {}, {}, "SEARCH_NOT_GRANTED"],
      ["under a grant for another category", granted, {}, { categories: ["SUBSCRIBER"] }, "CATEGORY_NOT_GRANTED"],
    ])("not %s", async (_, search, changes, claims, problem) => {
      const { data, errors } = await ask(search, changes, claims);
      expect(data).toEqual({ accountsByIp: null });
      expect(JSON.stringify(errors)).toContain(problem);
    });
  });

  describe("a search for accounts by e-mail address and by number", () => {
    const scopeFor = (search: GrantedScope["search"]) => ({
      scope: { subjects: [], entities: [], leafHashes: ["0".repeat(64)], ...(search && { search }) },
      claims: { categories: ["SUBSCRIBER" as const] },
    });
    const byEmail = (asked: string, granted: string | null) =>
      platform.ask({
        query: "query ($email: EmailAddress!) { accountsByEmail(email: $email) { edges { node { id } } } }",
        variables: { email: asked },
        ...(granted !== null && {
          grant: scopeFor({
            ...{ field: "accountsByEmail", platform: "FACEBOOK" },
            identifier: { kind: "EMAIL", email: granted },
          }),
        }),
      });
    const byPhone = (asked: string, granted: string, platformOf = "FACEBOOK") =>
      platform.ask({
        query: "query ($phone: PhoneNumber!) { accountsByPhone(phone: $phone) { edges { node { id } } } }",
        variables: { phone: asked },
        grant: scopeFor({
          ...{ field: "accountsByPhone", platform: platformOf },
          identifier: { kind: "PHONE", phone: granted },
        }),
      });
    const found = ({ data }: { data: Record<string, { edges: { node: { id: string } }[] }> }) =>
      Object.values(data).flatMap(({ edges }) => edges.map(({ node }) => node.id));

    test("the account with this address, however its case is written", async () => {
      expect(found(await byEmail("specimen-01@mail.example", "specimen-01@mail.example"))).toEqual(["u01"]);
      expect(found(await byEmail("Specimen-01@MAIL.example", "specimen-01@mail.example"))).toEqual(["u01"]);
    });

    test("and no other: what follows a plus, and a sign of a pattern, stand for themselves", async () => {
      for (const email of ["specimen-01+a@mail.example", "specimen_01@mail.example", "specimen-0%@mail.example"])
        expect(found(await byEmail(email, email))).toEqual([]);
    });

    test("all accounts with a number, of this platform alone", async () => {
      expect(found(await byPhone("+1 555 010-0003", "+15550100003"))).toEqual(["u03", "u06"]);
      expect(found(await byPhone("+15550100003", "+15550100003", "FJORDNET"))).toEqual([]);
    });

    test.each<[string, () => Promise<unknown>, string]>([
      ["without a grant", () => byEmail("specimen-01@mail.example", null), "NO_GRANT"],
      [
        "for another address",
        () => byEmail("specimen-02@mail.example", "specimen-01@mail.example"),
        "SEARCH_NOT_GRANTED",
      ],
      ["for another number", () => byPhone("+15550100001", "+15550100002"), "SEARCH_NOT_GRANTED"],
    ])("not %s", async (_, ask, problem) => {
      const answer = (await ask()) as { data: Record<string, unknown> };
      expect(Object.values(answer.data)).toEqual([null]);
      expect(JSON.stringify(answer)).toContain(problem);
    });
  });

  describe("synthetic users", () => {
    test("are the same each time, and a greater number continues", async () => {
      const progress: number[] = [];
      await seedUsers(platform.running.em(), 700, (done) => void progress.push(done));
      const before = await platform.running.em().findOneOrFail(User, "u-000700");
      await seedUsers(platform.running.em(), 1_000);
      const em = platform.running.em();
      expect(progress).toEqual([500, 700]);
      expect(await em.findOneOrFail(User, "u-000700")).toEqual(before);
      expect([await em.count(User), await em.count(Post)]).toEqual([1_012, 1_017]);
    }, 60_000);

    test.each([-1, 1.5, 1_000_000])("not %d of them", async (n) =>
      expect(seedUsers(platform.running.em(), n)).rejects.toThrow("a whole number from 0 to 999999"),
    );
  });

  describe("batches", () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `u-${String(index + 1).padStart(6, "0")}`);
    const users = ids.map((id) => ({ __typename: "User", id }));

    const countingQueries = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
      platform.sent.length = 0;
      const result = await work();
      return [result, platform.sent.length];
    };
    const expected = (count: number) => (kind === "embedded" ? count : 0);

    test("the addresses of a thousand people are two queries beside the one that uses the grant up, with a page for each", async () => {
      const known = await platform.running.em().find(User, { id: { $in: ids } });
      const facts = Object.fromEntries(known.map((user) => [user.id, { ...user.jurisdiction }]));
      const grant = grantFor(
        facts,
        ids.map((id) => ({ type: "User", id, subject: id, fields: ["ipAddresses"] })),
        ["2026-09-01T00:00:00Z", "2026-11-01T00:00:00Z"],
      );
      const [{ data, errors }, queries] = await countingQueries(() =>
        platform.entities(
          users,
          "... on User { ipAddresses(first: 2) { nodes { address } pageInfo { hasNextPage } } }",
          grant,
        ),
      );
      expect(errors).toBeUndefined();
      expect(data._entities).toHaveLength(1_000);
      for (const { ipAddresses } of data._entities)
        expect([ipAddresses.nodes.length, ipAddresses.pageInfo.hasNextPage]).toEqual([2, true]);
      expect(queries).toBe(expected(1 + 2));
    }, 30_000);

    test("a hundred posts and their authors are two queries; the author's posts a third", async () => {
      const query =
        "query ($ids: [ID!]) { posts(filter: { ids: $ids }, first: 100) { nodes { author { handle posts(first: 1) { nodes { id } } } } } }";
      const [{ data }, queries] = await countingQueries(() =>
        platform.ask({ query, variables: { ids: ids.map((id) => `${id}-p1`) } }),
      );
      expect(data.posts.nodes).toHaveLength(100);
      expect(queries).toBe(expected(3));
    });

    test("targets that were resolved are one query", async () => {
      const targets = ids.map((accountId, index) => ({
        ...{ __typename: "WarrantTarget", id: `t${index}`, platform: "FACEBOOK", accountId },
        ...{ kind: "HANDLE", value: `synthetic.${String(index + 1).padStart(6, "0")}` },
      }));
      const [{ data }, queries] = await countingQueries(() =>
        platform.entities(targets, "... on WarrantTarget { account { id } }"),
      );
      expect(data._entities[999]).toEqual({ account: { id: "u-001000" } });
      expect(queries).toBe(expected(1));
    });
  });
});
