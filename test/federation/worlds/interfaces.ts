import type { World } from "../kit/world.js";

const staff = [
  { __typename: "Nurse", id: "n1", name: "Ada", ward: "A", salary: 10, boss: null as unknown },
  { __typename: "Doctor", id: "d1", name: "Bo", field: "eyes", salary: 20, boss: null as unknown },
  { __typename: "Clerk", id: "k1", name: "Cy", desk: 3, salary: 5, boss: null as unknown },
];
for (const person of staff) person.boss = person.__typename === "Doctor" ? null : staff[1];

/** An interface of entities; other subgraphs know some of its types, and their own part of them. */
export const interfaceOfEntities: World = {
  name: "interfaces of entities",
  subgraphs: {
    hospital: {
      sdl: `
        type Query { staff: [Worker!]! worker(id: ID!): Worker mixed: [[Worker]] }
        interface Worker { id: ID! name: String! boss: Worker }
        type Nurse implements Worker @key(fields: "id") { id: ID! name: String! boss: Worker ward: String! }
        type Doctor implements Worker @key(fields: "id") { id: ID! name: String! boss: Worker field: String! }
        type Clerk implements Worker @key(fields: "id") { id: ID! name: String! boss: Worker desk: Int! }`,
    },
    payroll: {
      sdl: `
        interface Paid { salary: Int! }
        type Nurse implements Paid @key(fields: "id") { id: ID! salary: Int! }
        type Doctor implements Paid @key(fields: "id") { id: ID! salary: Int! }
        type Query { paid: [Paid!]! }`,
    },
    clerks: { sdl: `type Clerk @key(fields: "id") { id: ID! salary: Int! }` },
  },
  things: staff,
  fields: {
    "Query.staff": () => staff,
    "Query.mixed": () => [[staff[0], null], [], [staff[2], staff[1]]],
    "Query.paid": () => staff.slice(0, 2),
    "Query.worker": (_, { id }: { id: string }) => staff.find((person) => person.id === id) ?? null,
  },
  ids: ["n1", "d1", "k1", "x"],
  cases: [
    {
      title: "fields of the types from two subgraphs, in one list",
      query: "{ staff { name ... on Nurse { ward salary } ... on Doctor { salary } ... on Clerk { desk salary } } }",
      data: {
        staff: [
          { name: "Ada", ward: "A", salary: 10 },
          { name: "Bo", salary: 20 },
          { name: "Cy", desk: 3, salary: 5 },
        ],
      },
    },
    {
      title: "one response key, another field in each type",
      query: "{ staff { __typename ... on Nurse { it: ward } ... on Doctor { it: field } } }",
      data: {
        staff: [{ __typename: "Nurse", it: "A" }, { __typename: "Doctor", it: "eyes" }, { __typename: "Clerk" }],
      },
    },
    {
      title: "lists of lists with nulls keep their places",
      query: "{ mixed { id ... on Clerk { salary } ... on Nurse { salary } } }",
      data: { mixed: [[{ id: "n1", salary: 10 }, null], [], [{ id: "k1", salary: 5 }, { id: "d1" }]] },
    },
    {
      title: "an interface within an interface",
      query: '{ worker(id: "k1") { boss { __typename boss { id } ... on Doctor { salary } } } }',
      data: { worker: { boss: { __typename: "Doctor", boss: null, salary: 20 } } },
    },
    {
      title: "an interface that only the other subgraph has",
      query: "{ paid { salary ... on Nurse { name } ... on Worker { id } } }",
      data: {
        paid: [
          { salary: 10, name: "Ada", id: "n1" },
          { salary: 20, id: "d1" },
        ],
      },
    },
  ],
};

const shapes = [
  { __typename: "Circle", radius: 2, colour: "red" },
  { __typename: "Square", side: 3, colour: "blue" },
  { __typename: "Line", length: 4 },
];

/** Two subgraphs have the same union, with other members. */
export const unions: World = {
  name: "unions that differ between subgraphs",
  subgraphs: {
    a: {
      sdl: `
        type Query { first: [Shape!]! }
        union Shape = Circle | Square
        type Circle @shareable { radius: Int! colour: String! } type Square { side: Int! }`,
    },
    b: {
      sdl: `
        type Query { second: [Shape!]! }
        union Shape = Circle | Line
        type Circle @shareable { radius: Int! colour: String! } type Line { length: Int! }`,
    },
  },
  things: [],
  fields: { "Query.first": () => shapes.slice(0, 2), "Query.second": () => [shapes[0], shapes[2]] },
  cases: [
    {
      title: "a member that the asked subgraph does not know is never asked of it",
      query: "{ first { ... on Circle { radius } ... on Square { side } ... on Line { length } } }",
      data: { first: [{ radius: 2 }, { side: 3 }] },
    },
    {
      title: "both, with one fragment",
      query:
        "{ first { ...S } second { ...S } } fragment S on Shape { __typename ... on Circle { colour } ... on Line { length } }",
      data: {
        first: [{ __typename: "Circle", colour: "red" }, { __typename: "Square" }],
        second: [
          { __typename: "Circle", colour: "red" },
          { __typename: "Line", length: 4 },
        ],
      },
    },
  ],
};

const nodes = [
  { __typename: "Author", id: "a1", name: "Ada" },
  { __typename: "Book", id: "b1", title: "T" },
];

/** `node(id)`: the subgraph that answers it knows the ids, others the rest. */
export const relayNode: World = {
  name: "node(id)",
  subgraphs: {
    node: {
      sdl: `
        type Query { node(id: ID!): Node nodes(ids: [ID!]!): [Node]! }
        interface Node { id: ID! }
        type Author implements Node @key(fields: "id") { id: ID! } type Book implements Node @key(fields: "id") { id: ID! }`,
    },
    authors: {
      sdl: `interface Node { id: ID! } type Author implements Node @key(fields: "id") { id: ID! name: String! }`,
    },
    books: {
      sdl: `interface Node { id: ID! } type Book implements Node @key(fields: "id") { id: ID! title: String! }`,
    },
  },
  things: nodes,
  fields: {
    "Query.node": (_, { id }: { id: string }) => nodes.find((node) => node.id === id) ?? null,
    "Query.nodes": (_, { ids }: { ids: string[] }) => ids.map((id) => nodes.find((node) => node.id === id) ?? null),
  },
  ids: ["a1", "b1", "z"],
  cases: [
    {
      title: "only the subgraph of the type that came is asked",
      query: `{ node(id: "a1") { ... on Author { name } ... on Book { title } } }`,
      data: { node: { name: "Ada" } },
      spared: ["books"],
      requests: 2,
    },
    {
      title: "several, one of them unknown",
      query: `{ nodes(ids: ["b1", "z", "a1", "a1"]) { id ... on Author { name } ... on Book { title } } }`,
      data: { nodes: [{ id: "b1", title: "T" }, null, { id: "a1", name: "Ada" }, { id: "a1", name: "Ada" }] },
      requests: 3,
    },
  ],
};
