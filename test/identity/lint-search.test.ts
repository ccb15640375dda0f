import { describe, expect, test } from "@jest/globals";
import { type GraphQLSchema, isObjectType } from "graphql";
import { composeGraph } from "../../schema/compose.js";
import { dataCategorySdl, federationHeader, identityHeader } from "../../schema/identity/identity-spec.js";
import { composedWith, halfSchema } from "./fixtures/composed.js";
import { demoWith, type Edits } from "./fixtures/plant.js";
import { refuses } from "./fixtures/refusals.js";

const args = "address: IP!, port: Port, from: DateTime!, to: DateTime!, first: Int = 20, after: String";
const mark = '@identity(category: USER_IDENTIFICATION, identifier: "IP_ADDRESS")';
const connection =
  "type UserConnection { edges: [UserEdge!]! nodes: [User!]! pageInfo: PageInfo! } type UserEdge { cursor: String! node: User! }";

/** The demo graph with a search in it. */
function searching(field = `accountsByIp(${args}): UserConnection ${mark}`, types = connection): Edits {
  return { platform: [["type Query {\n", `${types}\ntype Query {\n  ${field}\n`]] };
}
const at = { subgraph: "platform", at: "Query.accountsByIp" };
const exactly =
  "Query.accountsByIp is a search, and its arguments are not those that the door reads. Write exactly accountsByIp(address: IP!, port: Port, from: DateTime!, to: DateTime!, first: Int, after: String)";
const write =
  "Write a connection of persons: type UserConnection { edges: [… { cursor: String! node: … }] nodes pageInfo }, and nothing else in it";

describe("a search by identity data", () => {
  test("goes to the identity half, whose Query has the search and nothing else; the public half has not", () => {
    const graph = composedWith(searching());
    const roots = (half: string): string[] => Object.keys(halfSchema(graph, half).getQueryType()?.getFields() ?? {});
    expect(roots("platform_identity")).toEqual(["accountsByIp"]);
    expect(roots("platform")).not.toContain("accountsByIp");
    expect(roots("platform")).toContain("user");
    expect(halfSchema(graph, "platform").getType("UserConnection")).toBeUndefined();
    expect(graph.identityFields.find(({ type }) => type === "Query")).toEqual({
      coordinate: "Query.accountsByIp",
      type: "Query",
      field: "accountsByIp",
      category: "USER_IDENTIFICATION",
      subjectPath: [],
      at: null,
      half: "platform_identity",
      search: { identifier: "IP_ADDRESS", person: "User" },
    });
    expect(graph.apiSdl).toContain("accountsByIp(");
    expect(graph.apiSdl).not.toContain("@identity");
  });
});

refuses("identity-on-root", [
  {
    what: "a search by something that no warrant names",
    edits: searching(
      `accountsByIp(${args}): UserConnection @identity(category: USER_IDENTIFICATION, identifier: "SHOE_SIZE")`,
    ),
    ...at,
    says: 'Query.accountsByIp is a search by "SHOE_SIZE", which the door cannot hold against a warrant. Write one of IP_ADDRESS, EMAIL, PHONE: @identity(category: …, identifier: "…")',
  },
  ...(
    [
      ["an argument more, which would be another question", `${args}, handle: String`],
      ["an argument less", "address: IP!, from: DateTime!, to: DateTime!, first: Int, after: String"],
      ["a window that may be left open", args.replace("to: DateTime!", "to: DateTime")],
    ] as const
  ).map(([what, other]) => ({
    what: `a search with ${what}`,
    edits: searching(`accountsByIp(${other}): UserConnection ${mark}`),
    ...at,
    says: exactly,
  })),
  {
    what: "a search that gives a list",
    edits: searching(`accountsByIp(${args}): [User] ${mark}`, ""),
    ...at,
    says: "Query.accountsByIp is a search, and User is no connection. Write a connection of persons: type User { edges: [… { cursor: String! node: … }] nodes pageInfo }, and nothing else in it",
  },
  {
    what: "a search whose connection counts",
    edits: searching(undefined, connection.replace("pageInfo: PageInfo!", "pageInfo: PageInfo! totalCount: Int!")),
    ...at,
    says: `Query.accountsByIp is a search, and UserConnection would tell more than the persons it may show. ${write}`,
  },
  {
    what: "a search whose edges tell when",
    edits: searching(undefined, connection.replace("cursor: String!", "cursor: String! seenAt: DateTime")),
    ...at,
    says: `Query.accountsByIp is a search, and UserConnection would tell more than the persons it may show. ${write}`,
  },
  {
    what: "a search for what is no person",
    edits: searching(undefined, connection.replaceAll("User!", "Post!")),
    ...at,
    says: 'Query.accountsByIp is a search for Post, about whom the door cannot decide. Let it find an entity with @key(fields: "id") and the field jurisdiction in this subgraph',
  },
  {
    what: "a search with a subject",
    edits: searching(`accountsByIp(${args}): UserConnection ${mark.replace(")", ', subject: "nodes")')}`),
    ...at,
    says: "Query.accountsByIp is a search, whose subjects are the persons it finds and whose time is an argument. Remove subject and at",
  },
  {
    what: "an identifier on a field of an entity",
    edits: {
      platform: [
        [
          "email: EmailAddress @identity(category: SUBSCRIBER)",
          'email: EmailAddress @identity(category: SUBSCRIBER, identifier: "IP_ADDRESS")',
        ],
      ],
    },
    subgraph: "platform",
    at: "User.email",
    says: 'User.email is no root field and has @identity(identifier: "IP_ADDRESS"). Remove identifier: what is searched by belongs on a root field that finds persons',
  },
]);

refuses("nullable-root", [
  {
    what: "a search that cannot be withheld",
    edits: searching(`accountsByIp(${args}): UserConnection! ${mark}`),
    ...at,
    says: "Query.accountsByIp is a root field and must be nullable, or its failure would null the whole answer. Write accountsByIp: UserConnection",
    also: ["nullable-identity"],
  },
]);

refuses("identity-sole-source", [
  {
    what: "a search that another subgraph answers too",
    edits: {
      ...searching(),
      audit: [["type Query {\n", "type Query {\n  accountsByIp(address: String!): String\n"]],
    },
    subgraph: "audit",
    at: "Query.accountsByIp",
    says: 'Query.accountsByIp is identity data of "platform", and "audit" defines it too. Remove it from "audit"; clients reach it through Query',
  },
]);

const watchlist = (fields: string): { name: string; sdl: string } => ({
  name: "watchlist",
  sdl: `${federationHeader}\n${identityHeader}\n${dataCategorySdl}\nscalar EmailAddress
type User @key(fields: "id") { id: ID! email: EmailAddress @external ${fields} }`,
});

function userOf(schema: GraphQLSchema): object {
  const type = schema.getType("User");
  return isObjectType(type) ? type.getFields() : {};
}

describe("a field of another subgraph that requires identity data", () => {
  test("is split off with its subgraph: what it needs stands in the identity half alone", () => {
    const more = watchlist('watched: Boolean @requires(fields: "email") @identity(category: SUBSCRIBER)');
    const composed = composeGraph([...demoWith({}), more]);
    if ("findings" in composed) throw new Error(JSON.stringify(composed.findings));
    const fields = (half: string): string[] => Object.keys(userOf(halfSchema(composed.graph, half)));
    expect(fields("watchlist")).toEqual(["id"]);
    expect(fields("watchlist_identity")).toEqual(["id", "email", "watched", "jurisdiction"]);
    expect(composed.graph.identityFields.find(({ field }) => field === "watched")?.needs).toEqual(["User.email"]);
  });
});

refuses("identity-requires", [
  {
    what: "a field of another category than what it needs",
    edits: {},
    more: [watchlist('watched: Boolean @requires(fields: "email") @identity(category: CONTENT)')],
    subgraph: "watchlist",
    at: "User.watched",
    says: "User.watched @requires User.email, which is SUBSCRIBER data, and is itself marked CONTENT. Write @identity(category: SUBSCRIBER), and require fields of one category alone",
  },
  {
    what: "a field that needs public data beside identity data",
    edits: {},
    more: [
      watchlist(
        'handle: String! @external watched: Boolean @requires(fields: "email handle") @identity(category: SUBSCRIBER)',
      ),
    ],
    subgraph: "watchlist",
    at: "User.watched",
    says: "User.watched @requires User.email, and something else beside them. Write @requires with identity fields of User alone",
  },
]);
