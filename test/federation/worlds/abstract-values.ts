import type { World } from "../kit/world.js";

const dock = { __typename: "Ship", code: "s1", title: "Gull" };
const crane = { __typename: "Crane", code: "k1", title: "Heron" };
const berths = [
  { ...dock, beside: [dock, crane] },
  { ...crane, beside: [dock, crane] },
];

/**
 * A key that is non-null in one member of a union and nullable in another (its two definitions merge to a nullable one): no server takes both under one response key, so a fetch has to
 * rename one, at whatever depth the union comes again.
 */
export const mismatchedKeys: World = {
  name: "a key that is nullable elsewhere",
  subgraphs: {
    ships: { sdl: `type Query { ships: [Ship!]! } type Ship { code: ID @shareable }` },
    harbour: {
      sdl: `
        type Query { berths: [Berthed!]! }
        union Berthed = Ship | Crane
        type Ship @key(fields: "code") { code: ID! title: String beside: [Berthed!]! }
        type Crane { code: ID title: String @shareable beside: [Berthed!]! }`,
    },
  },
  things: berths,
  fields: {
    "Query.ships": () => berths.slice(0, 1),
    "Query.berths": () => berths,
    "Ship.beside": () => berths,
    "Crane.beside": () => berths,
  },
  cases: [
    {
      title: "once",
      query: "{ berths { ... on Ship { code } ... on Crane { code } } }",
      data: { berths: [{ code: "s1" }, { code: "k1" }] },
    },
    {
      title: "below an entity",
      query: "{ ships { beside { ... on Ship { code } ... on Crane { code } } } }",
      data: { ships: [{ beside: [{ code: "s1" }, { code: "k1" }] }] },
    },
    {
      title: "again below itself, where the planner makes one fragment of both selections",
      query: `{
        ships { code title }
        berths {
          ... on Ship { code title beside { ... on Ship { code title } ... on Crane { code title } } }
          ... on Crane { code title beside { ... on Ship { code title } ... on Crane { code title } } }
        }
      }`,
      data: {
        ships: [{ code: "s1", title: "Gull" }],
        berths: ["s1", "k1"].map((code) => ({
          code,
          title: code === "s1" ? "Gull" : "Heron",
          beside: [
            { code: "s1", title: "Gull" },
            { code: "k1", title: "Heron" },
          ],
        })),
      },
    },
  ],
};

const afloat = [
  { __typename: "Barge", id: "v1", flag: "FR", deck: 1 },
  { __typename: "Kite", id: "v2", flag: "DE", deck: 2 },
];

/** A field that is nullable in one member of a union and not in another, in a subgraph that is asked for both as entities; in the whole both are nullable. */
export const mismatchedFields: World = {
  name: "a field that is nullable elsewhere",
  subgraphs: {
    list: {
      sdl: `
        type Query { afloat: [Afloat!]! }
        union Afloat = Barge | Kite
        type Barge @key(fields: "id") { id: ID! } type Kite @key(fields: "id") { id: ID! }`,
    },
    flags: {
      sdl: `
        type Barge @key(fields: "id") { id: ID! flag: String! @shareable deck: Int }
        type Kite @key(fields: "id") { id: ID! flag: String deck: Int }`,
    },
    old: { sdl: `type Query { first: Barge } type Barge @key(fields: "id") { id: ID! flag: String @shareable }` },
  },
  things: afloat,
  fields: { "Query.afloat": () => afloat, "Query.first": () => afloat[0] },
  cases: [
    {
      title: "is asked for under two keys, in one request",
      query: "{ afloat { ... on Barge { flag deck } ... on Kite { flag deck } } }",
      data: { afloat: afloat.map(({ flag, deck }) => ({ flag, deck })) },
      requests: 2,
    },
    {
      title: "and is one field of its type",
      query: "{ first { flag again: flag deck } }",
      data: { first: { flag: "FR", again: "FR", deck: 1 } },
    },
  ],
};

const members = [
  { __typename: "Member", id: "e1", rank: "CREW" },
  { __typename: "Member", id: "e2", rank: "AGENT" },
  { __typename: "Member", id: "e3", rank: "GHOST" },
];
const shown = (rank: unknown): unknown => (rank === "AGENT" ? null : rank);

/** A value that clients may not see is null to them, and no fault: its subgraph is right to give it. A value that its own subgraph does not know is one. */
export const hiddenValues: World = {
  name: "@inaccessible values of an enum",
  subgraphs: {
    crew: {
      sdl: `
        type Query { members: [Member!]! }
        type Member @key(fields: "id") { id: ID! rank: Rank @shareable }
        enum Rank { CREW }`,
      fields: { "Member.rank": ({ rank }) => rank },
    },
    agency: {
      sdl: `
        type Query { listed: [Member!]! must: [Listed] ofRank(rank: Rank!): [Member!]! }
        type Member @key(fields: "id") { id: ID! rank: Rank @shareable }
        type Listed { rank: Rank! ranks: [Rank] }
        enum Rank { CREW AGENT @inaccessible }`,
      fields: {
        "Member.rank": ({ rank }) => rank,
        "Listed.rank": ({ rank }) => rank,
        "Listed.ranks": ({ ranks }) => ranks,
      },
    },
  },
  things: members,
  fields: {
    "Query.members": () => members,
    "Query.listed": () => members.slice(0, 2),
    "Query.must": () => [
      { rank: "AGENT", ranks: ["AGENT", "CREW"] },
      { rank: "CREW", ranks: ["CREW"] },
    ],
    "Query.ofRank": (_, { rank }: { rank: string }) => members.filter((each) => each.rank === rank),
    "Member.rank": ({ rank }) => shown(rank),
  },
  random: "a schema that does not know the value at all finds fault with it, and here it is no fault",
  cases: [
    {
      title: "null, and no error",
      query: "{ listed { id rank } }",
      data: {
        listed: [
          { id: "e1", rank: "CREW" },
          { id: "e2", rank: null },
        ],
      },
    },
    {
      title: "in a list too; where there may be no null, null spreads with an error, as everywhere",
      query: "{ must { ranks rank } lists: must { ranks } }",
      data: {
        must: [null, { ranks: ["CREW"], rank: "CREW" }],
        lists: [{ ranks: [null, "CREW"] }, { ranks: ["CREW"] }],
      },
      errors: ["must.0.rank"],
    },
    {
      title: "a subgraph that does not know the value fails over it",
      query: "{ members { rank } }",
      data: { members: [{ rank: "CREW" }, { rank: null }, { rank: null }] },
      errors: ["members.1.rank", "members.2.rank"],
    },
  ],
};
