import type { World } from "../kit/world.js";

const songs = [
  { __typename: "Song", id: "s1", title: "one", plays: 3, singer: { __typename: "Singer", id: "g1", name: "Ada" } },
  { __typename: "Song", id: "s2", title: "two", plays: 0, singer: null },
];

/** @skip and @include, in every place, and what they spare. */
export const conditions: World = {
  name: "@skip and @include",
  subgraphs: {
    songs: {
      sdl: `type Query { songs: [Song!]! } type Song @key(fields: "id") { id: ID! title: String! singer: Singer } type Singer @key(fields: "id", resolvable: false) { id: ID! }`,
    },
    plays: { sdl: `type Song @key(fields: "id") { id: ID! plays: Int! }` },
    singers: { sdl: `type Singer @key(fields: "id") { id: ID! name: String! }` },
  },
  things: [...songs, { __typename: "Singer", id: "g1", name: "Ada" }],
  fields: { "Query.songs": () => songs },
  cases: [
    {
      title: "what is skipped by a variable is not fetched",
      query: "query ($no: Boolean!) { songs { title plays @include(if: $no) } }",
      variables: { no: false },
      data: { songs: [{ title: "one" }, { title: "two" }] },
      spared: ["plays"],
      requests: 1,
    },
    {
      title: "the same document again, with the other value",
      query: "query ($no: Boolean!) { songs { title plays @include(if: $no) } }",
      variables: { no: true },
      data: {
        songs: [
          { title: "one", plays: 3 },
          { title: "two", plays: 0 },
        ],
      },
    },
    {
      title: "both on one field: it is there where neither forbids it",
      query: "{ songs { a: plays @skip(if: false) @include(if: true) b: plays @skip(if: true) @include(if: true) } }",
      data: { songs: [{ a: 3 }, { a: 0 }] },
    },
    {
      title: "one within the other, on fragments",
      query:
        "query ($t: Boolean!, $f: Boolean!) { songs { ... @include(if: $t) { ... @skip(if: $t) { plays } singer { name } } ...P @include(if: $f) } } fragment P on Song { title }",
      variables: { t: true, f: false },
      data: { songs: [{ singer: { name: "Ada" } }, { singer: null }] },
      spared: ["plays"],
    },
    {
      title: "nothing left of an object is an empty object",
      query: "{ songs { singer { name @skip(if: true) } } }",
      data: { songs: [{ singer: {} }, { singer: null }] },
      spared: ["singers"],
    },
    { title: "nothing left at all asks nobody", query: "{ songs @skip(if: true) { id } }", data: {}, requests: 0 },
    {
      title: "__typename at every level",
      query: "{ __typename songs { __typename singer { a: __typename __typename } } }",
      data: {
        __typename: "Query",
        songs: [
          { __typename: "Song", singer: { a: "Singer", __typename: "Singer" } },
          { __typename: "Song", singer: null },
        ],
      },
      requests: 1,
    },
  ],
};

const shelves = [
  {
    __typename: "Shelf",
    id: "h1",
    rows: [
      [
        { __typename: "Jar", id: "j1", jam: "fig" },
        { __typename: "Tin", id: "t1", oil: 2 },
      ],
      [null],
    ],
    best: { __typename: "Jar", id: "j1", jam: "fig" },
  },
];

/** The same entities at many places, in lists of lists, of several types. */
export const lists: World = {
  name: "type conditions in lists",
  subgraphs: {
    shelf: {
      sdl: `type Query { shelves: [Shelf!]! } type Shelf { id: ID! rows: [[Item]!]! best: Item } union Item = Jar | Tin
        type Jar @key(fields: "id") { id: ID! } type Tin @key(fields: "id") { id: ID! }`,
    },
    jars: { sdl: `type Jar @key(fields: "id") { id: ID! jam: String! }` },
    tins: {
      sdl: `type Tin @key(fields: "id") { id: ID! oil: Int! jars: [Jar!]! } type Jar @key(fields: "id", resolvable: false) { id: ID! }`,
    },
  },
  things: [
    { __typename: "Jar", id: "j1", jam: "fig" },
    { __typename: "Tin", id: "t1", oil: 2, jars: [{ __typename: "Jar", id: "j1", jam: "fig" }] },
  ],
  fields: { "Query.shelves": () => shelves, "Tin.jars": () => [{ __typename: "Jar", id: "j1", jam: "fig" }] },
  cases: [
    {
      title: "each type to its subgraph, each entity once",
      query: "{ shelves { rows { ... on Jar { jam } ... on Tin { oil } } best { ... on Jar { jam id } } } }",
      data: { shelves: [{ rows: [[{ jam: "fig" }, { oil: 2 }], [null]], best: { jam: "fig", id: "j1" } }] },
      requests: 3,
    },
    {
      title: "and from one of them back to the other",
      query: "{ shelves { rows { ... on Tin { jars { jam } } } } }",
      data: { shelves: [{ rows: [[{}, { jars: [{ jam: "fig" }] }], [null]] }] },
    },
  ],
};
